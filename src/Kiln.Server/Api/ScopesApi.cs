using Kiln.Registry.Catalog;

namespace Kiln.Server.Api;

/// <summary>Scopes and their members (registry.md §2.3).</summary>
internal static class ScopesApi
{
    public static async Task<ApiReply> CreateAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        return ApiReply.Of(await Scopes(request).CreateAsync(request.Principal, body.Text("scope"), body.TextOrNull("description"), request.Aborted), Wire.Of);
    }

    public static async Task<ApiReply> GetAsync(ApiRequest request) =>
        ApiReply.Of(await Scopes(request).GetAsync(request.Principal, request.Scope, request.Aborted), scope => scope is FullScope full ? (object)Wire.Of(full) : Wire.Of(scope));

    /// <summary>Exactly one key; 404 comes before the question who asks.</summary>
    public static async Task<ApiReply> UpdateAsync(ApiRequest request)
    {
        var scope = request.Scope;
        var body = await request.BodyAsync();
        var key = body.OnlyKey();
        var result = key switch
        {
            "ghActionsVerifyActor" => await Scopes(request).SetVerifyOidcActorAsync(request.Principal, scope, body.Flag(key), request.Aborted),
            "requirePublishingFromCI" => await Scopes(request).SetRequirePublishingFromCiAsync(request.Principal, scope, body.Flag(key), request.Aborted),
            _ => await Scopes(request).SetDescriptionAsync(request.Principal, scope, body.TextOrNull(key), request.Aborted),
        };
        return ApiReply.Of(result, Wire.Of);
    }

    public static async Task<ApiReply> DeleteAsync(ApiRequest request) => ApiReply.Of(await Scopes(request).DeleteAsync(request.Principal, request.Scope, request.Aborted));

    public static async Task<ApiReply> MembersAsync(ApiRequest request) => ApiReply.Of(await Scopes(request).ListMembersAsync(request.Scope, request.Aborted));

    public static async Task<ApiReply> SetRoleAsync(ApiRequest request)
    {
        var (scope, user) = (request.Scope, request.Id("userId"));
        var body = await request.BodyAsync();
        return ApiReply.Of(await Scopes(request).SetRoleAsync(request.Principal, scope, user, body.Flag("isAdmin"), request.Aborted));
    }

    public static async Task<ApiReply> RemoveMemberAsync(ApiRequest request) =>
        ApiReply.Of(await Scopes(request).RemoveMemberAsync(request.Principal, request.Scope, request.Id("userId"), request.Aborted));

    private static ScopeService Scopes(ApiRequest request) => request.Service<ScopeService>();
}
