namespace Kiln.Server.Hosting;

/// <summary>What a process answers for addresses that belong to a role which it does not have: the proxy in front has sent the request to the wrong one.</summary>
internal static class RoleRoutes
{
    public static void MapMissing(this IEndpointRouteBuilder routes, ServerRoles roles)
    {
        if (!roles.HasFlag(ServerRoles.Api))
        {
            routes.MapFallback("/api/{**rest}", context => AnswerAsync(context, "the API", "api"));
        }

        if (!roles.HasFlag(ServerRoles.Gateway))
        {
            routes.MapFallback("/npm/{**rest}", context => AnswerAsync(context, "the npm registry", "gateway"));
        }

        if (!roles.HasFlag(ServerRoles.Web))
        {
            routes.MapFallback("/{**rest}", context => AnswerAsync(context, "the site", "web"));
        }
    }

    private static Task AnswerAsync(HttpContext context, string what, string role)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync($"404 - Not Found\nThis process is not {what}: it was started without the role '{role}'.\n", context.RequestAborted);
    }
}
