using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

internal static class UserStore
{
    private const string Full =
        """
        SELECT u.*,
          (SELECT COUNT(*) FROM scopes s WHERE s.creator = u.id) AS scope_usage,
          (SELECT COUNT(*) FROM scope_invites i WHERE i.target_user_id = u.id) AS invite_count
        FROM users u
        """;

    public static Task<FullUser?> FindAsync(Session session, Guid id) => session.FindAsync<FullUser>(Full + " WHERE u.id = @id", new { id });

    public static Task<FullUser?> FindByLoginAsync(Session session, string login) =>
        session.FindAsync<FullUser>(Full + " WHERE lower(u.login) = lower(@login)", new { login });

    public static Task<long> CountAsync(Session session) => session.CountAsync("SELECT COUNT(*) FROM users");

    public static Task<IReadOnlyList<FullUser>> ListAsync(Session session) => session.ListAsync<FullUser>(Full + " ORDER BY u.created_at, u.id");

    public static Task InsertAsync(Session session, Guid id, string login, string name, string avatarUrl, bool isStaff, int scopeLimit) => session.ExecuteAsync(
        """
        INSERT INTO users (id, login, name, avatar_url, is_staff, scope_limit, created_at, updated_at)
        VALUES (@id, @login, @name, @avatarUrl, @isStaff, @scopeLimit, @Now, @Now)
        """,
        new { id, login, name, avatarUrl, isStaff, scopeLimit, session.Now });

    public static Task SetStaffAsync(Session session, Guid id, bool isStaff) =>
        session.ExecuteAsync("UPDATE users SET is_staff = @isStaff, updated_at = @Now WHERE id = @id", new { id, isStaff, session.Now });
}
