using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Identity;

internal static class UserStore
{
    public static readonly ListOrder Order = new(
        "u.created_at DESC, u.id",
        ("email", "u.email", false), ("github_id", "u.github_id", false), ("scope_limit", "u.scope_limit", false), ("is_staff", "u.is_staff", false), ("is_blocked", "u.is_blocked", false),
        ("created_at", "u.created_at", true));

    private const string Counts =
        """
          (SELECT COUNT(*) FROM scopes s WHERE s.creator = u.id) AS scope_usage,
          (SELECT COUNT(*) FROM scope_invites i WHERE i.target_user_id = u.id) AS invite_count
        """;

    private const string Full = "SELECT u.*," + Counts + " FROM users u";

    // For staff: open tickets whose last word is their creator's. For others: their own open tickets in which somebody else wrote after them (registry.md §2.2).
    private const string Counted =
        "SELECT u.*," + Counts + """
        ,
          CASE WHEN u.is_staff THEN
            (SELECT COUNT(*) FROM tickets t WHERE t.closed = FALSE AND t.creator =
              (SELECT m.author FROM ticket_messages m WHERE m.ticket_id = t.id ORDER BY m.created_at DESC, m.id DESC LIMIT 1))
          ELSE
            (SELECT COUNT(*) FROM tickets t WHERE t.closed = FALSE AND t.creator = u.id AND EXISTS (
              SELECT 1 FROM ticket_messages m WHERE m.ticket_id = t.id AND m.author <> u.id AND m.created_at >
                (SELECT MAX(o.created_at) FROM ticket_messages o WHERE o.ticket_id = t.id AND o.author = u.id)))
          END AS newer_ticket_messages_count
        FROM users u
        """;

    /// <summary>Without <see cref="FullUser.NewerTicketMessagesCount"/>, which costs more than the rest: every request with a credential asks for its user.</summary>
    public static Task<FullUser?> FindAsync(Session session, Guid id) => session.FindAsync<FullUser>(Full + " WHERE u.id = @id", new { id });

    /// <summary>With all that it counts.</summary>
    public static Task<FullUser?> FindCountedAsync(Session session, Guid id) => session.FindAsync<FullUser>(Counted + " WHERE u.id = @id", new { id });

    public static Task<FullUser?> FindByLoginAsync(Session session, string login) =>
        session.FindAsync<FullUser>(Full + " WHERE lower(u.login) = lower(@login)", new { login });

    /// <summary>What everybody may see of these users; unknown ones are missing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, User>> ListPublicAsync(Session session, IEnumerable<Guid> ids)
    {
        var distinct = ids.Distinct().Select(i => i.ToString("D")).ToArray();
        return distinct.Length == 0
            ? new Dictionary<Guid, User>()
            : (await session.ListAsync<User>("SELECT id, name, github_id, gitlab_id, avatar_url, updated_at, created_at FROM users WHERE id IN @distinct", new { distinct })).ToDictionary(u => u.Id);
    }

    public static Task<long> CountAsync(Session session) => session.CountAsync("SELECT COUNT(*) FROM users");

    public static Task<IReadOnlyList<FullUser>> ListAsync(Session session) => session.ListAsync<FullUser>(Full + " ORDER BY u.created_at, u.id");

    /// <param name="query">Part of the name, login or e-mail address, or the whole id.</param>
    public static async Task<Page<FullUser>> ListAsync(Session session, string query, string order, PageRequest page)
    {
        const string Where = """
             WHERE @everything OR u.id = lower(@query)
              OR lower(u.name) LIKE lower(@like) ESCAPE '\' OR lower(u.login) LIKE lower(@like) ESCAPE '\' OR lower(u.email) LIKE lower(@like) ESCAPE '\'
            """;
        var arguments = new { everything = query.Length == 0, query, like = LikeText.Contains(query), page.Size, page.Offset };
        return new Page<FullUser>(
            await session.ListAsync<FullUser>($"{Counted}{Where} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments),
            await session.CountAsync("SELECT COUNT(*) FROM users u" + Where, arguments));
    }

    public static Task InsertAsync(Session session, Guid id, string login, string name, string avatarUrl, bool isStaff, int scopeLimit) => session.ExecuteAsync(
        """
        INSERT INTO users (id, login, name, avatar_url, is_staff, scope_limit, created_at, updated_at)
        VALUES (@id, @login, @name, @avatarUrl, @isStaff, @scopeLimit, @Now, @Now)
        """,
        new { id, login, name, avatarUrl, isStaff, scopeLimit, session.Now });

    public static Task SetStaffAsync(Session session, Guid id, bool isStaff) =>
        session.ExecuteAsync("UPDATE users SET is_staff = @isStaff, updated_at = @Now WHERE id = @id", new { id, isStaff, session.Now });

    public static Task SetBlockedAsync(Session session, Guid id, bool isBlocked) =>
        session.ExecuteAsync("UPDATE users SET is_blocked = @isBlocked, updated_at = @Now WHERE id = @id", new { id, isBlocked, session.Now });

    public static Task SetScopeLimitAsync(Session session, Guid id, int scopeLimit) =>
        session.ExecuteAsync("UPDATE users SET scope_limit = @scopeLimit, updated_at = @Now WHERE id = @id", new { id, scopeLimit, session.Now });
}
