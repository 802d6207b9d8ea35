using System.CommandLine;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary>The options by which commands find a registry, and the environment variables that stand in for them. A command shows those that it adds; all are read.</summary>
internal sealed class ServerOptionSet
{
    public Option<string?> Data { get; } = Create(
        "--data", "DIR", "KILN_DATA", "The folder with everything that the registry keeps on this machine", ServerOptions.DefaultDataDirectory);

    public Option<string?> Database { get; } = Create(
        "--database", "URL", "KILN_DATABASE", "A PostgreSQL database instead of the embedded one: postgres://user:password@host:port/name", "a file in --data");

    public Option<string?> Storage { get; } = Create(
        "--storage", "URL", "KILN_STORAGE", "An S3-compatible store instead of folders: s3://bucket?endpoint=https://host:port", "folders in --data");

    public Option<string?> Urls { get; } = Create("--urls", "URL", "KILN_URLS", "Where to listen; several are separated by ;", ServerOptions.DefaultUrls);

    public Option<string?> PublicUrl { get; } = Create(
        "--public-url", "URL", "KILN_PUBLIC_URL", "How clients reach the registry when a proxy stands in front of it", "the first of --urls");

    public Option<string?> Roles { get; } = Create(
        "--roles", "ROLES", "KILN_ROLES", "What this process does, separated by commas: gateway, api, web, worker", "all");

    public Option<string?> TrustedProxies { get; } = Create(
        "--trusted-proxies", "LIST", "KILN_TRUSTED_PROXIES", "Proxies in front whose X-Forwarded-For is believed: addresses or networks, separated by commas", "none");

    public Option<string?> RateLimits { get; } = Create(
        "--rate-limits", "LIST", "KILN_RATE_LIMITS", "Requests per minute of one token, or off", Hosting.RateLimiting.RateLimits.Usual);

    public Option<string?> Names { get; } = Create(
        "--names", "FILE", "KILN_NAMES", "Scope names that are reserved, forbidden or allowed, one a line", "a short list of reserved names");

    public Option<string?> MetricsUrl { get; } = Create(
        "--metrics-url", "URL", "KILN_METRICS_URL", "Where to serve metrics for Prometheus, for example http://127.0.0.1:9464", "nowhere");

    /// <summary>Where the registry's facts and bytes are.</summary>
    public void AddPlacesTo(Command command)
    {
        foreach (var option in new[] { Data, Database, Storage })
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    public ServerSettings Read(ParseResult arguments) => new()
    {
        Data = Read(arguments, Data, "KILN_DATA"),
        Database = Read(arguments, Database, "KILN_DATABASE"),
        Storage = Read(arguments, Storage, "KILN_STORAGE"),
        Urls = Read(arguments, Urls, "KILN_URLS"),
        PublicUrl = Read(arguments, PublicUrl, "KILN_PUBLIC_URL"),
        Roles = Read(arguments, Roles, "KILN_ROLES"),
        Lease = SharedOptions.Environment("KILN_LEASE"),
        TrustedProxies = Read(arguments, TrustedProxies, "KILN_TRUSTED_PROXIES"),
        RateLimits = Read(arguments, RateLimits, "KILN_RATE_LIMITS"),
        Names = Read(arguments, Names, "KILN_NAMES"),
        MetricsUrl = Read(arguments, MetricsUrl, "KILN_METRICS_URL"),
    };

    private static string? Read(ParseResult arguments, Option<string?> option, string variable) =>
        arguments.GetResult(option) is null ? SharedOptions.Environment(variable) : arguments.GetValue(option);

    private static Option<string?> Create(string name, string value, string variable, string description, string otherwise) => new(name)
    {
        Description = $"{description} [environment: {variable}; default: {otherwise}]",
        HelpName = value,
    };
}
