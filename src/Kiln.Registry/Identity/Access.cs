using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

/// <summary>
/// Who may do what (registry.md §2.1 auth shorthand, §3.6, §3.7). Null means allowed; the order of the checks is the order of the codes in the specification.
/// Unlike the reference, staff routes respect a token's permission list.
/// </summary>
public static class Access
{
    /// <summary>An unrestricted token of a user.</summary>
    public static ApiError? RequireUser(Principal principal)
    {
        if (principal.Permissions is not null)
        {
            return new ApiError(ApiErrors.MissingPermission, "This token may only publish.");
        }

        return principal.IsAnonymous ? new ApiError(ApiErrors.MissingAuthentication, "This needs a signed-in user.") : null;
    }

    /// <summary>A person at a browser: a leaked command-line token must not mint further tokens.</summary>
    public static ApiError? RequireWeb(Principal principal) => RequireUser(principal)
        ?? (principal.IsInteractive ? null : new ApiError(ApiErrors.CredentialNotInteractive, "This needs a session in a browser, not a token."));

    /// <summary>Sudo is not needed. The reference forgets to look at a token's permissions here.</summary>
    public static ApiError? RequireStaff(Principal principal) => RequireUser(principal)
        ?? (principal.User!.IsStaff ? null : new ApiError(ApiErrors.ActorNotAuthorized, "This needs a member of the staff."));

    internal static Task<ApiError?> RequireMemberAsync(Session session, Principal principal, string scope) => RequireRoleAsync(session, principal, scope, admin: false);

    internal static Task<ApiError?> RequireAdminAsync(Session session, Principal principal, string scope) => RequireRoleAsync(session, principal, scope, admin: true);

    /// <summary>§3.7. The value is the tarball hash (<c>sha256-…</c>) that the credential insists on, or null.</summary>
    internal static async Task<Result<PublishGrant>> RequirePublishAsync(Session session, Principal principal, string scope, string package, string version)
    {
        string? tarballHash = null;
        if (principal.Permissions is { } permissions)
        {
            // Of several entries that match, one without a hash is the widest.
            var matching = permissions.Where(p => p.Covers(scope, package, version)).ToArray();
            if (matching.Length == 0)
            {
                return new ApiError(ApiErrors.MissingPermission, $"This token may not publish @{scope}/{package}@{version}.");
            }

            tarballHash = matching.Any(p => p.TarballHash is null) ? null : matching[0].TarballHash;
        }

        if (principal.IsAnonymous)
        {
            return new ApiError(ApiErrors.MissingAuthentication, "Publishing needs a signed-in user or a token.");
        }

        var grant = new PublishGrant(tarballHash);
        if (principal.Sudo)
        {
            return grant;
        }

        if (await ScopeStore.FindAsync(session, scope) is not { } row)
        {
            return new ApiError(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.");
        }

        if (row.RequirePublishingFromCi)
        {
            return new ApiError(ApiErrors.ScopeRequiresPublishingFromCi, $"The scope @{scope} only accepts packages published from CI.");
        }

        return await ScopeStore.FindRoleAsync(session, scope, principal.User!.Id) is null
            ? new ApiError(ApiErrors.ActorNotScopeMember, $"You are not a member of the scope @{scope}.")
            : grant;
    }

    private static async Task<ApiError?> RequireRoleAsync(Session session, Principal principal, string scope, bool admin)
    {
        if (RequireUser(principal) is { } refused)
        {
            return refused;
        }

        if (principal.Sudo)
        {
            return null;
        }

        return await ScopeStore.FindRoleAsync(session, scope, principal.User!.Id) switch
        {
            null => new ApiError(ApiErrors.ActorNotScopeMember, $"You are not a member of the scope @{scope}."),
            false when admin => new ApiError(ApiErrors.ActorNotScopeAdmin, $"You are not an admin of the scope @{scope}."),
            _ => null,
        };
    }
}

/// <param name="TarballHash"><c>sha256-</c> and hex: the only bytes that may be published; null for any.</param>
internal readonly record struct PublishGrant(string? TarballHash);
