using Kiln.Registry;
using Kiln.Registry.Publishing;
using Microsoft.AspNetCore.Http.Features;

namespace Kiln.Server.Api;

/// <summary>Uploads and their tasks (registry.md §5.1; security.md H6).</summary>
internal static class PublishingApi
{
    private const string RestartSeconds = "5";

    /// <summary>
    /// The body goes to the service as it comes: compressed, because the hash and the stored object are over the compressed bytes. The service counts; the limit
    /// of the request stands a little above it and only guards against a bug there.
    /// </summary>
    public static async Task<ApiReply> PublishAsync(ApiRequest request)
    {
        var http = request.Http;
        if (request.Service<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            http.Response.Headers.RetryAfter = RestartSeconds;
            return ApiReply.Refuse(ApiErrors.ServiceUnavailable, "The server is stopping and takes no uploads. Send the same one again in a moment.");
        }

        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
        {
            limit.MaxRequestBodySize = request.Service<RegistryOptions>().MaxTarballSize + (64 * 1024);
        }

        var upload = new PublishUpload(
            request.Route("scope"),
            request.Route("package"),
            request.Route("version"),
            request.Query("config"),
            http.Request.Headers.ContentEncoding is [{ } encoding] ? encoding : null,
            http.Request.ContentLength,
            http.Request.Body);
        try
        {
            return ApiReply.Of(await request.Service<PublishService>().SubmitAsync(request.Principal, upload, request.Aborted));
        }
        catch (Exception e) when (OutOfSpace.Caused(e))
        {
            // Half an upload is gone by now, and nothing was acknowledged.
            return ApiReply.Refuse(ApiErrors.InsufficientStorage, "The registry's disk is full. Its operators have to make room; then send the same upload again.");
        }
    }

    public static async Task<ApiReply> TaskAsync(ApiRequest request) => ApiReply.Of(await request.Service<PublishService>().GetTaskAsync(request.Id("id"), request.Aborted));

    public static async Task<ApiReply> ListAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<PublishService>().ListTasksAsync(request.Principal, request.Scope, request.Package, request.Aborted));

    public static async Task<ApiReply> CancelAsync(ApiRequest request) => ApiReply.Of(await request.Service<TaskService>().CancelAsync(request.Principal, request.Id("id"), request.Aborted));
}
