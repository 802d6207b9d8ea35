using System.Security.Cryptography;
using System.Text;
using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

/// <summary>The flow by which a command line gets a token from a person at a browser (registry.md §3.4).</summary>
public sealed class AuthorizationService(Database database, AttemptLimiter attempts, RegistryOptions options)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // A–Z without I and O, which people read as digits.
    private const string CodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int MaxChallenge = 256;
    private const int MaxPermissions = 64;

    /// <param name="challenge">Base64 of the SHA-256 of a verifier that only the command line knows.</param>
    /// <param name="permissions">What the token shall be limited to; null for everything.</param>
    public async Task<Result<CreatedAuthorization>> CreateAsync(string? challenge, IReadOnlyList<Permission>? permissions, CancellationToken cancellation)
    {
        if (challenge is null or { Length: 0 or > MaxChallenge })
        {
            return new ApiError(ApiErrors.MalformedRequest, "'challenge' must be the base64 SHA-256 of the verifier.");
        }

        if (permissions is not null && (permissions.Count is 0 or > MaxPermissions || permissions.Any(p => p is not { IsWellFormed: true })))
        {
            return new ApiError(ApiErrors.MalformedRequest, "'permissions' holds something that is not a permission.");
        }

        var code = $"{RandomNumberGenerator.GetString(CodeAlphabet, 4)}-{RandomNumberGenerator.GetString(CodeAlphabet, 4)}";
        var exchangeToken = RandomNumberGenerator.GetHexString(40, lowercase: true);
        return await database.WriteAsync<CreatedAuthorization>(
            async session =>
            {
                // Anybody may ask, so those that wait are bounded (security.md H10), and with them the rows: what was not decided goes an hour after its ten minutes.
                await AuthorizationStore.DeleteExpiredAsync(session);
                if (await AuthorizationStore.CountWaitingAsync(session) >= options.MaxAuthorizations)
                {
                    return new ApiError(ApiErrors.TooManyAuthorizations, "Too many sign-ins of command lines are waiting for a decision. Try again in some minutes.");
                }

                var expiresAt = session.Now + Lifetime;
                await AuthorizationStore.InsertAsync(session, TokenFormat.Hash(exchangeToken), code, challenge, Permission.Serialize(permissions), expiresAt);
                return new CreatedAuthorization(code, exchangeToken, expiresAt);
            },
            cancellation);
    }

    /// <param name="caller">Whose wrong codes are counted: a user id or an address.</param>
    public async Task<Result<Authorization>> GetAsync(string code, string caller, CancellationToken cancellation)
    {
        if (!attempts.MayTry(caller))
        {
            return TooMany;
        }

        if (await database.ReadAsync(s => AuthorizationStore.FindUndecidedAsync(s, code), cancellation) is not { } row)
        {
            attempts.Failed(caller);
            return NotFound;
        }

        return new Authorization(row.Code, Permission.Deserialize(row.Permissions), row.ExpiresAt);
    }

    public Task<Result<Done>> ApproveAsync(Principal principal, string code, CancellationToken cancellation) => DecideAsync(principal, code, "approved", cancellation);

    public Task<Result<Done>> DenyAsync(Principal principal, string code, CancellationToken cancellation) => DecideAsync(principal, code, "denied", cancellation);

    /// <summary>What the command line polls. Once decided or expired the row is consumed, whatever the verifier: it cannot be guessed at.</summary>
    public async Task<Result<ExchangedAuthorization>> ExchangeAsync(string? exchangeToken, string? verifier, CancellationToken cancellation)
    {
        if (exchangeToken is null || verifier is null)
        {
            return new ApiError(ApiErrors.MalformedRequest, "'exchangeToken' and 'verifier' are required.");
        }

        var hash = TokenFormat.Hash(exchangeToken);

        // Most polls find nothing decided; they must not queue for the writer.
        var waiting = await database.ReadAsync(s => AuthorizationStore.FindByExchangeAsync(s, hash), cancellation);
        if (waiting is null)
        {
            return NotFound;
        }

        if (waiting.Decision is null && waiting.ExpiresAt > database.Time.GetUtcNow())
        {
            return new ApiError(ApiErrors.AuthorizationPending, "Nobody has decided about this authorization yet.");
        }

        // The inner result, because consuming the row must be committed when the answer is an error.
        return await database.ChangeAsync(session => ConsumeAsync(session, hash, verifier), cancellation);
    }

    private static ApiError NotFound => new(ApiErrors.AuthorizationNotFound, "There is no such authorization, or it has been decided or has expired.");

    private static ApiError TooMany => new(ApiErrors.TooManyAttempts, "Too many wrong codes. Wait ten minutes and start again.");

    private static async Task<Result<ExchangedAuthorization>> ConsumeAsync(Session session, string hash, string verifier)
    {
        if (await AuthorizationStore.FindByExchangeAsync(session, hash) is not { } row || await AuthorizationStore.DeleteAsync(session, hash) == 0)
        {
            return NotFound;
        }

        if (row.ExpiresAt <= session.Now)
        {
            return new ApiError(ApiErrors.AuthorizationExpired, "The authorization has expired. Start again.");
        }

        if (row.Decision != "approved")
        {
            return new ApiError(ApiErrors.AuthorizationDenied, "The authorization was denied.");
        }

        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(challenge), Encoding.UTF8.GetBytes(row.Challenge)))
        {
            return new ApiError(ApiErrors.AuthorizationInvalidVerifier, "The verifier does not belong to this authorization.");
        }

        var user = (await UserStore.FindAsync(session, row.UserId!.Value))!;
        var token = await TokenStore.CreateAsync(
            session, user.Id, TokenType.Device, null, session.Now + TokenService.DeviceLifetime, Permission.Deserialize(row.Permissions));
        await AuditLog.AppendAsync(session, user.Id, sudo: false, "create_token", new { user_id = user.Id, token_id = token.Token.Id, type = "device" });
        return new ExchangedAuthorization(token.Secret, user.ToPublic());
    }

    private async Task<Result<Done>> DecideAsync(Principal principal, string code, string decision, CancellationToken cancellation)
    {
        if (Access.RequireWeb(principal) is { } refused)
        {
            return refused;
        }

        var caller = principal.User!.Id.ToString();
        if (!attempts.MayTry(caller))
        {
            return TooMany;
        }

        var decided = await database.ChangeAsync(
            async session =>
            {
                var count = await AuthorizationStore.DecideAsync(session, code, principal.User.Id, decision);
                if (count > 0)
                {
                    await AuditLog.AppendAsync(session, principal, decision == "approved" ? "approve_authorization" : "deny_authorization", new { user_id = principal.User.Id, code });
                }

                return count;
            },
            cancellation);
        if (decided == 0)
        {
            attempts.Failed(caller);
            return NotFound;
        }

        return default(Done);
    }
}
