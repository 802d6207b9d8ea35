using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

/// <summary>Tasks and the claims that go with them. Every write of a worker names its lease: a worker that lost it changes nothing (security.md §3.4).</summary>
internal static class TaskStore
{
    internal sealed class Row
    {
        public Guid Id { get; set; }

        public string Status { get; set; } = "";

        public string? ErrorCode { get; set; }

        public string? ErrorMessage { get; set; }

        public Guid? UserId { get; set; }

        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string ConfigFile { get; set; } = "";

        public string TarballSha256 { get; set; } = "";

        public long TarballSize { get; set; }

        public string? Lease { get; set; }

        public int Attempt { get; set; }

        /// <summary>The W3C traceparent of the upload; null when it was not traced.</summary>
        public string? Trace { get; set; }

        public DateTimeOffset RunAfter { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public override string ToString() => $"task {Id}";
    }

    internal sealed class Claim
    {
        public string TarballSha256 { get; set; } = "";

        public string State { get; set; } = "";

        public bool IsLocked => State == "locked";
    }

    public static Task<Row?> FindAsync(Session session, Guid id) => session.FindAsync<Row>("SELECT * FROM publishing_tasks WHERE id = @id", new { id });

    /// <summary>Those of them that exist.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ListStatusAsync(Session session, IReadOnlyCollection<Guid> tasks)
    {
        var ids = tasks.Select(t => t.ToString("D")).ToArray();
        return ids.Length == 0
            ? new Dictionary<Guid, string>()
            : (await session.ListAsync<Row>("SELECT id, status FROM publishing_tasks WHERE id IN @ids", new { ids })).ToDictionary(t => t.Id, t => t.Status);
    }

    /// <summary>The one task of a version that is not a failure.</summary>
    public static Task<Row?> FindLiveAsync(Session session, string scope, string name, string version) => session.FindAsync<Row>(
        "SELECT * FROM publishing_tasks WHERE scope = @scope AND name = @name AND version = @version AND status <> 'failure'", new { scope, name, version });

    public static Task<IReadOnlyList<Row>> ListAsync(Session session, string scope, string name) => session.ListAsync<Row>(
        """
        SELECT t.* FROM publishing_tasks t JOIN packages p ON p.scope = t.scope AND p.name = t.name
        WHERE t.scope = @scope AND t.name = @name AND t.created_at >= p.created_at ORDER BY t.created_at DESC, t.id LIMIT 1000
        """,
        new { scope, name });

    public static async Task<PublishingTask> ToTaskAsync(Session session, Row row)
    {
        var user = row.UserId is { } id ? await UserStore.FindAsync(session, id) : null;
        return new PublishingTask(
            row.Id,
            Enum.Parse<PublishingStatus>(row.Status, ignoreCase: true),
            row.ErrorCode is null ? null : new PublishingTaskError(row.ErrorCode, row.ErrorMessage ?? ""),
            user?.ToPublic(),
            row.Scope,
            row.Name,
            row.Version,
            row.CreatedAt,
            row.UpdatedAt);
    }

    public static Task InsertAsync(Session session, Row row) => session.ExecuteAsync(
        """
        INSERT INTO publishing_tasks (id, status, user_id, scope, name, version, config_file, tarball_sha256, tarball_size, trace, run_after, created_at, updated_at)
        VALUES (@Id, 'pending', @UserId, @Scope, @Name, @Version, @ConfigFile, @TarballSha256, @TarballSize, @Trace, @RunAfter, @CreatedAt, @UpdatedAt)
        """,
        row);

    /// <summary>Takes the task that has waited longest and is nobody's, or null. The attempt counts from here, so that one whose worker dies counts.</summary>
    public static Task<Row?> LeaseAsync(Session session, string lease, DateTimeOffset until) => session.FindAsync<Row>(
        $"""
        UPDATE publishing_tasks
        SET status = CASE WHEN status = 'pending' THEN 'processing' ELSE status END, lease = @lease, lease_until = @until, attempt = attempt + 1, updated_at = @Now
        WHERE id = (
          SELECT id FROM publishing_tasks
          WHERE status IN ('pending', 'processing', 'processed') AND run_after <= @Now AND (lease_until IS NULL OR lease_until < @Now)
          ORDER BY run_after, created_at LIMIT 1 {session.Dialect.SkipLocked})
        RETURNING *
        """,
        new { lease, until, session.Now });

    /// <summary>0: the lease is lost.</summary>
    public static Task<int> ExtendAsync(Session session, Guid id, string lease, DateTimeOffset until) =>
        session.ExecuteAsync("UPDATE publishing_tasks SET lease_until = @until WHERE id = @id AND lease = @lease", new { id, lease, until });

    /// <summary>The fence before other writes of a worker's transaction. False: the lease is lost.</summary>
    public static async Task<bool> HoldsAsync(Session session, Guid id, string lease) =>
        await session.ExecuteAsync("UPDATE publishing_tasks SET updated_at = @Now WHERE id = @id AND lease = @lease", new { id, lease, session.Now }) == 1;

    public static Task<int> SetProcessedAsync(Session session, Guid id, string lease) => session.ExecuteAsync(
        "UPDATE publishing_tasks SET status = 'processed', updated_at = @Now WHERE id = @id AND lease = @lease AND status = 'processing'", new { id, lease, session.Now });

    public static Task<int> SetSuccessAsync(Session session, Guid id, string lease) => session.ExecuteAsync(
        "UPDATE publishing_tasks SET status = 'success', lease = NULL, lease_until = NULL, updated_at = @Now WHERE id = @id AND lease = @lease AND status = 'processed'",
        new { id, lease, session.Now });

    /// <summary>0: the lease is lost, or the version's rows are there: then the publish can only be shown.</summary>
    public static Task<int> SetFailureAsync(Session session, Guid id, string lease, string code, string message) => session.ExecuteAsync(
        """
        UPDATE publishing_tasks SET status = 'failure', error_code = @code, error_message = @message, lease = NULL, lease_until = NULL, updated_at = @Now
        WHERE id = @id AND lease = @lease AND status = 'processing'
        """,
        new { id, lease, code, message, session.Now });

    /// <summary>Gives a task back, to be taken again from <paramref name="runAfter"/> on, as if it had been attempted so often.</summary>
    public static Task<int> ReleaseAsync(Session session, Guid id, string lease, DateTimeOffset runAfter, int attempt) => session.ExecuteAsync(
        """
        UPDATE publishing_tasks
        SET status = CASE WHEN status = 'processing' THEN 'pending' ELSE status END, lease = NULL, lease_until = NULL, run_after = @runAfter, attempt = @attempt,
            updated_at = @Now
        WHERE id = @id AND lease = @lease
        """,
        new { id, lease, runAfter, attempt, session.Now });

    /// <summary>For the start of the only worker: whoever held a lease is dead.</summary>
    public static Task<int> ReleaseAllAsync(Session session) =>
        session.ExecuteAsync("UPDATE publishing_tasks SET lease = NULL, lease_until = NULL WHERE lease IS NOT NULL");

    public static Task<Claim?> FindClaimAsync(Session session, string scope, string name, string version) => session.FindAsync<Claim>(
        "SELECT tarball_sha256, state FROM version_claims WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });

    /// <summary>Reserves the version for the task. A locked claim stays locked; the caller has compared its hash.</summary>
    public static Task ClaimAsync(Session session, Row task) => session.ExecuteAsync(
        """
        INSERT INTO version_claims (scope, name, version, tarball_sha256, state, task_id, created_at, updated_at)
        VALUES (@Scope, @Name, @Version, @TarballSha256, 'reserved', @Id, @CreatedAt, @CreatedAt)
        ON CONFLICT (scope, name, version) DO UPDATE SET tarball_sha256 = @TarballSha256, task_id = @Id, updated_at = @CreatedAt
        """,
        task);

    /// <summary>From now on the version stands for these bytes, for ever.</summary>
    public static Task<int> LockClaimAsync(Session session, Row task) => session.ExecuteAsync(
        """
        UPDATE version_claims SET state = 'locked', updated_at = @Now
        WHERE scope = @Scope AND name = @Name AND version = @Version AND tarball_sha256 = @TarballSha256 AND task_id = @Id
        """,
        new { task.Scope, task.Name, task.Version, task.TarballSha256, task.Id, session.Now });

    public static Task<int> DropReservationAsync(Session session, Guid id) =>
        session.ExecuteAsync("DELETE FROM version_claims WHERE task_id = @id AND state = 'reserved'", new { id });

    public static Task<long> CountUnfailedAsync(Session session, string scope, string name) =>
        session.CountAsync("SELECT COUNT(*) FROM publishing_tasks WHERE scope = @scope AND name = @name AND status <> 'failure'", new { scope, name });

    /// <summary>Versions that stand for bytes for ever, whether they exist or not.</summary>
    public static Task<long> CountLockedAsync(Session session, string scope, string name) =>
        session.CountAsync("SELECT COUNT(*) FROM version_claims WHERE scope = @scope AND name = @name AND state = 'locked'", new { scope, name });

    /// <summary>Of all tasks of a version, failed ones too.</summary>
    public static Task<IReadOnlyList<Guid>> ListIdsAsync(Session session, string scope, string name, string version) =>
        session.ListAsync<Guid>("SELECT id FROM publishing_tasks WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });
}
