using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>
/// Invitations to scopes (registry.md §2.3): an admin invites, the invited accepts or declines. A mail to the invited, once mails exist, is a job that <see cref="InviteAsync"/> writes in its
/// transaction (ADR 14).
/// </summary>
public sealed class InviteService(Database database)
{
    /// <summary><c>POST scopes/:scope/members</c>, by id.</summary>
    public Task<Result<ScopeInvite>> InviteAsync(Principal principal, string scope, Guid userId, CancellationToken cancellation) =>
        InviteAsync(principal, scope, s => UserStore.FindAsync(s, userId), cancellation);

    /// <summary>By the name that the user signs in with, which only this registry has.</summary>
    public Task<Result<ScopeInvite>> InviteByLoginAsync(Principal principal, string scope, string login, CancellationToken cancellation) =>
        InviteAsync(principal, scope, s => UserStore.FindByLoginAsync(s, login), cancellation);

    /// <summary>By a name at an identity provider. There is none whose names could be looked up, so nobody has it; only who may invite is told so.</summary>
    public Task<Result<ScopeInvite>> InviteByProviderNameAsync(Principal principal, string scope, CancellationToken cancellation) => database.ReadAsync<Result<ScopeInvite>>(
        async session => await CheckAsync(session, principal, scope)
            ?? new ApiError(ApiErrors.UserNotFound, "This registry has no identity provider; name the user by 'id' or 'login'."),
        cancellation);

    public Task<Result<IReadOnlyList<ScopeInvite>>> ListOfScopeAsync(Principal principal, string scope, CancellationToken cancellation) =>
        database.ReadAsync<Result<IReadOnlyList<ScopeInvite>>>(
            async session => await CheckAsync(session, principal, scope) ?? new Result<IReadOnlyList<ScopeInvite>>(await InviteStore.ListOfScopeAsync(session, scope)), cancellation);

    /// <summary>Takes an invitation back; no such invitation is success too, without a trace in the audit log.</summary>
    public Task<Result<Done>> RevokeAsync(Principal principal, string scope, Guid userId, CancellationToken cancellation) => database.WriteAsync<Done>(
        async session =>
        {
            if (await CheckAsync(session, principal, scope) is { } refused)
            {
                return refused;
            }

            if (await InviteStore.DeleteAsync(session, scope, userId) > 0)
            {
                await AuditLog.AppendAsync(session, principal, "delete_scope_invite", new { scope, user_id = userId });
            }

            return default(Done);
        },
        cancellation);

    public async Task<Result<IReadOnlyList<ScopeInvite>>> ListOwnAsync(Principal principal, CancellationToken cancellation) =>
        Access.RequireUser(principal) ?? new Result<IReadOnlyList<ScopeInvite>>(await database.ReadAsync(s => InviteStore.ListOfUserAsync(s, principal.User!.Id), cancellation));

    /// <summary>The invited becomes a member without the rights of an admin.</summary>
    public async Task<Result<ScopeMember>> AcceptAsync(Principal principal, string scope, CancellationToken cancellation) =>
        Access.RequireUser(principal) ?? await database.WriteAsync<ScopeMember>(
            async session =>
            {
                var id = principal.User!.Id;
                if (await InviteStore.DeleteAsync(session, scope, id) == 0)
                {
                    return NotFound(scope);
                }

                await ScopeStore.AddMemberAsync(session, scope, id, isAdmin: false);
                await AuditLog.AppendAsync(session, principal, "accept_scope_invite", new { scope, user_id = id });
                return (await ScopeStore.FindMemberAsync(session, scope, id))!;
            },
            cancellation);

    public async Task<Result<Done>> DeclineAsync(Principal principal, string scope, CancellationToken cancellation) =>
        Access.RequireUser(principal) ?? await database.WriteAsync<Done>(
            async session =>
            {
                if (await InviteStore.DeleteAsync(session, scope, principal.User!.Id) == 0)
                {
                    return NotFound(scope);
                }

                await AuditLog.AppendAsync(session, principal, "decline_scope_invite", new { scope, user_id = principal.User.Id });
                return default(Done);
            },
            cancellation);

    private static ApiError NotFound(string scope) => new(ApiErrors.ScopeInviteNotFound, $"You are not invited to @{scope}.");

    private static async Task<ApiError?> CheckAsync(Session session, Principal principal, string scope) => await ScopeStore.FindAsync(session, scope) is null
        ? new ApiError(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.")
        : await Access.RequireAdminAsync(session, principal, scope);

    private Task<Result<ScopeInvite>> InviteAsync(Principal principal, string scope, Func<Session, Task<FullUser?>> find, CancellationToken cancellation) =>
        database.WriteAsync<ScopeInvite>(
            async session =>
            {
                if (await CheckAsync(session, principal, scope) is { } refused)
                {
                    return refused;
                }

                if (await find(session) is not { } target)
                {
                    return new ApiError(ApiErrors.UserNotFound, "There is no such user.");
                }

                if (await ScopeStore.FindRoleAsync(session, scope, target.Id) is not null)
                {
                    return new ApiError(ApiErrors.AlreadyScopeMember, $"{target.Name} is a member of @{scope} already.");
                }

                if (await InviteStore.FindAsync(session, scope, target.Id) is not null)
                {
                    return new ApiError(ApiErrors.AlreadyInvited, $"{target.Name} has been invited to @{scope} already.");
                }

                await InviteStore.InsertAsync(session, scope, target.Id, principal.User!.Id);
                await AuditLog.AppendAsync(session, principal, "add_scope_invite", new { scope, user_id = target.Id });
                return (await InviteStore.FindAsync(session, scope, target.Id))!;
            },
            cancellation);
}
