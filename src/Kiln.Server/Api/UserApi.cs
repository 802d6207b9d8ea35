using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Server.Api;

/// <summary>Users, the caller's own account, and tokens.</summary>
internal static class UserApi
{
    public static async Task<ApiReply> GetAsync(ApiRequest request) => ApiReply.Of(await request.Service<UserService>().GetAsync(request.Id("id"), request.Aborted));

    public static async Task<ApiReply> ScopesAsync(ApiRequest request) => ApiReply.Ok(Wire.List(await request.Service<UserService>().ListScopesAsync(request.Id("id"), request.Aborted), Wire.Of));

    public static async Task<ApiReply> PackagesAsync(ApiRequest request) =>
        ApiReply.Ok(Wire.List(await request.Service<PackageService>().ListOfUserAsync(request.Id("id"), request.Aborted), Wire.Of));

    public static async Task<ApiReply> SelfAsync(ApiRequest request) => ApiReply.Of(await request.Service<UserService>().GetSelfAsync(request.Principal, request.Aborted));

    public static async Task<ApiReply> OwnScopesAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<UserService>().ListOwnScopesAsync(request.Principal, request.Aborted), list => Wire.List(list, Wire.Of));

    public static async Task<ApiReply> MembershipAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<UserService>().GetOwnMembershipAsync(request.Principal, request.Scope, request.Aborted));

    public static async Task<ApiReply> TokensAsync(ApiRequest request) => ApiReply.Of(await request.Service<TokenService>().ListAsync(request.Principal, request.Aborted));

    public static async Task<ApiReply> CreateTokenAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        return ApiReply.Of(await request.Service<TokenService>().CreateAsync(
            request.Principal, body.Text("description"), body.TimeOrNull("expiresAt"), body.ObjectOrNull<Permission[]>("permissions"), request.Aborted));
    }

    public static async Task<ApiReply> DeleteTokenAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<TokenService>().DeleteAsync(request.Principal, request.Id("id"), request.Aborted));
}
