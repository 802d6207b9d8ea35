using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Server.Api.Routes;

/// <summary>Users, the caller's own account and tokens (registry.md §2.3).</summary>
internal static class UserRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "users/{id}", RoutePolicy.Public, UserApi.GetAsync, "A user.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(User)],
            Errors = [ApiErrors.UserNotFound],
        },
        new("GET", "users/{id}/scopes", RoutePolicy.Public, UserApi.ScopesAsync, "The scopes that a user is a member of.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(IReadOnlyList<Wire.ScopeShape>)],
        },
        new("GET", "users/{id}/packages", RoutePolicy.Public, UserApi.PackagesAsync, "The packages that a user published last, at most ten.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(IReadOnlyList<Wire.PackageShape>)],
        },
        new("GET", "user", RoutePolicy.User, UserApi.SelfAsync, "The caller.") { Replies = [typeof(FullUser)] },
        new("GET", "user/scopes", RoutePolicy.User, UserApi.OwnScopesAsync, "The scopes that the caller is a member of.") { Replies = [typeof(IReadOnlyList<Wire.ScopeShape>)] },
        new("GET", "user/member/{scope}", RoutePolicy.User, UserApi.MembershipAsync, "The caller's membership of a scope.")
        {
            Replies = [typeof(ScopeMember)],
            Errors = [ApiErrors.ScopeMemberNotFound],
        },
        new("GET", "user/invites", RoutePolicy.User, InvitesApi.OwnAsync, "The scopes that the caller is invited to.") { Replies = [typeof(IReadOnlyList<ScopeInvite>)] },
        new("POST", "user/invites/{scope}", RoutePolicy.User, InvitesApi.AcceptAsync, "Accept an invitation.")
        {
            Replies = [typeof(ScopeMember)],
            Errors = [ApiErrors.ScopeInviteNotFound],
            Actions = ["accept_scope_invite"],
        },
        new("DELETE", "user/invites/{scope}", RoutePolicy.User, InvitesApi.DeclineAsync, "Decline an invitation.")
        {
            Errors = [ApiErrors.ScopeInviteNotFound],
            Actions = ["decline_scope_invite"],
        },
        new("GET", "user/tickets", RoutePolicy.User, TicketsApi.OwnAsync, "The caller's tickets, open ones first.") { Replies = [typeof(IReadOnlyList<TicketWire.TicketShape>)] },
        new("GET", "user/tokens", RoutePolicy.User, UserApi.TokensAsync, "The caller's tokens, without their secrets.") { Replies = [typeof(IReadOnlyList<Token>)] },
        new("POST", "user/tokens", RoutePolicy.Web, UserApi.CreateTokenAsync, "Create a personal token. Its secret is in this reply and nowhere else.")
        {
            Body = BodyShape.Of(BodyMember.Text("description"), BodyMember.Optional<DateTimeOffset?>("expiresAt"), BodyMember.Optional<Permission[]>("permissions")),
            Replies = [typeof(CreatedToken)],
            Actions = ["create_token"],
        },
        new("DELETE", "user/tokens/{id}", RoutePolicy.Web, UserApi.DeleteTokenAsync, "Revoke a token.")
        {
            Errors = [ApiErrors.TokenNotFound],
            Actions = ["delete_token"],
        },
    ];
}
