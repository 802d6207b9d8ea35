using Kiln.Tooling;

namespace Kiln.Registry.Data;

/// <summary>Nothing crosses in what is done exclusively, and two processes count as one (ADR 0015).</summary>
public sealed class ExclusiveTests
{
    [Fact]
    public async Task One_at_a_time_has_a_name()
    {
        await using var registry = await TestRegistry.StartAsync();
        using var second = PostgresCluster.IsAsked ? RegistryAdmin.OpenDatabase(registry.Options, registry.Clock) : null; // as another process has it
        Database[] databases = [registry.Database, second ?? registry.Database];
        int inside = 0, most = 0, done = 0;
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => databases[i % 2].ExclusiveAsync(
            "name",
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                return ++done;
            },
            default))));
        Assert.Equal((1, 60), (most, done));
    }

    [Fact]
    public async Task Others_go_on_meanwhile_and_who_waits_can_stop_waiting()
    {
        await using var registry = await TestRegistry.StartAsync();
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var first = registry.Database.ExclusiveAsync("first", async () => { inside.SetResult(); await leave.Task; return 1; }, default);
        await inside.Task;
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => { using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)); try { return await registry.Database.ExclusiveAsync($"other{i}", () => Task.FromResult(1), limit.Token); } catch (OperationCanceledException) { return 0; } }));
        Assert.True(others.Sum() >= 4, "names that share a lock may wait, most do not share it");

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => registry.Database.ExclusiveAsync("first", () => Task.FromResult(2), patience.Token));
        leave.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(3, await registry.Database.ExclusiveAsync("first", () => Task.FromResult(3), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => registry.Database.ExclusiveAsync<int>("first", () => throw new InvalidOperationException(), default));
        Assert.Equal(4, await registry.Database.ExclusiveAsync("first", () => Task.FromResult(4), default));
    }
}
