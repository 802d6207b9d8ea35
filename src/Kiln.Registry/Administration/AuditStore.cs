using System.Text.Json.Nodes;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Administration;

/// <summary>Reads the audit log.</summary>
internal static class AuditStore
{
    public static readonly ListOrder Order = new("a.created_at DESC, a.id DESC", ("action", "a.action", false), ("user", "u.name", false), ("created_at", "a.created_at", true));

    /// <param name="query">Part of the action, of the actor's name or of the details.</param>
    public static async Task<Page<AuditEntry>> ListAsync(Session session, string query, bool sudoOnly, string order, PageRequest page)
    {
        const string From = """
             FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id
            WHERE (a.is_sudo = TRUE OR NOT @sudoOnly)
              AND (@everything OR lower(a.action) LIKE lower(@like) ESCAPE '\' OR lower(u.name) LIKE lower(@like) ESCAPE '\' OR lower(a.meta) LIKE lower(@like) ESCAPE '\')
            """;
        var arguments = new { sudoOnly, everything = query.Length == 0, like = LikeText.Contains(query), page.Size, page.Offset };
        return new Page<AuditEntry>(
            await ToEntriesAsync(session, await session.ListAsync<Row>($"SELECT a.*{From} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments)),
            await session.CountAsync("SELECT COUNT(*)" + From, arguments));
    }

    /// <summary>What was done to something, the oldest first: rows of this action whose details name its id.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ListAboutAsync(Session session, string action, Guid id) => await ToEntriesAsync(
        session,
        await session.ListAsync<Row>(
            @"SELECT * FROM audit_log WHERE action = @action AND meta LIKE @like ESCAPE '\' ORDER BY created_at, id LIMIT 1000", new { action, like = LikeText.Contains($"\"{id:D}\"") }));

    private static async Task<IReadOnlyList<AuditEntry>> ToEntriesAsync(Session session, IReadOnlyList<Row> rows)
    {
        var users = await UserStore.ListPublicAsync(session, rows.Where(r => r.ActorId is not null).Select(r => r.ActorId!.Value));
        return [.. rows.Select(r => new AuditEntry(r.ActorId is { } id ? users.GetValueOrDefault(id) : null, r.Action, r.IsSudo, JsonNode.Parse(r.Meta), r.CreatedAt))];
    }

    private sealed class Row
    {
        public Guid? ActorId { get; set; }

        public bool IsSudo { get; set; }

        public string Action { get; set; } = "";

        public string Meta { get; set; } = "{}";

        public DateTimeOffset CreatedAt { get; set; }
    }
}
