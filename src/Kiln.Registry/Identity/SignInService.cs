using System.Security.Cryptography;
using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

/// <summary>Links that sign a browser in once: the way in without an identity provider.</summary>
public sealed class SignInService(Database database)
{
    /// <summary>A new secret for a link; the caller puts it behind the address of the sign-in page.</summary>
    public Task<string> CreateLinkAsync(Guid userId, TimeSpan lifetime, CancellationToken cancellation) =>
        database.ChangeAsync(session => CreateLinkAsync(session, userId, lifetime), cancellation);

    /// <summary>Consumes the link and opens a web session; error <c>signInLinkInvalid</c>, or <c>blocked</c>.</summary>
    public async Task<Result<CreatedToken>> RedeemAsync(string? secret, CancellationToken cancellation)
    {
        if (secret is not { Length: > 0 and < 200 })
        {
            return Invalid;
        }

        var hash = TokenFormat.Hash(secret);

        // The deletion decides who gets the session, and stays even when the answer is an error.
        return await database.ChangeAsync<Result<CreatedToken>>(
            async session =>
            {
                var link = await session.FindAsync<LinkRow>("SELECT user_id, expires_at FROM sign_in_links WHERE hash = @hash", new { hash });
                if (await session.ExecuteAsync("DELETE FROM sign_in_links WHERE hash = @hash", new { hash }) == 0
                    || link is null || link.ExpiresAt <= session.Now || await UserStore.FindAsync(session, link.UserId) is not { } user)
                {
                    return Invalid;
                }

                if (user.IsBlocked)
                {
                    return new ApiError(ApiErrors.Blocked, "This account is blocked.");
                }

                var created = await TokenStore.CreateAsync(session, user.Id, TokenType.Web, null, session.Now + TokenService.WebLifetime, null);
                await AuditLog.AppendAsync(session, user.Id, sudo: false, "sign_in", new { user_id = user.Id, token_id = created.Token.Id });
                return created;
            },
            cancellation);
    }

    internal static async Task<string> CreateLinkAsync(Session session, Guid userId, TimeSpan lifetime)
    {
        var secret = RandomNumberGenerator.GetHexString(48, lowercase: true);
        await session.ExecuteAsync(
            "INSERT INTO sign_in_links (hash, user_id, expires_at, created_at) VALUES (@hash, @userId, @expiresAt, @Now)",
            new { hash = TokenFormat.Hash(secret), userId, expiresAt = session.Now + lifetime, session.Now });
        return secret;
    }

    internal static Task<int> DeleteExpiredAsync(Session session) => session.ExecuteAsync("DELETE FROM sign_in_links WHERE expires_at < @Now", new { session.Now });

    private static ApiError Invalid => new(ApiErrors.SignInLinkInvalid, "This sign-in link is unknown, has been used or has expired. Ask for a new one.");

    private sealed class LinkRow
    {
        public Guid UserId { get; set; }

        public DateTimeOffset ExpiresAt { get; set; }
    }
}
