using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Telemetry;
using Kiln.Server.Api;

namespace Kiln.Server.Hosting;

/// <summary>
/// A registry that came out of a backup is read, and not changed before a check has passed (security.md §3.7); nor is one whose database cannot be asked whether it did.
/// </summary>
internal sealed partial class ClosedForChanges(RequestDelegate next, ChangeGate gate, ILogger<ClosedForChanges> logger)
{
    private const string Message = "This registry was restored from a backup and has not been checked yet. It can be read; changes are possible after its operator has run kiln fsck.";

    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
        {
            await next(context);
            return;
        }

        var response = context.Response;
        var isApi = context.Request.Path.StartsWithSegments(ApiEndpoints.Prefix, StringComparison.Ordinal);
        bool isClosed;
        try
        {
            isClosed = await gate.IsClosedAsync(context.RequestAborted);
        }
        catch (DatabaseUnavailableException e) when (isApi && !context.RequestAborted.IsCancellationRequested)
        {
            RegistryMetrics.CountFailure(e);
            LogUnavailable(method, (e.InnerException ?? e).Message, Ray.Of(context));
            response.Headers.RetryAfter = "5";
            await ApiEndpoints.RefuseAsync(context, new ApiError(ApiErrors.DatabaseUnavailable, "The database cannot be reached just now. Nothing was changed; try again."));
            return;
        }

        if (!isClosed)
        {
            await next(context);
            return;
        }

        response.Headers.RetryAfter = "60";
        if (isApi)
        {
            await ApiEndpoints.RefuseAsync(context, new ApiError(ApiErrors.RegistryReadOnly, Message));
            return;
        }

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.CacheControl = "no-store";
        response.Headers[Ray.Header] = Ray.Of(context);
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(Message, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: whether the registry may be changed cannot be asked: {Problem}; ray {Ray}")]
    private partial void LogUnavailable(string method, string problem, string ray);
}
