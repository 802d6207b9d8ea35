namespace Kiln.Server.Hosting;

/// <summary>What the operator wrote, before anybody has looked at it; null for what was left out.</summary>
internal sealed record ServerSettings
{
    /// <summary><c>--data</c>, <c>KILN_DATA</c>.</summary>
    public string? Data { get; init; }

    /// <summary><c>--urls</c>, <c>KILN_URLS</c>.</summary>
    public string? Urls { get; init; }

    /// <summary><c>--public-url</c>, <c>KILN_PUBLIC_URL</c>.</summary>
    public string? PublicUrl { get; init; }

    /// <summary><c>--database</c>, <c>KILN_DATABASE</c>.</summary>
    public string? Database { get; init; }

    /// <summary><c>--storage</c>, <c>KILN_STORAGE</c>.</summary>
    public string? Storage { get; init; }

    /// <summary><c>KILN_LEASE</c>: seconds.</summary>
    public string? Lease { get; init; }

    /// <summary><c>--roles</c>, <c>KILN_ROLES</c>.</summary>
    public string? Roles { get; init; }

    /// <summary><c>--trusted-proxies</c>, <c>KILN_TRUSTED_PROXIES</c>.</summary>
    public string? TrustedProxies { get; init; }

    /// <summary><c>--rate-limits</c>, <c>KILN_RATE_LIMITS</c>.</summary>
    public string? RateLimits { get; init; }

    /// <summary><c>--names</c>, <c>KILN_NAMES</c>.</summary>
    public string? Names { get; init; }

    /// <summary><c>--metrics-url</c>, <c>KILN_METRICS_URL</c>.</summary>
    public string? MetricsUrl { get; init; }
}
