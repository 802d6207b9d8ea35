using System.Text;
using Kiln.Packages.Names;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Search;

namespace Kiln.Registry.Catalog;

/// <summary>The scope and member routes of registry.md §2.3.</summary>
public sealed class ScopeService(Database database, RegistryOptions options)
{
    /// <summary><c>POST scopes</c>. The description is stored (the reference drops it).</summary>
    public async Task<Result<Scope>> CreateAsync(Principal principal, string? name, string? description, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        if (!ScopeName.TryParse(name, out var scope, out var reason))
        {
            return new ApiError(ApiErrors.MalformedRequest, reason);
        }

        if (description is null || DescriptionProblem(description) is not null)
        {
            return new ApiError(ApiErrors.MalformedRequest, DescriptionProblem(description ?? "-")!);
        }

        if (NameRules.IsForbidden(options, scope.Value))
        {
            return new ApiError(ApiErrors.ScopeNameNotAllowed, $"The scope name '{scope}' is not allowed.");
        }

        if (NameRules.IsReserved(options, scope.Value))
        {
            return new ApiError(ApiErrors.ScopeNameReserved, $"The scope name '{scope}' is reserved. The registry's staff can give it to you.");
        }

        return await database.WriteAsync<Scope>(
            async session =>
            {
                var user = (await UserStore.FindAsync(session, principal.User!.Id))!;
                if (user.ScopeUsage >= user.ScopeLimit)
                {
                    return new ApiError(ApiErrors.ScopeLimitReached, $"You have created {user.ScopeUsage} scopes, which is your limit.");
                }

                if (await ScopeStore.FindSimilarAsync(session, scope.Value) is { } taken)
                {
                    return new ApiError(ApiErrors.ScopeAlreadyExists, $"The scope @{taken.Scope} exists already.");
                }

                if (await NameRules.FindLookAlikeAsync(session, scope.Value) is { } alike && await Access.RequireAdminAsync(session, principal with { Sudo = false }, alike) is not null)
                {
                    return new ApiError(ApiErrors.ScopeAlreadyExists, $"'{scope}' looks like the scope @{alike}. The registry's staff can give it to you.");
                }

                var neighbours = await NameRules.ListNeighboursAsync(session, scope.Value);
                await ScopeStore.InsertAsync(session, scope.Value, description, user.Id);
                await ScopeStore.AddMemberAsync(session, scope.Value, user.Id, isAdmin: true);
                await AuditLog.AppendAsync(session, principal, "create_scope", neighbours.Count == 0 ? new { scope = scope.Value } : (object)new { scope = scope.Value, similarTo = neighbours });
                return (await ScopeStore.FindAsync(session, scope.Value))!.ToScope();
            },
            cancellation);
    }

    /// <summary>A <see cref="FullScope"/> for admins of the scope, else a <see cref="Scope"/>.</summary>
    public Task<Result<Scope>> GetAsync(Principal principal, string scope, CancellationToken cancellation) => database.ReadAsync<Result<Scope>>(
        async session =>
        {
            if (await ScopeStore.FindAsync(session, scope) is not { } row)
            {
                return NotFound(scope);
            }

            return await Access.RequireAdminAsync(session, principal, scope) is null ? (await ScopeStore.FindFullAsync(session, scope))! : row.ToScope();
        },
        cancellation);

    public Task<Result<FullScope>> SetDescriptionAsync(Principal principal, string scope, string? description, CancellationToken cancellation)
    {
        var text = description ?? "";
        return UpdateAsync(
            principal, scope, DescriptionProblem(text), "scope_set_description", new { scope, description = text },
            async session =>
            {
                await ScopeStore.SetDescriptionAsync(session, scope, text);
                if (await SearchStore.HasAsync(session, SearchDocument.SubjectOf(scope, ""))) // since its first package
                {
                    await SearchStore.ReplaceAsync(session, SearchDocument.OfScope(scope, text));
                }
            },
            cancellation);
    }

    public Task<Result<FullScope>> SetVerifyOidcActorAsync(Principal principal, string scope, bool value, CancellationToken cancellation) => UpdateAsync(
        principal, scope, null, "scope_set_verify_oidc_actor", new { scope, value }, s => ScopeStore.SetVerifyOidcActorAsync(s, scope, value), cancellation);

    public Task<Result<FullScope>> SetRequirePublishingFromCiAsync(Principal principal, string scope, bool value, CancellationToken cancellation) => UpdateAsync(
        principal, scope, null, "scope_set_require_publishing_from_ci", new { scope, value }, s => ScopeStore.SetRequirePublishingFromCiAsync(s, scope, value), cancellation);

    public Task<Result<Done>> DeleteAsync(Principal principal, string scope, CancellationToken cancellation) => database.WriteAsync<Done>(
        async session =>
        {
            if (await ScopeStore.FindAsync(session, scope) is null)
            {
                return NotFound(scope);
            }

            if (await Access.RequireAdminAsync(session, principal, scope) is { } refused)
            {
                return refused;
            }

            if (await PackageStore.CountAsync(session, scope) > 0)
            {
                return new ApiError(ApiErrors.ScopeNotEmpty, $"The scope @{scope} has packages.");
            }

            await ScopeStore.DeleteAsync(session, scope);
            await SearchStore.DeleteAsync(session, SearchDocument.SubjectOf(scope, ""));
            await AuditLog.AppendAsync(session, principal, "delete_scope", new { scope });
            return default(Done);
        },
        cancellation);

    public Task<Result<IReadOnlyList<ScopeMember>>> ListMembersAsync(string scope, CancellationToken cancellation) => database.ReadAsync<Result<IReadOnlyList<ScopeMember>>>(
        async session =>
        {
            var members = await ScopeStore.ListMembersAsync(session, scope);
            return members.Count == 0 ? NotFound(scope) : new Result<IReadOnlyList<ScopeMember>>(members);
        },
        cancellation);

    public Task<Result<ScopeMember>> SetRoleAsync(Principal principal, string scope, Guid userId, bool isAdmin, CancellationToken cancellation) => database.WriteAsync<ScopeMember>(
        async session =>
        {
            if (await Access.RequireAdminAsync(session, principal, scope) is { } refused)
            {
                return refused;
            }

            if (await ScopeStore.SetRoleAsync(session, scope, userId, isAdmin) == 0)
            {
                return MemberNotFound(scope);
            }

            if (!isAdmin && await KeepOwnershipAsync(session, scope, userId) is { } problem)
            {
                return problem;
            }

            await AuditLog.AppendAsync(session, principal, "scope_update_scope_member_role", new { scope, user_id = userId, is_admin = isAdmin });
            return (await ScopeStore.FindMemberAsync(session, scope, userId))!;
        },
        cancellation);

    /// <summary>Members may leave; admins may remove.</summary>
    public Task<Result<Done>> RemoveMemberAsync(Principal principal, string scope, Guid userId, CancellationToken cancellation) => database.WriteAsync<Done>(
        async session =>
        {
            var refused = principal.User?.Id == userId
                ? await Access.RequireMemberAsync(session, principal, scope)
                : await Access.RequireAdminAsync(session, principal, scope);
            if (refused is not null)
            {
                return refused;
            }

            if (await ScopeStore.RemoveMemberAsync(session, scope, userId) == 0)
            {
                return MemberNotFound(scope);
            }

            if (await KeepOwnershipAsync(session, scope, userId) is { } problem)
            {
                return problem;
            }

            await AuditLog.AppendAsync(session, principal, "remove_scope_member", new { scope, user_id = userId });
            return default(Done);
        },
        cancellation);

    private static ApiError NotFound(string scope) => new(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.");

    private static ApiError MemberNotFound(string scope) => new(ApiErrors.ScopeMemberNotFound, $"The user is not a member of @{scope}.");

    private static string? DescriptionProblem(string text) => text.Length == 0 || Encoding.UTF8.GetByteCount(text) is >= 5 and <= 200
        ? null
        : "'description' is required: empty, or 5 to 200 bytes.";

    // After a demotion or removal: an admin must remain, and a scope whose creator leaves goes to one who may own it. The reference asks for
    // such an heir at every removal; only the creator's departure needs one.
    private static async Task<ApiError?> KeepOwnershipAsync(Session session, string scope, Guid userId)
    {
        if (await ScopeStore.CountAdminsAsync(session, scope) == 0)
        {
            return new ApiError(ApiErrors.ScopeMustHaveAdmin, $"The scope @{scope} must keep an admin.");
        }

        if ((await ScopeStore.FindAsync(session, scope))!.Creator != userId)
        {
            return null;
        }

        if (await ScopeStore.FindHeirAsync(session, scope) is not { } heir)
        {
            return new ApiError(ApiErrors.NoScopeOwnerAvailable, $"No other admin of @{scope} may own another scope.");
        }

        await ScopeStore.SetCreatorAsync(session, scope, heir);
        return null;
    }

    private Task<Result<FullScope>> UpdateAsync(
        Principal principal, string scope, string? problem, string action, object meta, Func<Session, Task> change, CancellationToken cancellation) => database.WriteAsync<FullScope>(
        async session =>
        {
            if (await ScopeStore.FindAsync(session, scope) is null)
            {
                return NotFound(scope);
            }

            if (await Access.RequireAdminAsync(session, principal, scope) is { } refused)
            {
                return refused;
            }

            if (problem is not null)
            {
                return new ApiError(ApiErrors.MalformedRequest, problem);
            }

            await change(session);
            await AuditLog.AppendAsync(session, principal, action, meta);
            return (await ScopeStore.FindFullAsync(session, scope))!;
        },
        cancellation);
}
