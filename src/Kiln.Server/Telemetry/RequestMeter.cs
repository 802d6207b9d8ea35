using System.Diagnostics;
using Kiln.Registry.Telemetry;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Telemetry;

/// <summary>Measures every request. In the pipeline only when somebody reads the measurements.</summary>
internal sealed class RequestMeter(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            RegistryMetrics.RecordRequest(ClassOf(context), context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>A few classes, not routes: a name that strangers choose must not become a label.</summary>
    private static string ClassOf(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/npm", StringComparison.Ordinal))
        {
            return path.EndsWith(".tgz", StringComparison.Ordinal) ? "npm-tarball" : "npm-document";
        }

        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            return context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is { IsRead: false } route ? (route.Template.Contains("/versions/", StringComparison.Ordinal) && route.Method == "POST" ? "publish" : "api-write") : "api-read";
        }

        if (path.StartsWith("/healthz/", StringComparison.Ordinal))
        {
            return "health";
        }

        // What the gateway answered has no endpoint.
        return path.StartsWith("/@", StringComparison.Ordinal) && context.GetEndpoint() is null ? (path.EndsWith("meta.json", StringComparison.Ordinal) ? "metadata" : "module") : "site";
    }
}
