using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiln.Registry.Data;

/// <summary>What processes that share a PostgreSQL database owe to each other.</summary>
public sealed class SeveralProcessesTests
{
    /// <summary>security.md C10. A lease that one process took by its clock is not over by the clock of another that is an hour ahead, and one that is over is over for one that is behind.</summary>
    [Fact]
    public async Task Clocks_that_differ_by_hours_agree_about_leases()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        using var right = Open(registry, TimeSpan.Zero);
        using var ahead = Open(registry, TimeSpan.FromHours(1));
        using var behind = Open(registry, TimeSpan.FromHours(-1));
        await ahead.ChangeAsync(
            async s =>
            {
                await JobStore.AddAsync(s, "fake", "one");
                return 0;
            },
            default);

        // Made due by a process that is ahead, it is due for one that is behind.
        var first = await LeaseAsync(behind, TimeSpan.FromSeconds(60));
        Assert.NotNull(first);
        Assert.Null(await LeaseAsync(ahead, TimeSpan.FromSeconds(60)));
        Assert.Null(await LeaseAsync(right, TimeSpan.FromSeconds(60)));

        // Extended by the one that is ahead to a moment that passes at once, it is free for the one that is behind.
        Assert.Equal(1, await ahead.FencedAsync(s => JobStore.ExtendAsync(s, first, s.Now - TimeSpan.FromMilliseconds(1)), default));
        var second = await LeaseAsync(behind, TimeSpan.FromSeconds(60));
        Assert.Equal(2, second?.Attempt);

        // All rows were written within the minutes of this test, by the clock of the database.
        var server = await registry.Database.ReadAsync(s => s.CountAsync("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint"), default);
        Assert.Equal(0, await registry.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM jobs WHERE ABS(created_at - @server) > 600000000 OR ABS(updated_at - @server) > 600000000", new { server }), default));
        foreach (var database in new[] { right, ahead, behind })
        {
            var seen = await database.ReadAsync(s => Task.FromResult(ColumnTypes.ToMicroseconds(s.Now)), default);
            Assert.InRange(seen - server, -60_000_000, 60_000_000);
        }
    }

    /// <summary>Without the wake-up the worker would look again in an hour.</summary>
    [Fact]
    public async Task A_submission_at_one_process_wakes_the_worker_of_another()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync(o => o with { PollInterval = TimeSpan.FromHours(1) }, s => s.AddSingleton<BuildPackage>(new FakeBuilder().BuildAsync));
        var author = await registry.WithPackageAsync("scope", "pkg");
        var other = new ServiceCollection();
        other.AddLogging();
        other.AddSingleton<TimeProvider>(registry.Clock);
        other.AddSingleton<BuildPackage>(new FakeBuilder().BuildAsync);
        other.AddKilnRegistry(registry.Options);
        other.AddSingleton<WakeUpListener>();
        await using var services = other.BuildServiceProvider();
        IHostedService[] hosted = [services.GetRequiredService<WakeUpListener>(), services.GetRequiredService<PublishWorker>()];
        foreach (var service in hosted)
        {
            await service.StartAsync(default);
        }

        await UntilAsync(async () => await registry.Database.ReadAsync(
            s => s.CountAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kiln wake-up' AND state = 'idle' AND query LIKE 'LISTEN%'"), default) == 1);
        for (var version = 0; version < 3; version++)
        {
            var task = await registry.Get<PublishService>().SubmitAsync(author, PublishingFixture.Upload(FakeBuilder.Tarball($"/mod.ts|{version}"), $"1.0.{version}"), default);
            Assert.Null(task.Error);
            await UntilAsync(async () => (await registry.Get<PublishService>().GetTaskAsync(task.Value.Id, default)).Value.Status == PublishingStatus.Success);
        }

        foreach (var service in hosted)
        {
            await service.StopAsync(default);
        }
    }

    /// <summary>A worker that starts must not take the work of one that lives.</summary>
    [Fact]
    public async Task A_worker_that_starts_leaves_the_leases_of_others_alone()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        await registry.Database.ChangeAsync(
            async s =>
            {
                await JobStore.AddAsync(s, "fake", "one");
                return 0;
            },
            default);
        Assert.NotNull(await LeaseAsync(registry.Database, TimeSpan.FromSeconds(60)));
        await registry.Get<JobWorker>().PrepareAsync(default);
        await registry.Get<PublishWorker>().PrepareAsync(default);
        Assert.Equal(1, await registry.CountAsync("jobs", "kind = 'fake' AND lease IS NOT NULL"));
    }

    /// <summary>Many lease at once: each piece of work goes to one of them, and none waits for another.</summary>
    [Fact]
    public async Task Work_is_handed_out_once()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        await registry.Database.ChangeAsync(
            async s =>
            {
                for (var i = 0; i < 40; i++)
                {
                    await JobStore.AddAsync(s, "fake", $"job{i}");
                }

                return 0;
            },
            default);
        var leased = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await LeaseAsync(registry.Database, TimeSpan.FromSeconds(60)) is { } job)
            {
                mine.Add(job.Subject);
            }

            return mine;
        })));
        Assert.Equal(40, leased.SelectMany(l => l).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, leased.Sum(l => l.Count));
    }

    private static Task<Job?> LeaseAsync(Database database, TimeSpan lease) =>
        database.FencedAsync(s => JobStore.LeaseAsync(s, ["fake"], Guid.NewGuid().ToString("D"), s.Now + lease), default);

    private static Database Open(TestRegistry registry, TimeSpan wrongBy)
    {
        var time = new WrongClock(wrongBy);
        return new Database(new PostgresEngine(registry.Options.Database!, time, ownClock: false), time);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 600, "It did not become so within a minute.");
            await Task.Delay(100);
        }
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
