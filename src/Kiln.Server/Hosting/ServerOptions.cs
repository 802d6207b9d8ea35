using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiln.Registry;
using Kiln.Server.Hosting.RateLimiting;

namespace Kiln.Server.Hosting;

/// <summary>What a server is started with, validated together.</summary>
/// <param name="DataDirectory">Absolute path.</param>
/// <param name="Urls">Where to listen; ports are numbers, never 0.</param>
/// <param name="PublicUrl">How clients reach the server; ends with a slash. Everything absolute in responses is built from it, never from the Host header.</param>
internal sealed record ServerOptions(string DataDirectory, IReadOnlyList<Uri> Urls, Uri PublicUrl)
{
    public const string DefaultDataDirectory = "./kiln-data";
    public const string DefaultUrls = "http://127.0.0.1:8000";

    /// <summary>A <c>postgres://</c> address; null for the embedded database.</summary>
    public string? Database { get; init; }

    /// <summary>An <c>s3://</c> address; null for folders in <see cref="DataDirectory"/>.</summary>
    public string? Storage { get; init; }

    public ServerRoles Roles { get; init; } = ServerRoles.All;

    /// <summary>Where metrics are served; null for nowhere.</summary>
    public Uri? MetricsUrl { get; init; }

    /// <summary>How long a worker may be silent before another one takes its work.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A gateway alone has none, and goes on when there is none.</summary>
    public bool UsesDatabase => Roles != ServerRoles.Gateway;

    /// <summary>Whose word about the address of a client is taken.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public RateLimits RateLimits { get; init; } = RateLimits.Default;

    public NameList Names { get; init; } = NameList.Default;

    public bool IsSecure => PublicUrl.Scheme == Uri.UriSchemeHttps;

    public RegistryOptions ToRegistryOptions() => new()
    {
        DataDirectory = DataDirectory, PublicUrl = PublicUrl.ToString(), Database = Database, Storage = Storage, ReservedScopes = Names.Reserved, ForbiddenNames = Names.Forbidden,
        Lease = Lease,
    };

    /// <param name="problem">One line for the terminal; it names the option and what is allowed.</param>
    public static bool TryCreate(ServerSettings settings, [NotNullWhen(true)] out ServerOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        problem = null;
        var listen = new List<Uri>();
        foreach (var text in (settings.Urls ?? DefaultUrls).Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParseListen(text, out var url))
            {
                problem = $"--urls: '{text}' is not an address to listen on; write for example http://127.0.0.1:8000 (https belongs to a proxy in front)";
                return false;
            }

            listen.Add(url);
        }

        if (listen.Count == 0)
        {
            problem = "--urls is empty; write for example http://127.0.0.1:8000";
            return false;
        }

        Uri? address;
        if (settings.PublicUrl is not { } publicUrl)
        {
            address = Reachable(listen[0]);
        }
        else if (!Uri.TryCreate(publicUrl.EndsWith('/') ? publicUrl : publicUrl + "/", UriKind.Absolute, out address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.AbsolutePath != "/" || address.Query.Length > 0 || address.UserInfo.Length > 0)
        {
            // deno publish replaces the whole path by /api/, so an address below a path cannot work.
            problem = $"--public-url: '{publicUrl}' is not an http or https address without a path, for example https://kiln.example.com";
            return false;
        }

        if (!TryParseRoles(settings.Roles, out var roles))
        {
            problem = $"--roles: '{settings.Roles}' is not a list of gateway, api, web and worker";
            return false;
        }

        const ServerRoles OneProcess = ServerRoles.Api | ServerRoles.Web | ServerRoles.Worker;
        if (settings.Database is null && roles != ServerRoles.Gateway && (roles & OneProcess) != OneProcess)
        {
            problem = $"--roles: '{settings.Roles}' needs --database: with the embedded one, a single process is api, web and worker; besides it only gateway can be a process of its own";
            return false;
        }

        if (!int.TryParse(settings.Lease ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out var lease) || lease is < 2 or > 3600)
        {
            problem = $"KILN_LEASE: '{settings.Lease}' is not a number of seconds from 2 to 3600";
            return false;
        }

        Uri? metrics = null;
        if (settings.MetricsUrl is { } endpoint && !TryParseListen(endpoint, out metrics))
        {
            problem = $"--metrics-url: '{endpoint}' is not an address to listen on; write for example http://127.0.0.1:9464";
            return false;
        }

        if (metrics is not null && listen.Any(u => u.Port == metrics.Port))
        {
            problem = $"--metrics-url: the port {metrics.Port} is one of --urls; metrics need a port of their own";
            return false;
        }

        if (!Hosting.TrustedProxies.TryParse(settings.TrustedProxies ?? "", out var proxies, out problem))
        {
            problem = "--trusted-proxies: " + problem;
            return false;
        }

        if (!RateLimits.TryParse(settings.RateLimits ?? RateLimits.Usual, out var limits, out problem))
        {
            problem = "--rate-limits: " + problem;
            return false;
        }

        if (!TryReadNames(settings.Names, out var names, out problem))
        {
            problem = $"--names: '{settings.Names}' {problem}";
            return false;
        }

        options = new ServerOptions(Path.GetFullPath(settings.Data ?? DefaultDataDirectory), listen, address)
        {
            Database = settings.Database,
            Storage = settings.Storage,
            Roles = roles,
            Lease = TimeSpan.FromSeconds(lease),
            MetricsUrl = metrics,
            TrustedProxies = proxies,
            RateLimits = limits,
            Names = names,
        };
        return options.ToRegistryOptions().Problems() is not [var first, ..] || Refuse(first, out options, out problem);
    }

    private static bool Refuse(string reason, out ServerOptions? options, out string problem)
    {
        options = null;
        problem = "--" + reason;
        return false;
    }

    private static bool TryReadNames(string? file, [NotNullWhen(true)] out NameList? names, [NotNullWhen(false)] out string? problem)
    {
        names = NameList.Default;
        problem = null;
        try
        {
            return file is null || NameList.TryParse(File.ReadLines(file), out names, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {e.Message}";
            return false;
        }
    }

    private static bool TryParseRoles(string? text, out ServerRoles roles)
    {
        roles = text is null ? ServerRoles.All : ServerRoles.None;
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<ServerRoles>(name, ignoreCase: true, out var role) || role == ServerRoles.None)
            {
                return false;
            }

            roles |= role;
        }

        return roles != ServerRoles.None;
    }

    private static bool TryParseListen(string text, [NotNullWhen(true)] out Uri? url)
    {
        var wildcard = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(wildcard, UriKind.Absolute, out url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            return false;
        }

        if (url.Port == 0)
        {
            // The address is part of what clients are told, so it has to be known before the first request.
            var address = url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? IPAddress.Parse(url.DnsSafeHost) : IPAddress.Loopback;
            using var probe = new TcpListener(address, 0);
            probe.Start();
            url = new UriBuilder(url) { Port = ((IPEndPoint)probe.LocalEndpoint).Port }.Uri;
        }

        return true;
    }

    private static Uri Reachable(Uri listen) =>
        listen.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listen) { Host = "localhost" }.Uri : listen;
}
