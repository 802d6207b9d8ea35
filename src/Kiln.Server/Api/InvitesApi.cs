using Kiln.Registry.Catalog;

namespace Kiln.Server.Api;

/// <summary>Invitations to scopes (registry.md §2.3).</summary>
internal static class InvitesApi
{
    /// <summary>By <c>id</c>, or by <c>login</c>, which is Kiln's own.</summary>
    public static async Task<ApiReply> InviteAsync(ApiRequest request)
    {
        var scope = request.Scope;
        var body = await request.BodyAsync();
        return ApiReply.Of(await (body.OnlyKey() switch
        {
            "id" => Invites(request).InviteAsync(request.Principal, scope, body.Id("id"), request.Aborted),
            "login" => Invites(request).InviteByLoginAsync(request.Principal, scope, body.Text("login"), request.Aborted),
            _ => Invites(request).InviteByProviderNameAsync(request.Principal, scope, request.Aborted),
        }));
    }

    public static async Task<ApiReply> ListAsync(ApiRequest request) => ApiReply.Of(await Invites(request).ListOfScopeAsync(request.Principal, request.Scope, request.Aborted));

    public static async Task<ApiReply> RevokeAsync(ApiRequest request) =>
        ApiReply.Of(await Invites(request).RevokeAsync(request.Principal, request.Scope, request.Id("userId"), request.Aborted));

    public static async Task<ApiReply> OwnAsync(ApiRequest request) => ApiReply.Of(await Invites(request).ListOwnAsync(request.Principal, request.Aborted));

    public static async Task<ApiReply> AcceptAsync(ApiRequest request) => ApiReply.Of(await Invites(request).AcceptAsync(request.Principal, request.Scope, request.Aborted));

    public static async Task<ApiReply> DeclineAsync(ApiRequest request) => ApiReply.Of(await Invites(request).DeclineAsync(request.Principal, request.Scope, request.Aborted));

    private static InviteService Invites(ApiRequest request) => request.Service<InviteService>();
}
