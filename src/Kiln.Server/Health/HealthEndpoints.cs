using Kiln.Registry;
using Kiln.Registry.Storage;
using Kiln.Server.Hosting;

namespace Kiln.Server.Health;

/// <summary>
/// <c>live</c>: the process answers. <c>ready</c>: storage is reachable, which is all that installs need; the database is reported besides, and only
/// <c>/healthz/ready?api</c> fails with it, because a load balancer must not take away reads for its sake (security.md §3.1).
/// </summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/healthz/live", Methods, context => AnswerAsync(context, true, "{\"status\":\"live\"}"));
        routes.MapMethods("/healthz/ready", Methods, ReadyAsync);
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var storage = await SucceedsAsync(async cancellation => await services.GetRequiredService<IObjectStore>().StatAsync(ObjectKey.Create(Bucket.Modules, "ready"), cancellation), context.RequestAborted);
        bool? data = services.GetRequiredService<ServerOptions>().UsesDatabase
            ? await SucceedsAsync(cancellation => services.GetRequiredService<RegistryAdmin>().CheckAsync(cancellation), context.RequestAborted)
            : null;
        var ready = storage && (data == true || !context.Request.Query.ContainsKey("api"));
        await AnswerAsync(context, ready, $$"""{"status":"{{(ready ? "ready" : "unavailable")}}","storage":{{Json(storage)}},"database":{{Json(data)}}}""");
    }

    private static async Task<bool> SucceedsAsync(Func<CancellationToken, Task> check, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await check(limit.Token);
            return true;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Whatever the reason is, the answer is "not now"; the part concerned logs its own failures.
            return false;
        }
    }

    private static string Json(bool? value) => value switch { true => "true", false => "false", null => "null" };

    private static Task AnswerAsync(HttpContext context, bool healthy, string body)
    {
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(body, context.RequestAborted);
    }
}
