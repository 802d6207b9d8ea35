using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

/// <summary>Tokens of registry.md §3.1, §3.2 and the token routes of §2.3.</summary>
public sealed class TokenService(Database database)
{
    public static readonly TimeSpan WebLifetime = TimeSpan.FromDays(7);
    public static readonly TimeSpan DeviceLifetime = TimeSpan.FromHours(1);

    private const int MaxDescription = 250;

    /// <summary>The principal of a bearer token or session cookie; errors <c>invalidBearerToken</c> (unknown, expired) and <c>blocked</c>.</summary>
    /// <param name="secret">The whole token.</param>
    /// <param name="sudo">The request asks for staff powers.</param>
    public Task<Result<Principal>> AuthenticateAsync(string secret, bool sudo, CancellationToken cancellation) => database.ReadAsync<Result<Principal>>(
        async session =>
        {
            if (secret.Length != TokenFormat.Length
                || await TokenStore.FindByHashAsync(session, TokenFormat.Hash(secret)) is not { } token
                || token.ExpiresAt <= session.Now
                || await UserStore.FindAsync(session, token.UserId) is not { } user)
            {
                return new ApiError(ApiErrors.InvalidBearerToken, "The bearer token is invalid or has expired.");
            }

            if (user.IsBlocked)
            {
                return new ApiError(ApiErrors.Blocked, "This account is blocked.");
            }

            return new Principal { User = user, TokenType = token.Type, TokenId = token.Id, Permissions = token.Permissions, Sudo = sudo && user.IsStaff };
        },
        cancellation);

    /// <summary><c>POST user/tokens</c>: a personal token. Needs a web session.</summary>
    public async Task<Result<CreatedToken>> CreateAsync(
        Principal principal, string? description, DateTimeOffset? expiresAt, IReadOnlyList<Permission>? permissions, CancellationToken cancellation)
    {
        if (Access.RequireWeb(principal) is { } refused)
        {
            return refused;
        }

        var text = (description ?? "").Trim().Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal);
        if (text.Length is 0 or > MaxDescription || System.Text.Encoding.UTF8.GetByteCount(text) > MaxDescription || text.Any(char.IsControl))
        {
            return new ApiError(ApiErrors.MalformedRequest, "The description must have 1 to 250 bytes and no control characters.");
        }

        if (permissions is not null && permissions is not [{ IsWellFormed: true }])
        {
            return new ApiError(ApiErrors.MalformedRequest, "'permissions' must be null or hold exactly one permission.");
        }

        return await database.ChangeAsync(
            async session =>
            {
                var created = await TokenStore.CreateAsync(session, principal.User!.Id, TokenType.Personal, text, expiresAt, permissions);
                await AuditLog.AppendAsync(session, principal, "create_token", new { user_id = created.Token.UserId, token_id = created.Token.Id, type = "personal" });
                return created;
            },
            cancellation);
    }

    public async Task<Result<IReadOnlyList<Token>>> ListAsync(Principal principal, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        return new Result<IReadOnlyList<Token>>(await database.ReadAsync(s => TokenStore.ListAsync(s, principal.User!.Id), cancellation));
    }

    public async Task<Result<Done>> DeleteAsync(Principal principal, Guid id, CancellationToken cancellation)
    {
        if (Access.RequireWeb(principal) is { } refused)
        {
            return refused;
        }

        return await database.WriteAsync<Done>(
            async session =>
            {
                if (await TokenStore.DeleteAsync(session, principal.User!.Id, id) == 0)
                {
                    return new ApiError(ApiErrors.TokenNotFound, "There is no such token.");
                }

                await AuditLog.AppendAsync(session, principal, "delete_token", new { user_id = principal.User.Id, token_id = id });
                return default(Done);
            },
            cancellation);
    }

    /// <summary>Ends a session: the row goes, so a copied cookie is worthless too.</summary>
    public Task SignOutAsync(Principal principal, CancellationToken cancellation) => principal is { User: { } user, TokenId: { } id, IsInteractive: true }
        ? database.ChangeAsync(
            async session =>
            {
                await AuditLog.AppendAsync(session, principal, "sign_out", new { user_id = user.Id, token_id = id });
                return await TokenStore.DeleteAsync(session, user.Id, id);
            },
            cancellation)
        : Task.CompletedTask;
}
