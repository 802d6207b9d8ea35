using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

internal static class TokenStore
{
    internal sealed class Row
    {
        public Guid Id { get; set; }

        public string? Description { get; set; }

        public Guid UserId { get; set; }

        public string Type { get; set; } = "";

        public DateTimeOffset? ExpiresAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public string? Permissions { get; set; }

        public Token ToToken() => new(Id, Description, UserId, Enum.Parse<TokenType>(Type, ignoreCase: true), ExpiresAt, UpdatedAt, CreatedAt, Permission.Deserialize(Permissions));
    }

    public static async Task<Token?> FindByHashAsync(Session session, string hash) =>
        (await session.FindAsync<Row>("SELECT * FROM tokens WHERE hash = @hash", new { hash }))?.ToToken();

    /// <summary>Those not expired for more than a day; the longest-living first, never-expiring before all.</summary>
    public static async Task<IReadOnlyList<Token>> ListAsync(Session session, Guid userId) =>
    [
        .. (await session.ListAsync<Row>(
            """
            SELECT * FROM tokens WHERE user_id = @userId AND (expires_at IS NULL OR expires_at > @since)
            ORDER BY CASE WHEN expires_at IS NULL THEN 0 ELSE 1 END, expires_at DESC, created_at DESC
            """,
            new { userId, since = session.Now.AddDays(-1) })).Select(r => r.ToToken()),
    ];

    public static async Task<CreatedToken> CreateAsync(
        Session session, Guid userId, TokenType type, string? description, DateTimeOffset? expiresAt, IReadOnlyList<Permission>? permissions)
    {
        var secret = TokenFormat.Create(type);
        var token = new Token(Guid.NewGuid(), description, userId, type, expiresAt, session.Now, session.Now, permissions);
        await session.ExecuteAsync(
            """
            INSERT INTO tokens (id, hash, user_id, type, description, expires_at, permissions, created_at, updated_at)
            VALUES (@Id, @hash, @UserId, @type, @Description, @ExpiresAt, @permissions, @Now, @Now)
            """,
            new
            {
                token.Id, hash = TokenFormat.Hash(secret), token.UserId, type = type.ToString().ToLowerInvariant(), token.Description, token.ExpiresAt,
                permissions = Permission.Serialize(permissions), session.Now,
            });
        return new CreatedToken(secret, token);
    }

    public static Task<int> DeleteAsync(Session session, Guid userId, Guid id) =>
        session.ExecuteAsync("DELETE FROM tokens WHERE id = @id AND user_id = @userId", new { id, userId });

    public static Task<int> DeleteExpiredAsync(Session session) =>
        session.ExecuteAsync("DELETE FROM tokens WHERE expires_at < @before", new { before = session.Now.AddDays(-30) });
}
