using Kiln.Registry.Data;

namespace Kiln.Registry.Jobs;

/// <summary>Jobs and their leases, as tasks have them (security.md §3.4): every write of a worker names its lease, and a worker that lost it changes nothing.</summary>
internal static class JobStore
{
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(30);

    /// <summary>Behind an INSERT of a job with its <c>@priority</c>: what that means for one that is there.</summary>
    public const string AskAgain =
        """
        ON CONFLICT (kind, subject) DO UPDATE SET
          status = CASE WHEN jobs.status = 'running' THEN 'running' ELSE 'waiting' END,
          attempt = CASE WHEN jobs.status = 'failed' THEN 0 ELSE jobs.attempt END,
          run_after = CASE WHEN jobs.status = 'failed' THEN @Now ELSE jobs.run_after END,
          priority = CASE WHEN jobs.priority < @priority THEN jobs.priority ELSE @priority END,
          requests = jobs.requests + 1, error = NULL, updated_at = @Now
        """;

    /// <summary>In the transaction of the change that asks for it. A job that waits is asked once more; one that runs starts over when it ends; one that failed gets another chance.</summary>
    public static Task AddAsync(Session session, string kind, string subject, JobPriority priority = JobPriority.Change) => session.ExecuteAsync(
        $"INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at) VALUES (@kind, @subject, 'waiting', @priority, @Now, @Now, @Now) {AskAgain}",
        new { kind, subject, priority = (int)priority, session.Now });

    public static Task<Job?> FindAsync(Session session, string kind, string subject) =>
        session.FindAsync<Job>("SELECT * FROM jobs WHERE kind = @kind AND subject = @subject", new { kind, subject });

    /// <summary>
    /// Takes the most urgent job of these kinds that is nobody's, or null. The attempt counts from here, so that one whose process dies counts. Jobs give way to publishes that wait or
    /// run, which somebody looks at, but not for longer than <see cref="Courtesy"/>.
    /// </summary>
    public static Task<Job?> LeaseAsync(Session session, IReadOnlyCollection<string> kinds, string lease, DateTimeOffset until) => session.FindAsync<Job>(
        $"""
        UPDATE jobs SET status = 'running', lease = @lease, lease_until = @until, attempt = attempt + 1, updated_at = @Now
        WHERE (kind, subject) = (
          SELECT kind, subject FROM jobs
          WHERE status <> 'failed' AND kind IN @kinds AND run_after <= @Now AND (lease_until IS NULL OR lease_until < @Now)
            AND (run_after <= @impatient
              OR NOT EXISTS (SELECT 1 FROM publishing_tasks t WHERE t.status IN ('pending', 'processing', 'processed') AND t.run_after <= @Now))
          ORDER BY priority, run_after, created_at LIMIT 1 {session.Dialect.SkipLocked})
        RETURNING *
        """,
        new { kinds, lease, until, impatient = session.Now - Courtesy, session.Now });

    /// <summary>0: the lease is lost.</summary>
    public static Task<int> ExtendAsync(Session session, Job job, DateTimeOffset until) => session.ExecuteAsync(
        "UPDATE jobs SET lease_until = @until WHERE kind = @Kind AND subject = @Subject AND lease = @Lease", new { job.Kind, job.Subject, job.Lease, until });

    /// <summary>The fence before the writes of a worker's transaction. False: the lease is lost.</summary>
    public static async Task<bool> HoldsAsync(Session session, Job job) => await session.ExecuteAsync(
        "UPDATE jobs SET updated_at = @Now WHERE kind = @Kind AND subject = @Subject AND lease = @Lease", new { job.Kind, job.Subject, job.Lease, session.Now }) == 1;

    /// <summary>The same as an exception.</summary>
    /// <exception cref="LeaseLostException"/>
    public static async Task RequireAsync(Session session, Job job)
    {
        if (!await HoldsAsync(session, job))
        {
            throw new LeaseLostException(job.ToString());
        }
    }

    /// <summary>The job is over and goes, unless it was asked for again meanwhile.</summary>
    public static async Task FinishAsync(Session session, Job job)
    {
        if (await session.ExecuteAsync(
            "DELETE FROM jobs WHERE kind = @Kind AND subject = @Subject AND lease = @Lease AND requests = @Requests", new { job.Kind, job.Subject, job.Lease, job.Requests }) == 0)
        {
            await StartOverAsync(session, job);
        }
    }

    /// <summary>The job has failed for good, unless it was asked for again meanwhile.</summary>
    public static async Task FailAsync(Session session, Job job, int revision, string error)
    {
        var failed = await session.ExecuteAsync(
            """
            UPDATE jobs SET status = 'failed', error = @error, revision = @revision, lease = NULL, lease_until = NULL, updated_at = @Now
            WHERE kind = @Kind AND subject = @Subject AND lease = @Lease AND requests = @Requests
            """,
            new { job.Kind, job.Subject, job.Lease, job.Requests, revision, error, session.Now });
        if (failed == 0)
        {
            await StartOverAsync(session, job);
        }
    }

    /// <summary>Gives a job back, to be taken again from <paramref name="runAfter"/> on.</summary>
    /// <param name="attempts">How many are counted so far: an attempt that was stopped and did not fail is not.</param>
    public static Task<int> ReleaseAsync(Session session, Job job, DateTimeOffset runAfter, int attempts) => session.ExecuteAsync(
        """
        UPDATE jobs SET status = 'waiting', lease = NULL, lease_until = NULL, attempt = @attempts, run_after = @runAfter, updated_at = @Now
        WHERE kind = @Kind AND subject = @Subject AND lease = @Lease
        """,
        new { job.Kind, job.Subject, job.Lease, runAfter, attempts, session.Now });

    /// <summary>
    /// For the start of the only worker: whoever held a lease is dead. Attempts stay counted. One death may have any reason and costs no time; from the second on the job itself is under
    /// suspicion, and waits, so that it does not kill the server each time it comes up.
    /// </summary>
    public static Task<int> ReleaseAllAsync(Session session, TimeSpan delay) => session.ExecuteAsync(
        """
        UPDATE jobs SET status = 'waiting', lease = NULL, lease_until = NULL,
          run_after = CASE WHEN attempt > 1 THEN @Now + @delay * (1 << (CASE WHEN attempt > 10 THEN 10 ELSE attempt END - 1)) ELSE run_after END
        WHERE status = 'running'
        """,
        new { session.Now, delay = (long)delay.TotalMicroseconds });

    /// <summary>Another chance for what an older program failed at.</summary>
    public static Task<int> ReviveAsync(Session session, string kind, int revision) => session.ExecuteAsync(
        """
        UPDATE jobs SET status = 'waiting', attempt = 0, error = NULL, priority = @priority, run_after = @Now, updated_at = @Now
        WHERE kind = @kind AND status = 'failed' AND revision < @revision
        """,
        new { kind, revision, priority = (int)JobPriority.Backfill, session.Now });

    private static Task<int> StartOverAsync(Session session, Job job) => ReleaseAsync(session, job, session.Now, attempts: 0);
}
