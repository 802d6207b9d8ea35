using System.Text.Json;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Telemetry;

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

        var isApi = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        bool isClosed;
        try
        {
            isClosed = await gate.IsClosedAsync(context.RequestAborted);
        }
        catch (DatabaseUnavailableException e) when (isApi && !context.RequestAborted.IsCancellationRequested)
        {
            RegistryMetrics.CountFailure(e);
            LogUnavailable(method, (e.InnerException ?? e).Message, Ray.Of(context));
            await RefuseAsync(context, ApiErrors.DatabaseUnavailable, "The database cannot be reached just now. Nothing was changed; try again.", "5");
            return;
        }

        if (!isClosed)
        {
            await next(context);
        }
        else if (isApi)
        {
            await RefuseAsync(context, ApiErrors.RegistryReadOnly, Message, "60");
        }
        else
        {
            Begin(context, "text/plain; charset=utf-8", "60");
            await context.Response.WriteAsync(Message, context.RequestAborted);
        }
    }

    private static async Task RefuseAsync(HttpContext context, string code, string message, string retryAfter)
    {
        Begin(context, "application/json", retryAfter);
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { code, message, ray = Ray.Of(context) }), context.RequestAborted);
    }

    private static void Begin(HttpContext context, string contentType, string retryAfter)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = contentType;
        response.Headers.RetryAfter = retryAfter;
        response.Headers.CacheControl = "no-store";
        response.Headers[Ray.Header] = Ray.Of(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: whether the registry may be changed cannot be asked: {Problem} (ray {Ray})")]
    private partial void LogUnavailable(string method, string problem, string ray);
}
