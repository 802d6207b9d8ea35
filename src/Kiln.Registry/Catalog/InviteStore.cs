using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

internal static class InviteStore
{
    private const string Invites = "SELECT * FROM scope_invites ";

    public static async Task<ScopeInvite?> FindAsync(Session session, string scope, Guid userId) =>
        await session.FindAsync<Row>(Invites + "WHERE scope = @scope AND target_user_id = @userId", new { scope, userId }) is { } row ? (await ToInvitesAsync(session, [row]))[0] : null;

    /// <summary>The oldest first.</summary>
    public static async Task<IReadOnlyList<ScopeInvite>> ListOfScopeAsync(Session session, string scope) => await ToInvitesAsync(
        session, await session.ListAsync<Row>(Invites + "WHERE scope = @scope ORDER BY created_at, target_user_id LIMIT 1000", new { scope }));

    public static async Task<IReadOnlyList<ScopeInvite>> ListOfUserAsync(Session session, Guid userId) => await ToInvitesAsync(
        session, await session.ListAsync<Row>(Invites + "WHERE target_user_id = @userId ORDER BY created_at, scope LIMIT 1000", new { userId }));

    public static Task InsertAsync(Session session, string scope, Guid target, Guid requesting) => session.ExecuteAsync(
        """
        INSERT INTO scope_invites (scope, target_user_id, requesting_user_id, created_at, updated_at) VALUES (@scope, @target, @requesting, @Now, @Now)
        """,
        new { scope, target, requesting, session.Now });

    public static Task<int> DeleteAsync(Session session, string scope, Guid target) =>
        session.ExecuteAsync("DELETE FROM scope_invites WHERE scope = @scope AND target_user_id = @target", new { scope, target });

    private static async Task<IReadOnlyList<ScopeInvite>> ToInvitesAsync(Session session, IReadOnlyList<Row> rows)
    {
        var users = await UserStore.ListPublicAsync(session, rows.SelectMany(r => new[] { r.TargetUserId, r.RequestingUserId }));
        return [.. rows.Select(r => new ScopeInvite(r.Scope, users[r.TargetUserId], users[r.RequestingUserId], r.UpdatedAt, r.CreatedAt))];
    }

    private sealed class Row
    {
        public string Scope { get; set; } = "";

        public Guid TargetUserId { get; set; }

        public Guid RequestingUserId { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }
    }
}
