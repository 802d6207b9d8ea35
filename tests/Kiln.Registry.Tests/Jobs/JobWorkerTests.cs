using Kiln.Registry.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiln.Registry.Jobs;

/// <summary>Leases, attempts and ends of jobs; what security.md §3.4 asks of tasks is asked of jobs too.</summary>
public sealed class JobWorkerTests
{
    private readonly FakeHandler handler = new();

    [Fact]
    public async Task What_is_done_goes()
    {
        await using var registry = await StartAsync();
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Equal(["one"], handler.Seen);
        Assert.Equal(0, await registry.CountAsync("jobs"));
    }

    [Fact]
    public async Task What_cannot_be_done_stays_with_its_reason_and_is_not_tried_again()
    {
        await using var registry = await StartAsync();
        handler.Work = (_, _) => Task.FromResult<string?>("It is too large.");
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        registry.Clock.Advance(TimeSpan.FromDays(10));
        await DrainAsync(registry);
        Assert.Single(handler.Seen);
        var job = await FindAsync(registry, "one");
        Assert.Equal(("failed", "It is too large."), (job!.Status, job.Error));
    }

    [Fact]
    public async Task An_attempt_that_fails_is_repeated_later_and_later_and_not_for_ever()
    {
        await using var registry = await StartAsync();
        handler.Work = (_, _) => throw new IOException("disk");
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Single(handler.Seen);
        var waits = new List<TimeSpan>();
        for (var attempt = 2; attempt <= registry.Options.JobMaxAttempts; attempt++)
        {
            var wait = (await FindAsync(registry, "one"))!.RunAfter - registry.Clock.GetUtcNow();
            waits.Add(wait);
            registry.Clock.Advance(wait - TimeSpan.FromMilliseconds(1));
            await DrainAsync(registry);
            Assert.Equal(attempt - 1, handler.Seen.Count);
            registry.Clock.Advance(TimeSpan.FromMilliseconds(2));
            await DrainAsync(registry);
            Assert.Equal(attempt, handler.Seen.Count);
        }

        Assert.True(waits[1] > waits[0] && waits[2] > waits[1], string.Join(", ", waits));
        registry.Clock.Advance(TimeSpan.FromDays(1));
        await DrainAsync(registry);
        Assert.Equal(registry.Options.JobMaxAttempts, handler.Seen.Count);
        var job = await FindAsync(registry, "one");
        Assert.Equal("failed", job!.Status);
        Assert.DoesNotContain("disk", job.Error, StringComparison.Ordinal); // Details of the machine are for its log.
    }

    [Fact]
    public async Task An_input_that_kills_the_process_each_time_is_given_up()
    {
        await using var registry = await StartAsync();
        await AddAsync(registry, "bomb");
        for (var life = 0; life < registry.Options.JobMaxAttempts; life++)
        {
            // The lease and then nothing more, as when the process dies at its work.
            Assert.NotNull(await registry.Database.ChangeAsync(s => JobStore.LeaseAsync(s, ["fake"], Guid.NewGuid().ToString(), s.Now + registry.Options.Lease), default));
            await Worker(registry).PrepareAsync(default);
            if (life > 0)
            {
                // From the second death on it waits, longer and longer, so that the server lives in between.
                await DrainAsync(registry);
                Assert.Empty(handler.Seen);
            }

            // Where other workers may live, the dead one's lease has to end as well.
            registry.Clock.Advance((registry.Options.RetryDelay * Math.Pow(2, life)) + registry.Options.Lease + TimeSpan.FromSeconds(1));
        }

        await DrainAsync(registry);
        Assert.Empty(handler.Seen);
        Assert.Equal("failed", (await FindAsync(registry, "bomb"))!.Status);
    }

    [Fact]
    public async Task A_job_has_one_worker_until_its_lease_ends()
    {
        await using var registry = await StartAsync();
        TaskCompletionSource asleep = new(), wake = new();
        var first = new FakeHandler
        {
            Work = async (job, _) =>
            {
                asleep.SetResult();
                await wake.Task;
                return "the zombie's verdict";
            },
        };
        await AddAsync(registry, "one");
        var zombie = Task.Run(() => Worker(registry, first).DrainAsync(default));
        await asleep.Task;
        await DrainAsync(registry);
        Assert.Empty(handler.Seen);

        registry.Clock.Advance(registry.Options.Lease + TimeSpan.FromSeconds(1));
        await DrainAsync(registry);
        Assert.Single(handler.Seen);
        wake.SetResult();
        await zombie;
        Assert.Equal(0, await registry.CountAsync("jobs"));
    }

    [Fact]
    public async Task What_is_asked_for_during_the_work_is_done_once_more()
    {
        await using var registry = await StartAsync();
        var once = true;
        handler.Work = async (_, _) =>
        {
            if (once)
            {
                once = false;
                await AddAsync(registry, "one");
                await AddAsync(registry, "one");
                return "a verdict on what has changed since";
            }

            return null;
        };
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Equal(2, handler.Seen.Count);
        Assert.Equal(0, await registry.CountAsync("jobs"));
    }

    [Fact]
    public async Task Asking_twice_before_the_work_is_one_job()
    {
        await using var registry = await StartAsync();
        await AddAsync(registry, "one");
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task What_has_failed_gets_another_chance_by_a_change_or_by_a_newer_program()
    {
        await using var registry = await StartAsync();
        handler.Work = (_, _) => Task.FromResult<string?>("no");
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Equal(2, handler.Seen.Count);

        await Worker(registry).PrepareAsync(default);
        await DrainAsync(registry);
        Assert.Equal(2, handler.Seen.Count);

        handler.Revision = 2;
        handler.Work = (_, _) => Task.FromResult<string?>(null);
        await Worker(registry).PrepareAsync(default);
        await DrainAsync(registry);
        Assert.Equal(3, handler.Seen.Count);
        Assert.Equal(0, await registry.CountAsync("jobs"));
    }

    [Fact]
    public async Task Changes_go_before_what_is_made_up_for()
    {
        await using var registry = await StartAsync();
        await AddAsync(registry, "old", JobPriority.Backfill);
        registry.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(registry, "new");
        await AddAsync(registry, "newer");
        await DrainAsync(registry);
        Assert.Equal(["new", "newer", "old"], handler.Seen);
    }

    [Fact]
    public async Task Jobs_give_way_to_publishes_for_a_while()
    {
        await using var registry = await StartAsync();
        await registry.Database.ChangeAsync(
            s => s.ExecuteAsync(
                """
                INSERT INTO publishing_tasks (id, status, scope, name, version, config_file, tarball_sha256, tarball_size, run_after, created_at, updated_at)
                VALUES ('x', 'processing', 's', 'p', '1.0.0', '', '', 0, @Now, @Now, @Now)
                """,
                new { s.Now }),
            default);
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        Assert.Empty(handler.Seen);
        registry.Clock.Advance(TimeSpan.FromSeconds(31));
        await DrainAsync(registry);
        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_stopped_and_counts()
    {
        await using var registry = await StartAsync(o => o with { JobTimeout = TimeSpan.FromMilliseconds(20) });
        handler.Work = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        await AddAsync(registry, "one");
        await DrainAsync(registry);
        var job = await FindAsync(registry, "one");
        Assert.Equal(("waiting", 1), (job!.Status, job.Attempt));
        Assert.True(job.RunAfter > registry.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_shutdown_gives_work_back_and_does_not_count_it()
    {
        await using var registry = await StartAsync();
        var started = new TaskCompletionSource();
        handler.Work = async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        await AddAsync(registry, "one");
        using var worker = Worker(registry);
        using var stop = new CancellationTokenSource();
        var drained = worker.DrainAsync(stop.Token);
        await started.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);
        var job = await FindAsync(registry, "one");
        Assert.Equal(("waiting", 0), (job!.Status, job.Attempt));
    }

    /// <summary>What a worker does before its first job may take long, and a worker that is busy is a healthy one; one that cannot begin is not.</summary>
    [Fact]
    public async Task A_worker_that_prepares_itself_is_alive_until_that_fails()
    {
        await using var registry = await StartAsync(o => o with { PollInterval = TimeSpan.FromHours(1) });
        TaskCompletionSource begun = new(), end = new();
        handler.Prepare = () =>
        {
            begun.TrySetResult();
            return end.Task;
        };
        using var worker = Worker(registry);
        await worker.StartAsync(default);
        await begun.Task;
        registry.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(registry.Clock.GetUtcNow(), worker.LastLook);

        end.SetException(new IOException("no"));
        for (var i = 0; worker.LastLook == registry.Clock.GetUtcNow(); i++)
        {
            Assert.True(i < 3_000, "it seems to be alive");
            await Task.Delay(10);
        }

        await worker.StopAsync(default);
    }

    private static Task<TestRegistry> StartAsync(Func<RegistryOptions, RegistryOptions>? configure = null) => TestRegistry.StartAsync(configure);

    private static Task<Done> AddAsync(TestRegistry registry, string subject, JobPriority priority = JobPriority.Change) => registry.Database.ChangeAsync(
        async s =>
        {
            await JobStore.AddAsync(s, "fake", subject, priority);
            return default(Done);
        },
        default);

    private static Task<Job?> FindAsync(TestRegistry registry, string subject) => registry.Database.ReadAsync(s => JobStore.FindAsync(s, "fake", subject), default);

    private JobWorker Worker(TestRegistry registry, FakeHandler? other = null) =>
        new(registry.Database, registry.Options, registry.Get<JobSignal>(), [other ?? handler], NullLogger<JobWorker>.Instance);

    private async Task DrainAsync(TestRegistry registry)
    {
        using var worker = Worker(registry);
        await worker.DrainAsync(default);
    }
}
