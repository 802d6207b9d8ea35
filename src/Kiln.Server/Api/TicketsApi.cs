using Kiln.Registry.Support;

namespace Kiln.Server.Api;

/// <summary>Tickets of users (registry.md §2.3); what staff does with them is in <see cref="AdminApi"/>.</summary>
internal static class TicketsApi
{
    public static async Task<ApiReply> CreateAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        return ApiReply.Of(
            await Tickets(request).CreateAsync(request.Principal, body.Text("kind"), body.NodeOrNull("meta"), body.TextOrNull("message"), request.Aborted), TicketWire.Of);
    }

    public static async Task<ApiReply> GetAsync(ApiRequest request) => ApiReply.Of(await Tickets(request).GetAsync(request.Principal, request.Id("id"), request.Aborted), TicketWire.Of);

    public static async Task<ApiReply> ReplyAsync(ApiRequest request)
    {
        var id = request.Id("id");
        var body = await request.BodyAsync();
        return ApiReply.Of(await Tickets(request).ReplyAsync(request.Principal, id, body.TextOrNull("message"), request.Aborted));
    }

    public static async Task<ApiReply> OwnAsync(ApiRequest request) =>
        ApiReply.Of(await Tickets(request).ListOwnAsync(request.Principal, request.Aborted), list => Wire.List(list, TicketWire.Of));

    private static TicketService Tickets(ApiRequest request) => request.Service<TicketService>();
}
