using System.Text.Json.Nodes;
using Kiln.Registry.Administration;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Support;

/// <summary>Field names and meaning: registry.md §2.2. The kind is written in snake case.</summary>
public sealed record Ticket(
    Guid Id, TicketKind Kind, User Creator, JsonObject Meta, bool Closed, IReadOnlyList<TicketMessage> Messages, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

public sealed record TicketMessage(User Author, string Message, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

/// <summary>A ticket with what was written and done, in order.</summary>
public sealed record TicketOverview(
    Guid Id, TicketKind Kind, User Creator, JsonObject Meta, bool Closed, IReadOnlyList<TicketEvent> Events, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

/// <summary>One of two: <paramref name="Message"/>, or <paramref name="Done"/> by staff.</summary>
public sealed record TicketEvent(User User, TicketMessage? Message, AuditEntry? Done, DateTimeOffset CreatedAt);
