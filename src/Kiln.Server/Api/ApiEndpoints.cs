using System.Globalization;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;
using Kiln.Server.Api.Routes;
using Kiln.Server.Gateway;
using Kiln.Server.Hosting;
using Kiln.Server.Hosting.RateLimiting;

namespace Kiln.Server.Api;

internal delegate Task<ApiReply> ApiHandler(ApiRequest request);

/// <summary>Turns handlers into endpoints. What all routes have in common stands here: headers, credential, refusals, unexpected failures.</summary>
internal static partial class ApiEndpoints
{
    public const string Prefix = "/api";

    private const string Methods = "HEAD, GET, POST, PUT, PATCH, DELETE";
    private const string AllowedHeaders = "Authorization, X-Cloud-Trace-Context, Content-Type";

    private const string NotForOthers = "private, no-store";

    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void Map(this IEndpointRouteBuilder routes, ApiRoute route) =>
        routes.MapMethods($"{Prefix}/{route.Template}", route.IsRead ? Reading : [route.Method], context => RunAsync(context, route)).WithMetadata(route);

    /// <summary>Everything else below <c>/api</c>: preflights, and the plain 404 of an address that does not exist.</summary>
    public static void MapUnknown(this IEndpointRouteBuilder routes) => routes.MapFallback($"{Prefix}/{{**rest}}", context =>
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            GatewayHeaders.Preflight(context.Response, Methods, AllowedHeaders);
            return Task.CompletedTask;
        }

        ApplyHeaders(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("404 - Not Found", context.RequestAborted);
    });

    /// <summary>What somebody in front of the routes refuses, in the shape of all refusals.</summary>
    public static Task RefuseAsync(HttpContext context, ApiError error)
    {
        ApplyHeaders(context);
        context.Response.Headers.CacheControl = NotForOthers;
        return ApiReply.Refuse(error).WriteAsync(context);
    }

    private static async Task RunAsync(HttpContext context, ApiRoute route)
    {
        ApplyHeaders(context);
        var authenticated = false;
        ApiReply reply;
        try
        {
            // 1. The address, before anything costs: also of those whose credential is no good.
            var limiter = context.RequestServices.GetRequiredService<RateLimiter>();
            if (limiter.RefuseAddress(route.Rate, context) is { } wait)
            {
                reply = TooManyRequests(context, wait);
            }
            else
            {
                // 2. Who it is, 3. how often it came, 4. what its credential is good for, 5. what it wants.
                var credential = await Credentials.ReadAsync(context);
                authenticated = credential.Error is not null || !credential.Value.IsAnonymous;
                reply = !credential.TryGet(out var principal, out var error) ? ApiReply.Refuse(error)
                    : RefuseCaller(limiter, route.Rate, principal) is { } seconds ? TooManyRequests(context, seconds)
                    : route.Policy.Check(principal) is { } refused ? ApiReply.Refuse(refused)
                    : await route.Handler(new ApiRequest(context, principal, route));
            }
        }
        catch (RefusedException e)
        {
            reply = ApiReply.Refuse(e.Error);
        }
        catch (BadHttpRequestException e)
        {
            // The body was cut off, came too slowly or was larger than the route allows.
            reply = e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiReply.Refuse(ApiErrors.TarballSizeLimitExceeded, "The request body is too large.")
                : ApiReply.Refuse(ApiErrors.MalformedRequest, "The request body could not be read.");
        }
        catch (DatabaseUnavailableException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            RegistryMetrics.CountFailure(e);
            LogUnavailable(Log(context), context.Request.Method, route.Template, (e.InnerException ?? e).Message, Ray.Of(context));
            reply = ApiReply.Refuse(ApiErrors.DatabaseUnavailable, e.OutcomeUnknown
                ? "The database was lost while it stored this change; look whether it did before you repeat. Sending the same package again is safe."
                : "The database cannot be reached just now. Nothing was changed; try again.");
        }
        catch (StoreUnavailableException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            RegistryMetrics.CountFailure(e);
            LogFailure(Log(context), e, context.Request.Method, route.Template, Ray.Of(context));
            reply = ApiReply.Refuse(ApiErrors.ServiceUnavailable, "The registry's storage cannot be reached at the moment; nothing was changed. Try again.");
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            RegistryMetrics.CountFailure(e);
            LogFailure(Log(context), e, context.Request.Method, route.Template, Ray.Of(context));
            reply = ApiReply.Refuse(ApiErrors.InternalServerError, "Something went wrong on the server; its log has the details under the x-deno-ray of this reply.");
        }
        catch (OperationCanceledException)
        {
            return; // nobody is listening any more
        }

        context.RequestServices.GetService<ContractWatch>()?.Check(route, reply);

        if (reply.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = reply.Status == StatusCodes.Status429TooManyRequests ? "60" : "5";
        }

        // What depends on who asks, or has changed something, is nobody else's (registry.md §1.11).
        var isPublicRead = !authenticated && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));
        if ((route.Cache.HeaderFor(reply.Status, authenticated) ?? (isPublicRead ? null : NotForOthers)) is { } header)
        {
            context.Response.Headers.CacheControl = header;
        }

        await reply.WriteAsync(context);
    }

    /// <summary>An account has one bucket for all of its tokens, and each token one of its own.</summary>
    private static int? RefuseCaller(RateLimiter limiter, RateClass rate, Principal principal)
    {
        if (principal.User is not { } user)
        {
            return null;
        }

        return limiter.Refuse(rate, $"user {user.Id}", RateLimits.PerAccount) ?? (principal.TokenId is { } token ? limiter.Refuse(rate, $"token {token}", 1) : null);
    }

    private static ApiReply TooManyRequests(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiReply.Refuse(ApiErrors.TooManyRequests, $"Too many requests. Try again in {seconds} s.");
    }

    private static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Kiln.Server.Api");

    /// <summary>registry.md §1.9, column "api". Credentials are never allowed across origins, so <c>*</c> opens nothing that needs one.</summary>
    private static void ApplyHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["x-deno-ray"] = Ray.Of(context);
        headers["X-JSR-Backend"] = "api";
        headers["X-Robots-Tag"] = "noindex";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "*";
        headers.Vary = "Cookie, Authorization, Origin";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route}: the database cannot be reached: {Problem}; ray {Ray}")]
    private static partial void LogUnavailable(ILogger logger, string method, string route, string problem, string ray);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed; ray {Ray}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string route, string ray);
}
