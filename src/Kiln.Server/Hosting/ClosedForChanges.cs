using Kiln.Registry;
using Kiln.Server.Api;

namespace Kiln.Server.Hosting;

/// <summary>A registry that came out of a backup is read, and not changed before a check has passed (security.md §3.7).</summary>
internal sealed class ClosedForChanges(RequestDelegate next, ChangeGate gate)
{
    private const string Message = "This registry was restored from a backup and has not been checked yet. It can be read; changes are possible after its operator has run kiln fsck.";

    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || !await gate.IsClosedAsync(context.RequestAborted))
        {
            await next(context);
            return;
        }

        var response = context.Response;
        response.Headers.RetryAfter = "60";
        if (context.Request.Path.StartsWithSegments(ApiEndpoints.Prefix, StringComparison.Ordinal))
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
}
