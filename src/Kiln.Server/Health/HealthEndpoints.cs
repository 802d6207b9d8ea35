using System.Text.Json.Nodes;
using Kiln.Registry;
using Kiln.Registry.Storage;
using Kiln.Server.Hosting;

namespace Kiln.Server.Health;

/// <summary>
/// <c>live</c>: the process answers. <c>ready</c>: it can do its work. For a process that serves files that is the store alone, because a load balancer must not take away reads for the
/// database's sake (security.md §3.1); <c>?api</c> and <c>?worker</c> ask for the database and the workers too. A process without files needs them in any case.
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
        var roles = services.GetRequiredService<ServerOptions>().Roles;
        var storage = await SucceedsAsync(async cancellation => await services.GetRequiredService<IObjectStore>().StatAsync(ObjectKey.Create(Bucket.Modules, "ready"), cancellation), context.RequestAborted);
        var closed = false;
        bool? data = services.GetRequiredService<ServerOptions>().UsesDatabase
            ? await SucceedsAsync(
                async cancellation =>
                {
                    await services.GetRequiredService<RegistryAdmin>().CheckAsync(cancellation);
                    closed = await services.GetRequiredService<ChangeGate>().IsClosedAsync(cancellation);
                },
                context.RequestAborted)
            : null;
        bool? worker = roles.HasFlag(ServerRoles.Worker) && services.GetService<WorkerHealth>() is { } health ? health.IsAlive : null;

        var servesFiles = roles.HasFlag(ServerRoles.Gateway);
        var query = context.Request.Query;
        var ready = storage
            && (data != false || (servesFiles && !query.ContainsKey("api") && !query.ContainsKey("worker")))
            && (worker != false || (servesFiles && !query.ContainsKey("worker")));
        var body = new JsonObject { ["status"] = ready ? "ready" : "unavailable", ["storage"] = storage };
        Add(body, "database", data);
        Add(body, "worker", worker);
        if (closed)
        {
            body["readOnly"] = true;
        }

        await AnswerAsync(context, ready, body.ToJsonString());
    }

    private static void Add(JsonObject body, string name, bool? value)
    {
        if (value is { } known)
        {
            body[name] = known;
        }
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

    private static Task AnswerAsync(HttpContext context, bool healthy, string body)
    {
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(body, context.RequestAborted);
    }
}
