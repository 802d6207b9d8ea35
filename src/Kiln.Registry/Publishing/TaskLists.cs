using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

/// <summary>What people do with publishing tasks, as opposed to workers (<see cref="TaskStore"/>).</summary>
internal static class TaskLists
{
    public static readonly ListOrder Order = new(
        "t.created_at DESC, t.id",
        ("status", "t.status", false), ("user", "u.name", false), ("scope", "t.scope", false), ("name", "t.name", false), ("version", "t.version", false),
        ("updated_at", "t.updated_at", true), ("created_at", "t.created_at", true));

    public static async Task<Page<PublishingTask>> ListAsync(Session session, string query, string order, PageRequest page)
    {
        const string From = """
             FROM publishing_tasks t LEFT JOIN users u ON u.id = t.user_id
            WHERE @everything OR lower(t.scope) LIKE lower(@like) ESCAPE '\' OR lower(t.name) LIKE lower(@like) ESCAPE '\' OR lower(t.version) LIKE lower(@like) ESCAPE '\'
            """;
        var arguments = new { everything = query.Length == 0, like = LikeText.Contains(query), page.Size, page.Offset };
        return new Page<PublishingTask>(
            await ToTasksAsync(session, await session.ListAsync<TaskStore.Row>($"SELECT t.*{From} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments)),
            await session.CountAsync("SELECT COUNT(*)" + From, arguments));
    }

    /// <summary>Whoever holds the lease loses it. Tasks that are over are left alone.</summary>
    public static Task<int> RequeueAsync(Session session, Guid id) => session.ExecuteAsync(
        """
        UPDATE publishing_tasks
        SET status = CASE WHEN status = 'processing' THEN 'pending' ELSE status END, lease = NULL, lease_until = NULL, attempt = 0, run_after = @Now, updated_at = @Now
        WHERE id = @id AND status IN ('pending', 'processing', 'processed')
        """,
        new { id, session.Now });

    /// <summary>0: a worker has it, or it is over, or the version stands for its bytes already: a worker had begun to write and gave it back, and some may be public.</summary>
    public static Task<int> CancelAsync(Session session, Guid id, string code, string message) => session.ExecuteAsync(
        """
        UPDATE publishing_tasks SET status = 'failure', error_code = @code, error_message = @message, updated_at = @Now
        WHERE id = @id AND status = 'pending' AND lease IS NULL AND NOT EXISTS (SELECT 1 FROM version_claims c WHERE c.task_id = @id AND c.state = 'locked')
        """,
        new { id, code, message, session.Now });

    public static async Task<IReadOnlyList<PublishingTask>> ToTasksAsync(Session session, IReadOnlyList<TaskStore.Row> rows)
    {
        var users = await UserStore.ListPublicAsync(session, rows.Where(r => r.UserId is not null).Select(r => r.UserId!.Value));
        return
        [
            .. rows.Select(r => new PublishingTask(
                r.Id, Enum.Parse<PublishingStatus>(r.Status, ignoreCase: true), r.ErrorCode is null ? null : new PublishingTaskError(r.ErrorCode, r.ErrorMessage ?? ""),
                r.UserId is { } id ? users.GetValueOrDefault(id) : null, r.Scope, r.Name, r.Version, r.CreatedAt, r.UpdatedAt)),
        ];
    }
}
