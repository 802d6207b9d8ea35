using Kiln.Registry.Data;
using Kiln.Registry.Telemetry;
using Kiln.Server.Hosting;

namespace Kiln.Server.Web;

/// <summary>The last resort for pages: an unexpected failure is logged and answered without any detail (security.md H12). The API answers for itself.</summary>
internal sealed partial class SiteFailures(RequestDelegate next, ILogger<SiteFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e.StatusCode, "The request could not be read.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (DatabaseUnavailableException e) when (!context.Response.HasStarted)
        {
            RegistryMetrics.CountFailure(e);
            LogUnavailable(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, (e.InnerException ?? e).Message);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "The registry's database cannot be reached just now. Installing packages works; please come back in a moment.");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailure(logger, e, context.Request.Method, context.GetEndpoint()?.DisplayName);
            RegistryMetrics.CountFailure(e);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, $"Something went wrong on the server. Its log has the details under {Ray.Of(context)}.");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[Ray.Header] = Ray.Of(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route}: the database cannot be reached: {Problem}")]
    private static partial void LogUnavailable(ILogger logger, string method, string? route, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string? route);
}
