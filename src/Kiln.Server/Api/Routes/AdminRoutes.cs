using Kiln.Registry;
using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;
using Kiln.Registry.Publishing;

namespace Kiln.Server.Api.Routes;

/// <summary>For the registry's staff (registry.md §2.3); sudo is not needed.</summary>
internal static class AdminRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "admin/users", RoutePolicy.Staff, AdminApi.UsersAsync, "All users, the newest first.")
        {
            Query = List("Part of the name, login or e-mail address, or the whole id.", "email, github_id, scope_limit, is_staff, is_blocked, created_at"),
            Replies = [typeof(Page<FullUser>)],
        },
        new("PATCH", "admin/users/{id}", RoutePolicy.Staff, AdminApi.UpdateUserAsync, "Make a user staff, block a user, or change how many scopes a user may create.")
        {
            Body = BodyShape.AnyOf(BodyMember.Flag("isStaff"), BodyMember.Flag("isBlocked"), BodyMember.Number("scopeLimit")),
            Replies = [typeof(FullUser)],
            Errors = [ApiErrors.UserNotFound],
            Actions = ["user_set_staff", "user_set_blocked", "user_set_scope_limit"],
        },
        new("GET", "admin/scopes", RoutePolicy.Staff, AdminApi.ScopesAsync, "All scopes.")
        {
            Query = List("Part of the scope's or its creator's name.", "scope, creator, package_limit, new_package_per_week_limit, publish_attempts_per_week_limit, created_at"),
            Replies = [typeof(Page<Wire.FullScopeShape>)],
        },
        new("POST", "admin/scopes", RoutePolicy.Staff, AdminApi.AssignScopeAsync, "Give a new scope to a user, a reserved name too.")
        {
            Body = BodyShape.Of(BodyMember.Text("scope"), BodyMember.Id("userId")),
            Replies = [typeof(Wire.ScopeShape)],
            Errors = [ApiErrors.ScopeNameNotAllowed, ApiErrors.ScopeAlreadyExists, ApiErrors.UserNotFound],
            Actions = ["assign_scope"],
        },
        new("PATCH", "admin/scopes/{scope}", RoutePolicy.Staff, AdminApi.UpdateScopeAsync, "Change what a scope may have.")
        {
            Body = BodyShape.AnyOf(BodyMember.Number("packageLimit"), BodyMember.Number("newPackagePerWeekLimit"), BodyMember.Number("publishAttemptsPerWeekLimit")),
            Replies = [typeof(Wire.FullScopeShape)],
            Errors = [ApiErrors.ScopeNotFound],
            Actions = ["scope_set_package_limit", "scope_set_package_per_week_limit", "scope_set_publish_attempts_per_week_limit"],
        },
        new("GET", "admin/packages", RoutePolicy.Staff, AdminApi.PackagesAsync, "All packages, archived ones too.")
        {
            Query = List("Part of @scope/name, or GitHub's number of the repository that packages are linked to.", "scope, name, is_archived, when_featured, updated_at, created_at"),
            Replies = [typeof(Page<Wire.PackageShape>)],
        },
        new("GET", "admin/publishing_tasks", RoutePolicy.Staff, AdminApi.TasksAsync, "All publishing tasks, the newest first.")
        {
            Query = List("Part of the scope's name, the package's name or the version.", "status, user, scope, name, version, updated_at, created_at"),
            Replies = [typeof(Page<PublishingTask>)],
        },
        new("POST", "admin/publishing_tasks/{id}/requeue", RoutePolicy.Staff, AdminApi.RequeueAsync, "Give a publishing task that is not over another chance at once. The reply is `null`.")
        {
            Replies = [typeof(object)],
            Errors = [ApiErrors.PublishNotFound],
            Actions = ["requeue_publishing_task"],
        },
        new("GET", "admin/tickets", RoutePolicy.Staff, AdminApi.TicketsAsync, "All tickets, open ones first.")
        {
            Query = List("Part of the creator's name or of a message.", "kind, creator, closed, updated_at, created_at"),
            Replies = [typeof(Page<TicketWire.TicketShape>)],
        },
        new("PATCH", "admin/tickets/{id}", RoutePolicy.Staff, AdminApi.UpdateTicketAsync, "Close a ticket, or open it again.")
        {
            Body = BodyShape.Of(BodyMember.Flag("closed")),
            Replies = [typeof(TicketWire.TicketShape)],
            Errors = [ApiErrors.TicketNotFound],
            Actions = ["update_ticket_status"],
        },
        new("GET", "admin/audit_logs", RoutePolicy.Staff, AdminApi.AuditLogAsync, "What was done, the newest first.")
        {
            Query =
            [
                .. List("Part of the action, of the actor's name or of the details.", "action, user, created_at"),
                new QueryParameter("sudoOnly", "Present: only what staff did with its powers over scopes.", typeof(bool)),
            ],
            Replies = [typeof(Page<AuditEntry>)],
        },
    ];

    private static IReadOnlyList<QueryParameter> List(string query, string keys) =>
    [
        QueryParameter.Text("query", query),
        QueryParameter.Text("sortBy", $"One of {keys}; with ! in front the other way round. Times begin with the newest."),
        .. QueryParameter.Paging,
    ];
}
