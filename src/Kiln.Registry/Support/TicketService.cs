using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Support;

/// <summary>
/// What users ask of the registry's staff (registry.md §2.3). A ticket exists only for its creator and for staff. Mails about it, once mails exist, are jobs that <see cref="CreateAsync"/> and
/// <see cref="ReplyAsync"/> write in their transactions (ADR 14).
/// </summary>
public sealed class TicketService(Database database)
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxMessage = 20_000;

    public const int MaxMeta = 16 * 1024;

    /// <summary>Of one user.</summary>
    public const int MaxOpen = 20;

    /// <summary>In one ticket, by whomever: each reply of the API has them all.</summary>
    public const int MaxMessages = 100;

    /// <param name="meta">Anything, as long as it is an object.</param>
    public async Task<Result<Ticket>> CreateAsync(Principal principal, string? kind, JsonNode? meta, string? message, CancellationToken cancellation)
    {
        if (Access.RequireUser(principal) is { } refused)
        {
            return refused;
        }

        if (!TryParseKind(kind, out var known))
        {
            return new ApiError(ApiErrors.MalformedRequest, $"'kind' must be one of {string.Join(", ", Enum.GetNames<TicketKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
        }

        if (meta is not JsonObject details)
        {
            return new ApiError(ApiErrors.TicketMetaNotValid, "'meta' must be an object.");
        }

        if (Problem(message) is { } problem)
        {
            return problem;
        }

        if (details.ToJsonString().Length > MaxMeta)
        {
            return new ApiError(ApiErrors.MalformedRequest, $"'meta' must have at most {MaxMeta} characters.");
        }

        return await database.WriteAsync<Ticket>(
            async session =>
            {
                if (await TicketStore.CountOpenAsync(session, principal.User!.Id) >= MaxOpen)
                {
                    return new ApiError(ApiErrors.MalformedRequest, $"You have {MaxOpen} open tickets. Write to one of them, or wait until one is closed.");
                }

                var id = Guid.NewGuid();
                await TicketStore.InsertAsync(session, id, known, principal.User.Id, details);
                await TicketStore.AddMessageAsync(session, id, principal.User.Id, message!);
                await AuditLog.AppendAsync(session, principal, "create_ticket", new { ticket_id = id, kind });
                return (await TicketStore.FindTicketAsync(session, id))!;
            },
            cancellation);
    }

    public Task<Result<TicketOverview>> GetAsync(Principal principal, Guid id, CancellationToken cancellation) => database.SnapshotAsync<Result<TicketOverview>>(
        async session =>
        {
            if (Access.RequireUser(principal) is { } refused)
            {
                return refused;
            }

            if (await FindVisibleAsync(session, principal, id) is not { } row)
            {
                return NotFound;
            }

            var messages = await TicketStore.ListMessagesAsync(session, [id]);
            var done = await AuditStore.ListAboutAsync(session, "update_ticket_status", id);
            var users = await UserStore.ListPublicAsync(session, [row.Creator, .. messages.Select(m => m.Author)]);
            return new TicketOverview(
                row.Id, TicketStore.KindOf(row), users[row.Creator], TicketStore.MetaOf(row), row.Closed,
                [
                    .. messages.Select(m => new TicketEvent(users[m.Author], new TicketMessage(users[m.Author], m.Message, m.UpdatedAt, m.CreatedAt), null, m.CreatedAt))
                        .Concat(done.Where(e => e.Actor is not null).Select(e => new TicketEvent(e.Actor!, null, e, e.CreatedAt))).OrderBy(e => e.CreatedAt),
                ],
                row.UpdatedAt, row.CreatedAt);
        },
        cancellation);

    public async Task<Result<TicketMessage>> ReplyAsync(Principal principal, Guid id, string? message, CancellationToken cancellation) =>
        Access.RequireUser(principal) ?? await database.WriteAsync<TicketMessage>(
            async session =>
            {
                if (await FindVisibleAsync(session, principal, id) is null)
                {
                    return NotFound;
                }

                if (Problem(message) is { } problem)
                {
                    return problem;
                }

                if (await TicketStore.CountMessagesAsync(session, id) >= MaxMessages)
                {
                    return new ApiError(ApiErrors.MalformedRequest, $"The ticket has {MaxMessages} messages, which is as many as there can be. Go on in a new one.");
                }

                await TicketStore.AddMessageAsync(session, id, principal.User!.Id, message!);
                await AuditLog.AppendAsync(session, principal, "add_ticket_message", new { ticket_id = id });
                return new TicketMessage(principal.User.ToPublic(), message!, session.Now, session.Now);
            },
            cancellation);

    public async Task<Result<IReadOnlyList<Ticket>>> ListOwnAsync(Principal principal, CancellationToken cancellation) =>
        Access.RequireUser(principal) ?? new Result<IReadOnlyList<Ticket>>(await database.ReadAsync(s => TicketStore.ListOfUserAsync(s, principal.User!.Id), cancellation));

    /// <summary>For staff.</summary>
    public async Task<Result<Page<Ticket>>> ListAllAsync(Principal principal, ListQuery query, CancellationToken cancellation) =>
        Access.RequireStaff(principal) ?? query.Problem()
        ?? new Result<Page<Ticket>>(await database.SnapshotAsync(s => TicketStore.ListAsync(s, query.Text, TicketStore.Order.Sql(query.SortBy), query.Page), cancellation));

    /// <summary>For staff: closes a ticket, or opens it again.</summary>
    public async Task<Result<Ticket>> SetClosedAsync(Principal principal, Guid id, bool closed, CancellationToken cancellation) =>
        Access.RequireStaff(principal) ?? await database.WriteAsync<Ticket>(
            async session =>
            {
                if (await TicketStore.FindAsync(session, id) is null)
                {
                    return NotFound;
                }

                await TicketStore.SetClosedAsync(session, id, closed);
                await AuditLog.AppendAsync(session, principal, "update_ticket_status", new { ticket_id = id, closed });
                return (await TicketStore.FindTicketAsync(session, id))!;
            },
            cancellation);

    private static ApiError NotFound => new(ApiErrors.TicketNotFound, "There is no such ticket.");

    private static ApiError? Problem(string? message) => message switch
    {
        _ when string.IsNullOrWhiteSpace(message) => new ApiError(ApiErrors.TicketMessageEmpty, "'message' must have a text."),
        { Length: > MaxMessage } => new ApiError(ApiErrors.MalformedRequest, $"'message' must have at most {MaxMessage} characters."),
        _ when message.Contains('\0', StringComparison.Ordinal) => new ApiError(ApiErrors.MalformedRequest, "'message' must not have the character U+0000."),
        _ => null,
    };

    private static bool TryParseKind(string? text, out TicketKind kind)
    {
        kind = Enum.GetValues<TicketKind>().FirstOrDefault(k => JsonNamingPolicy.SnakeCaseLower.ConvertName(k.ToString()) == text, (TicketKind)(-1));
        return Enum.IsDefined(kind);
    }

    private static async Task<TicketStore.Row?> FindVisibleAsync(Session session, Principal principal, Guid id) =>
        await TicketStore.FindAsync(session, id) is { } row && (row.Creator == principal.User!.Id || principal.User.IsStaff) ? row : null;
}
