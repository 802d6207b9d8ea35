using Kiln.Registry.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiln.Registry.Publishing;

/// <summary>A worker that was asleep beyond its lease must not change what another one has done (security.md C4, F04).</summary>
public sealed class LeaseTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one");

    private static PublishWorker AnotherWorker(TestRegistry registry) => new(
        registry.Database, registry.Store, registry.Get<PublishPipeline>(), registry.Options, registry.Get<PublishSignal>(), NullLogger<PublishWorker>.Instance);

    [Fact]
    public async Task A_zombie_changes_nothing()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var asleep = new TaskCompletionSource();
        var wake = new TaskCompletionSource();
        var builds = 0;
        fixture.Builder.Before = async () =>
        {
            if (Interlocked.Increment(ref builds) == 1)
            {
                asleep.SetResult();
                await wake.Task;
            }
        };

        var task = (await fixture.SubmitAsync(One)).Value;
        var zombie = Task.Run(fixture.DrainAsync);
        await asleep.Task;
        fixture.Registry.Clock.Advance(fixture.Registry.Options.Lease + TimeSpan.FromSeconds(1));

        using var second = AnotherWorker(fixture.Registry);
        await second.DrainAsync(default);
        var done = (await fixture.Service.GetTaskAsync(task.Id, default)).Value;
        Assert.Equal(PublishingStatus.Success, done.Status);
        var before = await fixture.SnapshotAsync();
        var rows = await fixture.Registry.CountAsync("audit_log");

        fixture.Builder.Flavour = "zombie";
        fixture.Registry.Clock.Advance(TimeSpan.FromSeconds(1)); // A write would show in the task's time.
        wake.SetResult();
        await zombie;
        Assert.Equal(before, await fixture.SnapshotAsync());
        Assert.Equal(done, (await fixture.Service.GetTaskAsync(task.Id, default)).Value);
        Assert.Equal(rows, await fixture.Registry.CountAsync("audit_log"));
        Assert.Equal(1, await fixture.Registry.CountAsync("package_versions"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_zombie_that_fails_does_not_fail_or_release_the_task_of_its_successor(bool refusal)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        TaskCompletionSource asleep = new(), wake = new(), busy = new(), go = new();
        var builds = 0;
        fixture.Builder.Before = async () =>
        {
            if (Interlocked.Increment(ref builds) == 1)
            {
                asleep.SetResult();
                await wake.Task;
                if (!refusal)
                {
                    throw new IOException("disk");
                }

                fixture.Builder.Refuse = new Kiln.Packages.PublishError("graphError", "no");
            }
            else
            {
                busy.SetResult();
                await go.Task;
            }
        };
        var task = (await fixture.SubmitAsync(One)).Value;
        var zombie = Task.Run(fixture.DrainAsync);
        await asleep.Task;
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(2));
        using var second = AnotherWorker(fixture.Registry);
        var working = Task.Run(() => second.DrainAsync(default));
        await busy.Task;

        wake.SetResult();
        await zombie;
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "status = 'processing' AND lease IS NOT NULL"));
        Assert.Equal(1, await fixture.Registry.CountAsync("version_claims"));
        Assert.Single(await fixture.ListAsync(Bucket.Staging));

        go.SetResult();
        await working;
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
        Assert.Equal(2, builds);
    }

    [Fact]
    public async Task A_task_is_leased_once()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var builds = 0;
        fixture.Builder.Before = () =>
        {
            Interlocked.Increment(ref builds);
            return Task.Delay(20);
        };
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await fixture.SubmitAsync(One, $"1.0.{i}")).Error);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(fixture.DrainAsync)));
        Assert.Equal(5, builds);
        Assert.Equal(5, await fixture.Registry.CountAsync("publishing_tasks", "status = 'success'"));
    }

    [Fact]
    public async Task A_hosted_worker_is_woken_and_stops_in_order()
    {
        await using var fixture = await PublishingFixture.StartAsync(o => o with { PollInterval = TimeSpan.FromMinutes(10) });
        var worker = fixture.Registry.Get<PublishWorker>();
        await worker.StartAsync(default);
        var task = (await fixture.SubmitAsync(One)).Value;
        for (var i = 0; i < 500 && (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status != PublishingStatus.Success; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_while_it_waits_for_the_database_stops()
    {
        await using var fixture = await PublishingFixture.StartAsync(o => o with { PollInterval = TimeSpan.FromMinutes(10) });
        var worker = fixture.Registry.Get<PublishWorker>();
        await worker.StartAsync(default);
        var task = (await fixture.SubmitAsync(One)).Value;
        while ((await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status != PublishingStatus.Success)
        {
            await Task.Delay(10);
        }

        // Somebody writes for a long time; the worker, rung, waits for its turn to lease.
        var end = new TaskCompletionSource();
        var writing = fixture.Registry.Database.ChangeAsync(async _ => { await end.Task; return 0; }, default);
        fixture.Registry.Get<PublishSignal>().Ring();
        await Task.Delay(300);
        await worker.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(20));
        end.SetResult();
        await writing;
    }
}
