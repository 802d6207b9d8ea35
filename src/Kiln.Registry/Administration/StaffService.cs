using Kiln.Packages.Names;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Publishing;

namespace Kiln.Registry.Administration;

/// <summary>The routes <c>admin/*</c> of registry.md §2.3, for staff. Tickets are in <see cref="Support.TicketService"/>.</summary>
public sealed class StaffService(Database database, RegistryOptions options, PublishSignal signal)
{
    /// <summary>By a part of the name, login or e-mail address, or by the whole id.</summary>
    public Task<Result<Page<FullUser>>> ListUsersAsync(Principal principal, ListQuery query, CancellationToken cancellation) =>
        ListAsync(principal, query, s => UserStore.ListAsync(s, query.Text, UserStore.Order.Sql(query.SortBy), query.Page), cancellation);

    /// <summary>Null leaves a value as it is; all null is <c>malformedRequest</c>. One row in the audit log for each.</summary>
    public async Task<Result<FullUser>> UpdateUserAsync(Principal principal, Guid id, bool? isStaff, bool? isBlocked, int? scopeLimit, CancellationToken cancellation)
    {
        if (Access.RequireStaff(principal) is { } refused)
        {
            return refused;
        }

        if ((isStaff, isBlocked, scopeLimit) is (null, null, null))
        {
            return new ApiError(ApiErrors.MalformedRequest, "One of 'isStaff', 'isBlocked' and 'scopeLimit' is needed.");
        }

        if (scopeLimit < 0)
        {
            return new ApiError(ApiErrors.MalformedRequest, "'scopeLimit' must not be negative.");
        }

        return await database.WriteAsync<FullUser>(
            async session =>
            {
                if (await UserStore.FindAsync(session, id) is null)
                {
                    return UserNotFound;
                }

                if (isStaff is { } staff)
                {
                    await UserStore.SetStaffAsync(session, id, staff);
                    await AuditLog.AppendAsync(session, principal, "user_set_staff", new { user_id = id, is_staff = staff });
                }

                if (isBlocked is { } blocked)
                {
                    await UserStore.SetBlockedAsync(session, id, blocked);
                    await AuditLog.AppendAsync(session, principal, "user_set_blocked", new { user_id = id, is_blocked = blocked });
                }

                if (scopeLimit is { } limit)
                {
                    await UserStore.SetScopeLimitAsync(session, id, limit);
                    await AuditLog.AppendAsync(session, principal, "user_set_scope_limit", new { user_id = id, scope_limit = limit });
                }

                return (await UserStore.FindCountedAsync(session, id))!;
            },
            cancellation);
    }

    /// <summary>By a part of the scope's or its creator's name.</summary>
    public Task<Result<Page<FullScope>>> ListScopesAsync(Principal principal, ListQuery query, CancellationToken cancellation) =>
        ListAsync(principal, query, s => ScopeStore.ListFullAsync(s, query.Text, ScopeStore.Order.Sql(query.SortBy), query.Page), cancellation);

    /// <summary>Gives a new scope to a user, beyond the reserved list, look-alikes and the user's limit; forbidden names stay forbidden.</summary>
    public async Task<Result<Scope>> AssignScopeAsync(Principal principal, string? name, Guid userId, CancellationToken cancellation)
    {
        if (Access.RequireStaff(principal) is { } refused)
        {
            return refused;
        }

        if (!ScopeName.TryParse(name, out var scope, out var reason))
        {
            return new ApiError(ApiErrors.MalformedRequest, reason);
        }

        if (NameRules.IsForbidden(options, scope.Value))
        {
            return new ApiError(ApiErrors.ScopeNameNotAllowed, $"The scope name '{scope}' is not allowed.");
        }

        return await database.WriteAsync<Scope>(
            async session =>
            {
                if (await UserStore.FindAsync(session, userId) is null)
                {
                    return UserNotFound;
                }

                if (await ScopeStore.FindSimilarAsync(session, scope.Value) is { } taken)
                {
                    return new ApiError(ApiErrors.ScopeAlreadyExists, $"The scope @{taken.Scope} exists already.");
                }

                await ScopeStore.InsertAsync(session, scope.Value, "", userId);
                await ScopeStore.AddMemberAsync(session, scope.Value, userId, isAdmin: true);
                await AuditLog.AppendAsync(session, principal, "assign_scope", new { scope = scope.Value, user_id = userId });
                return (await ScopeStore.FindAsync(session, scope.Value))!.ToScope();
            },
            cancellation);
    }

    /// <summary>Null leaves a limit as it is; all null is <c>malformedRequest</c>. One row in the audit log for each.</summary>
    public async Task<Result<FullScope>> SetLimitsAsync(
        Principal principal, string scope, int? packages, int? newPackagesPerWeek, int? publishAttemptsPerWeek, CancellationToken cancellation)
    {
        if (Access.RequireStaff(principal) is { } refused)
        {
            return refused;
        }

        (string Column, string Action, int? Limit)[] limits =
        [
            ("package_limit", "scope_set_package_limit", packages),
            ("new_package_per_week_limit", "scope_set_package_per_week_limit", newPackagesPerWeek),
            ("publish_attempts_per_week_limit", "scope_set_publish_attempts_per_week_limit", publishAttemptsPerWeek),
        ];
        if (limits.All(l => l.Limit is null) || limits.Any(l => l.Limit < 0))
        {
            return new ApiError(ApiErrors.MalformedRequest, "One of 'packageLimit', 'newPackagePerWeekLimit' and 'publishAttemptsPerWeekLimit' is needed, and none may be negative.");
        }

        return await database.WriteAsync<FullScope>(
            async session =>
            {
                if (await ScopeStore.FindAsync(session, scope) is null)
                {
                    return new ApiError(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.");
                }

                foreach (var (column, action, limit) in limits)
                {
                    if (limit is { } value)
                    {
                        await ScopeStore.SetLimitAsync(session, scope, column, value);
                        await AuditLog.AppendAsync(session, principal, action, new { scope, limit = value });
                    }
                }

                return (await ScopeStore.FindFullAsync(session, scope))!;
            },
            cancellation);
    }

    /// <summary>By a part of <c>@scope/name</c>; archived ones too.</summary>
    public Task<Result<Page<Package>>> ListPackagesAsync(Principal principal, ListQuery query, CancellationToken cancellation) =>
        ListAsync(principal, query, s => PackageLists.ListAsync(s, query.Text, PackageLists.Order.Sql(query.SortBy), query.Page), cancellation);

    /// <summary>By a part of the scope's name, the package's name or the version.</summary>
    public Task<Result<Page<PublishingTask>>> ListTasksAsync(Principal principal, ListQuery query, CancellationToken cancellation) =>
        ListAsync(principal, query, s => TaskLists.ListAsync(s, query.Text, TaskLists.Order.Sql(query.SortBy), query.Page), cancellation);

    /// <summary>
    /// Gives a task that is not over another chance at once: its attempts count from the beginning, and whoever worked on it has lost its lease. A task that is over stays as it is.
    /// </summary>
    public async Task<Result<Done>> RequeueAsync(Principal principal, Guid id, CancellationToken cancellation)
    {
        if (Access.RequireStaff(principal) is { } refused)
        {
            return refused;
        }

        var result = await database.WriteAsync<Done>(
            async session =>
            {
                if (await TaskStore.FindAsync(session, id) is null)
                {
                    return new ApiError(ApiErrors.PublishNotFound, "There is no such publishing task.");
                }

                await TaskLists.RequeueAsync(session, id);
                await AuditLog.AppendAsync(session, principal, "requeue_publishing_task", new { publishing_task_id = id });
                return default(Done);
            },
            cancellation);
        signal.Ring();
        return result;
    }

    /// <param name="sudoOnly">Only what was done with the powers of staff over scopes.</param>
    public Task<Result<Page<AuditEntry>>> ListAuditLogAsync(Principal principal, ListQuery query, bool sudoOnly, CancellationToken cancellation) =>
        ListAsync(principal, query, s => AuditStore.ListAsync(s, query.Text, sudoOnly, AuditStore.Order.Sql(query.SortBy), query.Page), cancellation);

    private static ApiError UserNotFound => new(ApiErrors.UserNotFound, "There is no such user.");

    private async Task<Result<Page<T>>> ListAsync<T>(Principal principal, ListQuery query, Func<Session, Task<Page<T>>> list, CancellationToken cancellation) =>
        Access.RequireStaff(principal) ?? query.Problem() ?? new Result<Page<T>>(await database.SnapshotAsync(list, cancellation));
}
