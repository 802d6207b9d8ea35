using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

internal static class AuthorizationStore
{
    internal sealed class Row
    {
        public string Code { get; set; } = "";

        public string Challenge { get; set; } = "";

        public string? Permissions { get; set; }

        public string? Decision { get; set; }

        public Guid? UserId { get; set; }

        public DateTimeOffset ExpiresAt { get; set; }
    }

    public static Task InsertAsync(Session session, string exchangeHash, string code, string challenge, string? permissions, DateTimeOffset expiresAt) => session.ExecuteAsync(
        """
        INSERT INTO authorizations (exchange_hash, code, challenge, permissions, expires_at, created_at)
        VALUES (@exchangeHash, @code, @challenge, @permissions, @expiresAt, @Now)
        """,
        new { exchangeHash, code, challenge, permissions, expiresAt, session.Now });

    public static Task<Row?> FindUndecidedAsync(Session session, string code) => session.FindAsync<Row>(
        "SELECT * FROM authorizations WHERE code = @code AND decision IS NULL AND expires_at > @Now", new { code, session.Now });

    public static Task<Row?> FindByExchangeAsync(Session session, string exchangeHash) =>
        session.FindAsync<Row>("SELECT * FROM authorizations WHERE exchange_hash = @exchangeHash", new { exchangeHash });

    /// <summary>Compare-and-set on "undecided": 0 when unknown, decided or expired.</summary>
    public static Task<int> DecideAsync(Session session, string code, Guid userId, string decision) => session.ExecuteAsync(
        "UPDATE authorizations SET decision = @decision, user_id = @userId WHERE code = @code AND decision IS NULL AND expires_at > @Now",
        new { code, userId, decision, session.Now });

    public static Task<int> DeleteAsync(Session session, string exchangeHash) =>
        session.ExecuteAsync("DELETE FROM authorizations WHERE exchange_hash = @exchangeHash", new { exchangeHash });

    /// <summary>Those that somebody could still decide about.</summary>
    public static Task<long> CountWaitingAsync(Session session) =>
        session.CountAsync("SELECT COUNT(*) FROM authorizations WHERE decision IS NULL AND expires_at > @Now", new { session.Now });

    /// <summary>Kept an hour after they expired, so that a late poll hears "expired" and not "unknown".</summary>
    public static Task<int> DeleteExpiredAsync(Session session) =>
        session.ExecuteAsync("DELETE FROM authorizations WHERE expires_at < @before", new { before = session.Now.AddHours(-1) });
}
