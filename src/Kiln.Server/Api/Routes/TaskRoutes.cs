using Kiln.Registry;
using Kiln.Registry.Publishing;

namespace Kiln.Server.Api.Routes;

/// <summary>Publishing tasks (registry.md §2.3). <c>publish_status</c> is the name that <c>deno publish</c> polls.</summary>
internal static class TaskRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "publishing_tasks/{id}", RoutePolicy.Public, PublishingApi.TaskAsync, "A publishing task.")
        {
            Cache = CachePolicy.NoStore,
            Replies = [typeof(PublishingTask)],
            Errors = [ApiErrors.PublishNotFound],
        },
        new("GET", "publish_status/{id}", RoutePolicy.Public, PublishingApi.TaskAsync, "A publishing task, under the address that Deno polls.")
        {
            Cache = CachePolicy.NoStore,
            Replies = [typeof(PublishingTask)],
            Errors = [ApiErrors.PublishNotFound],
        },
        new("POST", "publishing_tasks/{id}/cancel", RoutePolicy.Member, PublishingApi.CancelAsync, "Take back a publish that no worker has begun.")
        {
            Replies = [typeof(PublishingTask)],
            Errors = [ApiErrors.PublishNotFound, ApiErrors.TaskNotPending],
            Actions = ["cancel_publishing_task"],
            IsOurs = true,
        },
    ];
}
