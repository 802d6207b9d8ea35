namespace Kiln.Server.Api.OpenApi;

internal static class OpenApiEndpoint
{
    /// <summary><c>GET .well-known/openapi</c>.</summary>
    public static async Task<ApiReply> GetAsync(ApiRequest request) => ApiReply.Bytes(await request.Service<OpenApiText>().GetAsync(), "application/x-yaml");
}
