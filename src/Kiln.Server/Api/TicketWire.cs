using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kiln.Registry.Identity;
using Kiln.Registry.Support;

namespace Kiln.Server.Api;

/// <summary>The shapes of tickets (registry.md §2.2): kinds in snake case; events of two kinds.</summary>
internal static class TicketWire
{
    public static TicketShape Of(Ticket ticket) => new(
        ticket.Id, KindOf(ticket.Kind), ticket.Creator, ticket.Meta, ticket.Closed, ticket.Messages, ticket.UpdatedAt, ticket.CreatedAt);

    public static OverviewShape Of(TicketOverview ticket) => new(
        ticket.Id, KindOf(ticket.Kind), ticket.Creator, ticket.Meta, ticket.Closed,
        [
            .. ticket.Events.Select(e => e.Message is { } message
                ? new EventShape("message", new MessageShape(ticket.Id, message.Author.Id, message.Message, message.UpdatedAt, message.CreatedAt), null, e.User)
                : new EventShape("auditLog", null, new AuditShape(e.User.Id, e.Done!.IsSudo, e.Done.Action, e.Done.Meta, e.Done.CreatedAt), e.User)),
        ],
        ticket.UpdatedAt, ticket.CreatedAt);

    private static string KindOf(TicketKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    internal sealed record TicketShape(
        Guid Id, string Kind, User Creator, JsonObject Meta, bool Closed, IReadOnlyList<TicketMessage> Messages, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

    internal sealed record OverviewShape(
        Guid Id, string Kind, User Creator, JsonObject Meta, bool Closed, IReadOnlyList<EventShape> Events, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

    /// <param name="Kind"><c>message</c> or <c>auditLog</c>; only the member of that name is there.</param>
    internal sealed record EventShape(
        string Kind,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageShape? Message,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuditShape? AuditLog,
        User User);

    internal sealed record MessageShape(Guid TicketId, Guid Author, string Message, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

    internal sealed record AuditShape(Guid ActorId, bool IsSudo, string Action, JsonNode? Meta, DateTimeOffset CreatedAt);
}
