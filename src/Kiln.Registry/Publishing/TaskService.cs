using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

/// <summary>What members of a scope may do with its publishing tasks.</summary>
public sealed class TaskService(Database database)
{
    /// <summary>The error of a task that was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>
    /// Kiln's own: takes back a publish of which nothing was written yet. The task ends as a failure, its version is free for other bytes, and the upload goes with the next sweep. Error
    /// <c>taskNotPending</c> when a worker has it or has begun to write: from then on it ends by itself.
    /// </summary>
    public Task<Result<PublishingTask>> CancelAsync(Principal principal, Guid id, CancellationToken cancellation) => database.WriteAsync<PublishingTask>(
        async session =>
        {
            if (await TaskStore.FindAsync(session, id) is not { } task)
            {
                return new ApiError(ApiErrors.PublishNotFound, "There is no such publishing task.");
            }

            if (await Access.RequireMemberAsync(session, principal, task.Scope) is { } refused)
            {
                return refused;
            }

            if (await TaskLists.CancelAsync(session, id, Cancelled, $"{principal.User!.Name} cancelled the publish before it began.") == 0)
            {
                return new ApiError(ApiErrors.TaskNotPending, "The publish has been begun or is over.");
            }

            await TaskStore.DropReservationAsync(session, id);
            await AuditLog.AppendAsync(session, principal, "cancel_publishing_task", new { scope = task.Scope, package = task.Name, version = task.Version, publishing_task_id = id });
            return await TaskStore.ToTaskAsync(session, (await TaskStore.FindAsync(session, id))!);
        },
        cancellation);
}
