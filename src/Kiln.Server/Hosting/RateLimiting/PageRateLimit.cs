namespace Kiln.Server.Hosting.RateLimiting;

/// <summary>Limits pages by address (registry.md §1.3). The API limits itself, by route; style sheets, scripts and health are not limited, and files have been answered before.</summary>
internal sealed class PageRateLimit(RequestDelegate next, RateLimiter limiter)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Api.ApiEndpoints.Prefix, StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal)
            || path.StartsWithSegments("/healthz", StringComparison.Ordinal) || limiter.RefuseAddress(RateClass.Page, context) is not { } seconds)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[Ray.Header] = Ray.Of(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("Too Many Requests", context.RequestAborted);
    }
}
