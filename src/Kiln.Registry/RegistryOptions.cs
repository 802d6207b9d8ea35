using Kiln.Registry.Data;
using Kiln.Registry.Storage.S3;

namespace Kiln.Registry;

/// <summary>Everything that the operator decides about the registry; checked together when it starts.</summary>
public sealed record RegistryOptions
{
    /// <summary>Where database and objects are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>A <c>postgres://user:password@host:port/name</c> address; null for the embedded database in <see cref="DataDirectory"/>.</summary>
    public string? Database { get; init; }

    /// <summary>An <c>s3://bucket?endpoint=…</c> address; null for folders in <see cref="DataDirectory"/>.</summary>
    public string? Storage { get; init; }

    /// <summary>Absolute http(s) address at which clients reach this registry, ending with a slash.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Absolute address of the npm registry, ending with a slash; tarball addresses in packuments start with it.</summary>
    public string NpmUrl { get; init; } = "";

    /// <summary>Bytes of a compressed upload.</summary>
    public long MaxTarballSize { get; init; } = 20 * 1024 * 1024;

    /// <summary>Publishes that are built at the same time.</summary>
    public int PublishConcurrency { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Scopes that a new user may create.</summary>
    public int ScopeLimit { get; init; } = 3;

    /// <summary>Scope names that only staff may give, compared without hyphens.</summary>
    public IReadOnlyList<string> ReservedScopes { get; init; } = DefaultReservedScopes;

    /// <summary>Names that are not allowed for scopes (compared without hyphens) and packages.</summary>
    public IReadOnlyList<string> ForbiddenNames { get; init; } = [];

    /// <summary>Command lines that wait at a time for somebody to approve them, at most.</summary>
    public int MaxAuthorizations { get; init; } = 10_000;

    /// <summary>How long a worker may be silent before another one takes its task.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time that a task waits when no wake-up reached the worker.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait after a failed attempt; doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    public int MaxAttempts { get; init; } = 8;

    /// <summary>The longest time that the analysis of one package may take. A second attempt that takes longer is the last.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Jobs that are done at the same time, besides publishes.</summary>
    public int JobConcurrency { get; init; } = 1;

    /// <summary>The longest time that one attempt at a job may take.</summary>
    public TimeSpan JobTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An input that kills the process kills it this often.</summary>
    public int JobMaxAttempts { get; init; } = 8;

    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(5);

    public string DatabaseFile => Path.Combine(DataDirectory, "kiln.db");

    // Small on purpose: words that would make a reader believe in an official package. A public registry adds its own.
    internal static readonly string[] DefaultReservedScopes =
        ["admin", "api", "auth", "internal", "jsr", "kiln", "login", "node", "npm", "official", "private", "registry", "root", "security", "staff", "support", "system"];

    /// <summary>Every problem, each naming its key; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            problems.Add("data: a directory is needed.");
        }

        if (Database is not null && !PostgresAddress.TryParse(Database, out _, out var wrong))
        {
            problems.Add("database: " + wrong);
        }

        if (Storage is not null && !StorageAddress.TryParse(Storage, out _, out var storageProblem))
        {
            problems.Add($"storage: {storageProblem}");
        }

        CheckUrl("url", PublicUrl);
        if (NpmUrl.Length > 0)
        {
            CheckUrl("npm-url", NpmUrl);
        }

        if (MaxTarballSize is < 1024 or > 1024L * 1024 * 1024)
        {
            problems.Add("max-tarball-size: from 1024 bytes to 1 GiB.");
        }

        if (PublishConcurrency is < 1 or > 256)
        {
            problems.Add("publish-concurrency: from 1 to 256.");
        }

        if (Lease < TimeSpan.FromMilliseconds(100) || PollInterval <= TimeSpan.Zero || RetryDelay < TimeSpan.Zero || SweepInterval <= TimeSpan.Zero || BuildTimeout <= TimeSpan.Zero || MaxAttempts < 1)
        {
            problems.Add("lease, poll-interval, retry-delay, sweep-interval, build-timeout, max-attempts: must be positive.");
        }

        if (JobConcurrency is < 1 or > 256 || JobTimeout <= TimeSpan.Zero || JobMaxAttempts < 1)
        {
            problems.Add("job-concurrency: from 1 to 256; job-timeout, job-max-attempts: must be positive.");
        }

        if (MaxAuthorizations < 1)
        {
            problems.Add("max-authorizations: at least 1.");
        }

        return problems;

        void CheckUrl(string key, string value)
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !value.EndsWith('/') || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            {
                problems.Add($"{key}: '{value}' must be an absolute http or https address that ends with '/'.");
            }
        }
    }

    /// <summary>The npm address, by default <c>npm/</c> below the public one.</summary>
    public string EffectiveNpmUrl => NpmUrl.Length > 0 ? NpmUrl : PublicUrl + "npm/";
}
