using Kiln.Registry;
using Kiln.Registry.Support;

namespace Kiln.Server.Api.Routes;

/// <summary>What users write to staff (registry.md §2.3).</summary>
internal static class TicketRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("POST", "tickets", RoutePolicy.User, TicketsApi.CreateAsync, "Ask the registry's staff for something.")
        {
            Body = BodyShape.Of(BodyMember.Text("kind"), new("meta", typeof(System.Text.Json.Nodes.JsonObject)), BodyMember.Text("message")),
            Replies = [typeof(TicketWire.TicketShape)],
            Errors = [ApiErrors.TicketMetaNotValid, ApiErrors.TicketMessageEmpty],
            Actions = ["create_ticket"],
        },
        new("GET", "tickets/{id}", RoutePolicy.CreatorOrStaff, TicketsApi.GetAsync, "A ticket: what was written, and what staff did.")
        {
            Replies = [typeof(TicketWire.OverviewShape)],
            Errors = [ApiErrors.TicketNotFound],
        },
        new("POST", "tickets/{id}", RoutePolicy.CreatorOrStaff, TicketsApi.ReplyAsync, "Write to a ticket.")
        {
            Body = BodyShape.Of(BodyMember.Text("message")),
            Replies = [typeof(TicketMessage)],
            Errors = [ApiErrors.TicketNotFound, ApiErrors.TicketMessageEmpty],
            Actions = ["add_ticket_message"],
        },
    ];
}
