using Kiln.Registry;
using Kiln.Registry.Identity;

namespace Kiln.Server.Api.Routes;

/// <summary>
/// Who may use a route: the shorthand of registry.md §2.1. What can be told from the credential alone is decided here, before the handler runs; what depends on the scope or the row is decided
/// by the service in the transaction of the change, so that nothing can happen between the check and the change. <see cref="Codes"/> are the refusals of both.
/// </summary>
internal sealed class RoutePolicy
{
    private readonly Func<Principal, ApiError?> check;

    private RoutePolicy(string name, string meaning, Func<Principal, ApiError?> check, params string[] codes)
    {
        Name = name;
        Meaning = meaning;
        Codes = codes;
        this.check = check;
    }

    public static RoutePolicy Public { get; } = new("pub", "everybody", Anybody);

    public static RoutePolicy User { get; } = new("user", "a signed-in user", Access.RequireUser, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication);

    public static RoutePolicy Web { get; } = new(
        "web", "a signed-in user in a browser", Access.RequireWeb, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.CredentialNotInteractive);

    public static RoutePolicy Member { get; } = new(
        "member", "members of the scope", Anybody, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ActorNotScopeMember);

    public static RoutePolicy Admin { get; } = new(
        "admin", "admins of the scope", Anybody, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ActorNotScopeMember, ApiErrors.ActorNotScopeAdmin);

    public static RoutePolicy SelfOrAdmin { get; } = new(
        "self or admin", "the member and admins of the scope", Anybody,
        ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ActorNotScopeMember, ApiErrors.ActorNotScopeAdmin);

    /// <summary>PATCH of a package: the key decides.</summary>
    public static RoutePolicy PackageSetting { get; } = new(
        "member, admin or staff", "members of the scope for the description, staff for featuring, admins of the scope for the rest", Anybody,
        ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ActorNotScopeMember, ApiErrors.ActorNotScopeAdmin, ApiErrors.ActorNotAuthorized);

    /// <summary>Rows of a user; for anybody but that user and staff they do not exist.</summary>
    public static RoutePolicy CreatorOrStaff { get; } = new(
        "creator or staff", "the user who created it and staff", Access.RequireUser, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication);

    public static RoutePolicy Staff { get; } = new(
        "staff", "staff of the registry", Access.RequireStaff, ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ActorNotAuthorized);

    /// <summary>registry.md §3.7.</summary>
    public static RoutePolicy Publish { get; } = new(
        "publish", "members of the scope and tokens that may publish the version", Anybody,
        ApiErrors.MissingPermission, ApiErrors.MissingAuthentication, ApiErrors.ScopeNotFound, ApiErrors.PackageNotFound, ApiErrors.ScopeRequiresPublishingFromCi,
        ApiErrors.ActorNotScopeMember, ApiErrors.ActorNotAuthorized);

    public string Name { get; }

    /// <summary>Completes "for …".</summary>
    public string Meaning { get; }

    /// <summary>In the order in which they are decided.</summary>
    public IReadOnlyList<string> Codes { get; }

    public ApiError? Check(Principal principal) => check(principal);

    public override string ToString() => Name;

    private static ApiError? Anybody(Principal principal) => null;
}
