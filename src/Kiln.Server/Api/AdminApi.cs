using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Support;

namespace Kiln.Server.Api;

/// <summary>What staff sees and does (registry.md §2.3, <c>admin/*</c>).</summary>
internal static class AdminApi
{
    public static async Task<ApiReply> UsersAsync(ApiRequest request) => ApiReply.Of(await Staff(request).ListUsersAsync(request.Principal, QueryOf(request), request.Aborted));

    /// <summary>Any of the three.</summary>
    public static async Task<ApiReply> UpdateUserAsync(ApiRequest request)
    {
        var id = request.Id("id");
        var body = await request.BodyAsync();
        return ApiReply.Of(await Staff(request).UpdateUserAsync(
            request.Principal, id, body.FlagOrNull("isStaff"), body.FlagOrNull("isBlocked"), body.NumberOrNull("scopeLimit"), request.Aborted));
    }

    public static async Task<ApiReply> ScopesAsync(ApiRequest request) =>
        ApiReply.Of(await Staff(request).ListScopesAsync(request.Principal, QueryOf(request), request.Aborted), page => Wire.Of(page, Wire.Of));

    public static async Task<ApiReply> AssignScopeAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        return ApiReply.Of(await Staff(request).AssignScopeAsync(request.Principal, body.Text("scope"), body.Id("userId"), request.Aborted), Wire.Of);
    }

    /// <summary>Any of the three.</summary>
    public static async Task<ApiReply> UpdateScopeAsync(ApiRequest request)
    {
        var scope = request.Scope;
        var body = await request.BodyAsync();
        var result = await Staff(request).SetLimitsAsync(
            request.Principal, scope, body.NumberOrNull("packageLimit"), body.NumberOrNull("newPackagePerWeekLimit"), body.NumberOrNull("publishAttemptsPerWeekLimit"), request.Aborted);
        return ApiReply.Of(result, Wire.Of);
    }

    public static async Task<ApiReply> PackagesAsync(ApiRequest request) =>
        ApiReply.Of(await Staff(request).ListPackagesAsync(request.Principal, QueryOf(request), request.Aborted), page => Wire.Of(page, Wire.Of));

    public static async Task<ApiReply> TasksAsync(ApiRequest request) => ApiReply.Of(await Staff(request).ListTasksAsync(request.Principal, QueryOf(request), request.Aborted));

    /// <summary>The reply is the JSON literal <c>null</c> (registry.md §11 no. 9).</summary>
    public static async Task<ApiReply> RequeueAsync(ApiRequest request) =>
        (await Staff(request).RequeueAsync(request.Principal, request.Id("id"), request.Aborted)).Error is { } error ? ApiReply.Refuse(error) : ApiReply.Ok<object?>(null);

    public static async Task<ApiReply> TicketsAsync(ApiRequest request) => ApiReply.Of(
        await request.Service<TicketService>().ListAllAsync(request.Principal, QueryOf(request), request.Aborted), page => Wire.Of(page, TicketWire.Of));

    public static async Task<ApiReply> UpdateTicketAsync(ApiRequest request)
    {
        var id = request.Id("id");
        var body = await request.BodyAsync();
        return ApiReply.Of(await request.Service<TicketService>().SetClosedAsync(request.Principal, id, body.Flag("closed"), request.Aborted), TicketWire.Of);
    }

    public static async Task<ApiReply> AuditLogAsync(ApiRequest request) =>
        ApiReply.Of(await Staff(request).ListAuditLogAsync(request.Principal, QueryOf(request), request.Query("sudoOnly") is not null, request.Aborted));

    private static StaffService Staff(ApiRequest request) => request.Service<StaffService>();

    private static ListQuery QueryOf(ApiRequest request) => new((request.Query("query") ?? "").Trim(), request.Query("sortBy"), request.Page());
}
