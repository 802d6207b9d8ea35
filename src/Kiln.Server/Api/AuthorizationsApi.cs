using Kiln.Registry.Identity;
using Kiln.Server.Hosting;
using Kiln.Server.Hosting.RateLimiting;

namespace Kiln.Server.Api;

/// <summary>The flow by which a command line gets a token from a person at a browser (registry.md §3.4).</summary>
internal static class AuthorizationsApi
{
    private const int PollSeconds = 2;

    public static async Task<ApiReply> CreateAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        var result = await request.Service<AuthorizationService>().CreateAsync(
            body.TextOrNull("challenge"), body.ObjectOrNull<Permission[]>("permissions"), request.Aborted);
        return ApiReply.Of(result, created => new Wire.NewAuthorizationShape(
            new Uri(request.Service<ServerOptions>().PublicUrl, "auth").ToString(), created.Code, created.ExchangeToken, PollSeconds, created.ExpiresAt));
    }

    public static async Task<ApiReply> ExchangeAsync(ApiRequest request)
    {
        var body = await request.BodyAsync();
        return ApiReply.Of(await request.Service<AuthorizationService>().ExchangeAsync(body.TextOrNull("exchangeToken"), body.TextOrNull("verifier"), request.Aborted));
    }

    public static async Task<ApiReply> DetailsAsync(ApiRequest request)
    {
        var caller = request.Principal.User?.Id.ToString() ?? RateLimiter.AddressOf(request.Http);
        var result = await request.Service<AuthorizationService>().GetAsync(request.Route("code"), caller, request.Aborted);
        return ApiReply.Of(result, found => new Wire.AuthorizationShape(found.Code, found.Permissions, found.ExpiresAt));
    }

    public static async Task<ApiReply> ApproveAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<AuthorizationService>().ApproveAsync(request.Principal, request.Route("code"), request.Aborted));

    public static async Task<ApiReply> DenyAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<AuthorizationService>().DenyAsync(request.Principal, request.Route("code"), request.Aborted));
}
