using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Support;

internal static class TicketStore
{
    public static readonly ListOrder Order = new(
        "t.closed, t.created_at DESC, t.id",
        ("kind", "t.kind", false), ("creator", "u.name", false), ("closed", "t.closed", false), ("updated_at", "t.updated_at", true), ("created_at", "t.created_at", true));

    internal sealed class Row
    {
        public Guid Id { get; set; }

        public string Kind { get; set; } = "";

        public Guid Creator { get; set; }

        public string Meta { get; set; } = "{}";

        public bool Closed { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }
    }

    internal sealed class MessageRow
    {
        public Guid TicketId { get; set; }

        public Guid Author { get; set; }

        public string Message { get; set; } = "";

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }
    }

    public static Task<Row?> FindAsync(Session session, Guid id) => session.FindAsync<Row>("SELECT * FROM tickets WHERE id = @id", new { id });

    public static async Task<Ticket?> FindTicketAsync(Session session, Guid id) =>
        await FindAsync(session, id) is { } row ? (await ToTicketsAsync(session, [row]))[0] : null;

    /// <summary>Open ones first, then the newest; at most a thousand.</summary>
    public static async Task<IReadOnlyList<Ticket>> ListOfUserAsync(Session session, Guid userId) => await ToTicketsAsync(
        session, await session.ListAsync<Row>("SELECT * FROM tickets WHERE creator = @userId ORDER BY closed, created_at DESC, id LIMIT 1000", new { userId }));

    /// <param name="query">Part of the creator's name or of a message.</param>
    public static async Task<Page<Ticket>> ListAsync(Session session, string query, string order, PageRequest page)
    {
        const string From = """
             FROM tickets t JOIN users u ON u.id = t.creator
            WHERE lower(u.name) LIKE lower(@like) ESCAPE '\'
              OR EXISTS (SELECT 1 FROM ticket_messages m WHERE m.ticket_id = t.id AND lower(m.message) LIKE lower(@like) ESCAPE '\')
            """;
        var arguments = new { like = LikeText.Contains(query), page.Size, page.Offset };
        return new Page<Ticket>(
            await ToTicketsAsync(session, await session.ListAsync<Row>($"SELECT t.*{From} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments)),
            await session.CountAsync("SELECT COUNT(*)" + From, arguments));
    }

    public static Task<long> CountOpenAsync(Session session, Guid userId) =>
        session.CountAsync("SELECT COUNT(*) FROM tickets WHERE creator = @userId AND closed = FALSE", new { userId });

    public static Task<long> CountMessagesAsync(Session session, Guid id) => session.CountAsync("SELECT COUNT(*) FROM ticket_messages WHERE ticket_id = @id", new { id });

    public static Task<IReadOnlyList<MessageRow>> ListMessagesAsync(Session session, IEnumerable<Guid> tickets) => session.ListAsync<MessageRow>(
        "SELECT * FROM ticket_messages WHERE ticket_id IN @tickets ORDER BY created_at, id", new { tickets = tickets.Select(t => t.ToString("D")).ToArray() });

    public static Task InsertAsync(Session session, Guid id, TicketKind kind, Guid creator, JsonObject meta) => session.ExecuteAsync(
        "INSERT INTO tickets (id, kind, creator, meta, created_at, updated_at) VALUES (@id, @kind, @creator, @meta, @Now, @Now)",
        new { id, kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), creator, meta = meta.ToJsonString(), session.Now });

    public static async Task AddMessageAsync(Session session, Guid ticket, Guid author, string message)
    {
        await session.ExecuteAsync(
            "INSERT INTO ticket_messages (id, ticket_id, author, message, created_at, updated_at) VALUES (@id, @ticket, @author, @message, @Now, @Now)",
            new { id = Guid.NewGuid(), ticket, author, message, session.Now });
        await session.ExecuteAsync("UPDATE tickets SET updated_at = @Now WHERE id = @ticket", new { ticket, session.Now });
    }

    public static Task SetClosedAsync(Session session, Guid id, bool closed) =>
        session.ExecuteAsync("UPDATE tickets SET closed = @closed, updated_at = @Now WHERE id = @id", new { id, closed, session.Now });

    public static TicketKind KindOf(Row row) => Enum.Parse<TicketKind>(row.Kind.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static JsonObject MetaOf(Row row) => JsonNode.Parse(row.Meta)!.AsObject();

    private static async Task<IReadOnlyList<Ticket>> ToTicketsAsync(Session session, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var messages = await ListMessagesAsync(session, rows.Select(r => r.Id));
        var users = await UserStore.ListPublicAsync(session, rows.Select(r => r.Creator).Concat(messages.Select(m => m.Author)));
        var byTicket = messages.ToLookup(m => m.TicketId, m => new TicketMessage(users[m.Author], m.Message, m.UpdatedAt, m.CreatedAt));
        return [.. rows.Select(r => new Ticket(r.Id, KindOf(r), users[r.Creator], MetaOf(r), r.Closed, [.. byTicket[r.Id]], r.UpdatedAt, r.CreatedAt))];
    }
}
