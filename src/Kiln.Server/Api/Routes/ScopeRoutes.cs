using Kiln.Registry;
using Kiln.Registry.Catalog;

namespace Kiln.Server.Api.Routes;

/// <summary>Scopes, members and invitations (registry.md §2.3).</summary>
internal static class ScopeRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("POST", "scopes", RoutePolicy.User, ScopesApi.CreateAsync, "Create a scope.")
        {
            Body = BodyShape.Of(BodyMember.Text("scope"), BodyMember.Text("description")),
            Replies = [typeof(Wire.ScopeShape)],
            Errors = [ApiErrors.ScopeLimitReached, ApiErrors.ScopeNameNotAllowed, ApiErrors.ScopeNameReserved, ApiErrors.ScopeAlreadyExists],
            Actions = ["create_scope"],
        },
        new("GET", ApiRoutes.Scope, RoutePolicy.Public, ScopesApi.GetAsync, "A scope; its admins see quotas and settings too.")
        {
            Cache = CachePolicy.Day,
            Replies = [typeof(Wire.FullScopeShape), typeof(Wire.ScopeShape)],
            Errors = [ApiErrors.ScopeNotFound],
        },
        new("PATCH", ApiRoutes.Scope, RoutePolicy.Admin, ScopesApi.UpdateAsync, "Change one setting of a scope.")
        {
            Body = BodyShape.OneOf(BodyMember.Flag("ghActionsVerifyActor"), BodyMember.Flag("requirePublishingFromCI"), BodyMember.Optional<string>("description")),
            Replies = [typeof(Wire.FullScopeShape)],
            Errors = [ApiErrors.ScopeNotFound],
            Actions = ["scope_set_verify_oidc_actor", "scope_set_require_publishing_from_ci", "scope_set_description"],
        },
        new("DELETE", ApiRoutes.Scope, RoutePolicy.Admin, ScopesApi.DeleteAsync, "Delete a scope that has no packages.")
        {
            Errors = [ApiErrors.ScopeNotFound, ApiErrors.ScopeNotEmpty],
            Actions = ["delete_scope"],
        },
        new("GET", $"{ApiRoutes.Scope}/members", RoutePolicy.Public, ScopesApi.MembersAsync, "The members of a scope, by name.")
        {
            Cache = CachePolicy.Hour,
            Replies = [typeof(IReadOnlyList<ScopeMember>)],
            Errors = [ApiErrors.ScopeNotFound],
        },
        new("POST", $"{ApiRoutes.Scope}/members", RoutePolicy.Admin, InvitesApi.InviteAsync, "Invite a user to a scope.")
        {
            Body = BodyShape.OneOf(BodyMember.Id("id"), BodyMember.Text("login"), BodyMember.Text("githubLogin"), BodyMember.Text("gitlabUsername")),
            Replies = [typeof(ScopeInvite)],
            Errors = [ApiErrors.ScopeNotFound, ApiErrors.UserNotFound, ApiErrors.AlreadyScopeMember, ApiErrors.AlreadyInvited],
            Actions = ["add_scope_invite"],
        },
        new("PATCH", $"{ApiRoutes.Scope}/members/{{userId}}", RoutePolicy.Admin, ScopesApi.SetRoleAsync, "Make a member an admin, or an admin a member.")
        {
            Body = BodyShape.Of(BodyMember.Flag("isAdmin")),
            Replies = [typeof(ScopeMember)],
            Errors = [ApiErrors.ScopeMemberNotFound, ApiErrors.ScopeMustHaveAdmin, ApiErrors.NoScopeOwnerAvailable],
            Actions = ["scope_update_scope_member_role"],
        },
        new("DELETE", $"{ApiRoutes.Scope}/members/{{userId}}", RoutePolicy.SelfOrAdmin, ScopesApi.RemoveMemberAsync, "Leave a scope, or remove a member.")
        {
            Errors = [ApiErrors.ScopeMemberNotFound, ApiErrors.ScopeMustHaveAdmin, ApiErrors.NoScopeOwnerAvailable],
            Actions = ["remove_scope_member"],
        },
        new("GET", $"{ApiRoutes.Scope}/invites", RoutePolicy.Admin, InvitesApi.ListAsync, "Invitations to a scope that nobody has answered.")
        {
            Replies = [typeof(IReadOnlyList<ScopeInvite>)],
            Errors = [ApiErrors.ScopeNotFound],
        },
        new("DELETE", $"{ApiRoutes.Scope}/invites/{{userId}}", RoutePolicy.Admin, InvitesApi.RevokeAsync, "Take an invitation back.")
        {
            Errors = [ApiErrors.ScopeNotFound],
            Actions = ["delete_scope_invite"],
        },
    ];
}
