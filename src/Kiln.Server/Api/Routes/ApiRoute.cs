using Kiln.Registry;
using Kiln.Server.Hosting.RateLimiting;

namespace Kiln.Server.Api.Routes;

/// <summary>
/// A route of the API, declared once: the endpoint, what it checks before the handler runs, the OpenAPI document, the page of all routes and the tests are made of this. There is no route
/// without a policy.
/// </summary>
/// <param name="Method">GET also answers HEAD.</param>
/// <param name="Template">Below <c>/api/</c>, parameters in braces.</param>
internal sealed record ApiRoute(string Method, string Template, RoutePolicy Policy, ApiHandler Handler, string Summary)
{
    public CachePolicy Cache { get; init; }

    /// <summary>Which requests are counted together with these.</summary>
    public RateClass Rate { get; init; } = Method == "GET" ? RateClass.Read : RateClass.Change;

    /// <summary>Query parameters that the handler may read; reading another one is a mistake.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The members of the JSON body; null for none, or for one that is not JSON (<see cref="BodyType"/>).</summary>
    public BodyShape? Body { get; init; }

    /// <summary>The media type of a body that is not JSON.</summary>
    public string? BodyType { get; init; }

    /// <summary>The <c>Content-Encoding</c> that the body must have; null for none.</summary>
    public string? BodyEncoding { get; init; }

    /// <summary>What a success carries, one of these types; empty for 204.</summary>
    public IReadOnlyList<Type> Replies { get; init; } = [];

    /// <summary>Of a success.</summary>
    public string ReplyType { get; init; } = "application/json";

    /// <summary>Codes that this route has besides those of its policy and those of every route.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Actions in the audit log. What changes something writes a row of one of these in its transaction, one for each setting; a success that changed nothing writes none.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Why a route that changes something is not audited.</summary>
    public string? NotAudited { get; init; }

    /// <summary>Not in the reference.</summary>
    public bool IsOurs { get; init; }

    /// <summary><c>GET scopes/{scope}</c>: how tests and documents name the route.</summary>
    public string Name => $"{Method} {Template}";

    public bool IsRead => Method == "GET";

    /// <summary>The names in braces.</summary>
    public IEnumerable<string> Parameters => Template.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}'));

    /// <summary>Every code that the route may answer with.</summary>
    public IReadOnlySet<string> AllErrors => field ??= new HashSet<string>(
        [
            .. Policy.Codes, .. Errors, .. EveryRoute, .. IsRead && Query.Count == 0 && !Parameters.Any() ? Array.Empty<string>() : [ApiErrors.MalformedRequest],
            .. IsRead ? Array.Empty<string>() : [ApiErrors.RegistryReadOnly],
        ],
        StringComparer.Ordinal);

    // A credential that is no good breaks every route, those for everybody too (registry.md §2.1).
    private static string[] EveryRoute =>
    [
        ApiErrors.InvalidBearerToken, ApiErrors.InvalidOidcToken, ApiErrors.Blocked, ApiErrors.TooManyRequests, ApiErrors.TarballSizeLimitExceeded, ApiErrors.InternalServerError,
        ApiErrors.ServiceUnavailable, ApiErrors.DatabaseUnavailable,
    ];
}
