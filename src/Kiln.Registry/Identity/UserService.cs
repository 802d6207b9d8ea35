using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

/// <summary>The user routes of registry.md §2.3.</summary>
public sealed class UserService(Database database)
{
    public async Task<Result<User>> GetAsync(Guid id, CancellationToken cancellation) =>
        await database.ReadAsync(s => UserStore.FindAsync(s, id), cancellation) is { } user ? user.ToPublic() : new ApiError(ApiErrors.UserNotFound, "There is no such user.");

    /// <summary>Scopes that the user is a member of.</summary>
    public Task<IReadOnlyList<Scope>> ListScopesAsync(Guid id, CancellationToken cancellation) => database.ReadAsync(s => ScopeStore.ListOfUserAsync(s, id), cancellation);

    /// <summary><c>GET user</c>.</summary>
    public async Task<Result<FullUser>> GetSelfAsync(Principal principal, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        return (await database.ReadAsync(s => UserStore.FindCountedAsync(s, principal.User!.Id), cancellation))!;
    }

    /// <summary><c>GET user/scopes</c>.</summary>
    public async Task<Result<IReadOnlyList<Scope>>> ListOwnScopesAsync(Principal principal, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        return new Result<IReadOnlyList<Scope>>(await ListScopesAsync(principal.User!.Id, cancellation));
    }

    /// <summary><c>GET user/member/:scope</c>.</summary>
    public async Task<Result<ScopeMember>> GetOwnMembershipAsync(Principal principal, string scope, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        return await database.ReadAsync(s => ScopeStore.FindMemberAsync(s, scope, principal.User!.Id), cancellation) is { } member
            ? member
            : new ApiError(ApiErrors.ScopeMemberNotFound, $"You are not a member of @{scope}.");
    }
}
