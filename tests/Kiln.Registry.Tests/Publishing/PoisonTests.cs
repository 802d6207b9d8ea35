using Kiln.Registry.Data;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

/// <summary>
/// security.md F05 and F39, as far as analysis runs in the server's process: a package that makes it fail, eat or hang ends in a failure after a known number of attempts, and all others
/// go on. One that kills the process is in <c>tests/Faults</c>.
/// </summary>
public sealed class PoisonTests
{
    private static readonly byte[] Good = FakeBuilder.Tarball("/mod.ts|good");

    [Fact]
    public async Task An_analysis_that_never_ends_is_given_up_at_the_second_attempt_while_others_go_on()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            o => o with { BuildTimeout = TimeSpan.FromMilliseconds(300), RetryDelay = TimeSpan.Zero, PublishConcurrency = 2, PollInterval = TimeSpan.FromMilliseconds(50) });
        var attempts = 0;
        var never = new TaskCompletionSource();
        fixture.Builder.BeforeRequest = request =>
        {
            if (request.Version.ToString() != "6.6.6")
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref attempts);
            return never.Task; // looks at no token
        };
        var worker = fixture.Registry.Get<PublishWorker>();
        await worker.StartAsync(default);
        var poison = (await fixture.SubmitAsync(Good, "6.6.6")).Value;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PublishingStatus.Success, (await EndAsync(fixture, (await fixture.SubmitAsync(Good, $"1.0.{i}")).Value.Id)).Status);
        }

        var failed = await EndAsync(fixture, poison.Id);
        Assert.Equal((PublishingStatus.Failure, "internalError", 2), (failed.Status, failed.Error!.Code, attempts));
        await worker.StopAsync(default);
        Assert.Equal(0, await fixture.Registry.CountAsync("version_claims", "version = '6.6.6'")); // Nothing had become public: the number is free.
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(InsufficientExecutionStackException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(IndexOutOfRangeException))]
    public async Task An_analysis_that_throws_is_given_up_at_last_and_logged_as_no_fault_of_the_publisher(Type exception)
    {
        await using var fixture = await PublishingFixture.StartAsync(o => o with { RetryDelay = TimeSpan.Zero });
        var attempts = 0;
        fixture.Builder.Before = () =>
        {
            attempts++;
            throw (Exception)Activator.CreateInstance(exception)!;
        };
        var task = (await fixture.SubmitAsync(Good)).Value;
        await fixture.DrainAsync();
        var failed = (await fixture.Service.GetTaskAsync(task.Id, default)).Value;
        Assert.Equal((PublishingStatus.Failure, "internalError", fixture.Registry.Options.MaxAttempts), (failed.Status, failed.Error!.Code, attempts));
        await fixture.AssertNoObjectAsync();
    }

    /// <summary>F39: what failed waits longer and longer, so what is good gets its turn at once.</summary>
    [Fact]
    public async Task Hundreds_of_poisoned_tasks_keep_no_good_one_waiting()
    {
        const int Poisoned = 200;
        await using var fixture = await PublishingFixture.StartAsync(o => o with { RetryDelay = TimeSpan.FromMinutes(1) });
        fixture.Builder.BeforeRequest = r => r.Version.ToString().StartsWith("6.", StringComparison.Ordinal) ? throw new IOException("poison") : Task.CompletedTask;
        for (var i = 0; i < Poisoned; i++)
        {
            Assert.Null((await fixture.SubmitAsync(Good, $"6.0.{i}")).Error);
        }

        var good = (await fixture.SubmitAsync(Good, "1.0.0")).Value;
        await fixture.DrainAsync(); // each poisoned one once, and then the good one
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(good.Id, default)).Value.Status);
        Assert.Equal(Poisoned, await fixture.Registry.CountAsync("publishing_tasks", "status = 'pending' AND attempt = 1"));

        // And one that comes later does not wait for any of them.
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(Good, "1.0.1")).Status);
        Assert.Equal(Poisoned, await fixture.Registry.CountAsync("publishing_tasks", "status = 'pending' AND attempt = 1"));
    }

    /// <summary>The database says that it has no connection left, and a moment later it has: no publisher hears of it.</summary>
    [Fact]
    public async Task A_database_that_is_away_costs_no_attempt()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        using var heard = new HeardMetrics();
        fixture.Builder.Before = () => throw new DatabaseUnavailableException("The database cannot be reached.");
        var task = (await fixture.SubmitAsync(Good)).Value;
        var rounds = fixture.Registry.Options.MaxAttempts + 3;
        for (var i = 0; i < rounds; i++)
        {
            await fixture.DrainAsync();
            Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "status = 'pending' AND lease IS NULL AND attempt = 0"));
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((rounds, rounds, 0), (heard["kiln.work.attempts publish stopped"], heard["kiln.failures database"], heard["kiln.work.attempts publish failed"]));
        fixture.Builder.Before = () => Task.CompletedTask;
        await fixture.DrainAsync();
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
    }

    /// <summary>The version's rows are there, so it is no failure, and the same upload is no other publish.</summary>
    [Fact]
    public async Task A_version_that_exists_is_shown_at_last_however_often_that_failed()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        using var heard = new HeardMetrics();
        store.FailWhen = key => key == ObjectKeys.PackageMeta("scope", "pkg");
        var task = (await fixture.SubmitAsync(Good)).Value;
        for (var i = 0; i < fixture.Registry.Options.MaxAttempts + 5; i++)
        {
            await fixture.DrainAsync();
            fixture.Registry.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(PublishingStatus.Processed, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
        Assert.Equal(1, await fixture.Registry.CountAsync("package_versions"));
        Assert.Equal(3, heard["kiln.work.dead_letters publish"]); // after the last attempt, and then after each one that follows

        store.FailWhen = _ => false;
        await fixture.DrainAsync();
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
        Assert.Equal(task.Id, (await fixture.SubmitAsync(Good)).Value.Id);
        Assert.Single(await fixture.ListAsync(Bucket.Staging));
    }

    private static async Task<PublishingTask> EndAsync(PublishingFixture fixture, Guid id)
    {
        for (var attempt = 0; ; attempt++)
        {
            var task = (await fixture.Service.GetTaskAsync(id, default)).Value;
            if (task.Status is PublishingStatus.Success or PublishingStatus.Failure)
            {
                return task;
            }

            Assert.True(attempt < 3_000, $"task {id} did not end within 30 s: {task.Status}");
            await Task.Delay(10);
        }
    }
}
