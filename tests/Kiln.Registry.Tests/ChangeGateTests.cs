using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry;

/// <summary>What is not known to be open is closed: a number could be given away that only the store knows to be taken (security.md §3.7).</summary>
public sealed class ChangeGateTests
{
    [Fact]
    public async Task A_gate_that_cannot_be_asked_is_not_open()
    {
        await using var registry = await TestRegistry.StartAsync();
        var gate = new ChangeGate(registry.Database);
        await RenameAsync(registry, "registry_state", "elsewhere");
        await Assert.ThrowsAnyAsync<DbException>(() => gate.IsClosedAsync(default).AsTask());

        var log = new LineCounter();
        var waiting = ChangeGate.WaitUntilOpenAsync(registry.Database, registry.Options with { PollInterval = TimeSpan.FromMilliseconds(10) }, log, default);
        await Task.WhenAny(log.ThreeLines.Task, waiting);
        Assert.False(waiting.IsCompleted);

        await RenameAsync(registry, "elsewhere", "registry_state");
        await waiting;
        Assert.False(await gate.IsClosedAsync(default));
    }

    [Fact]
    public async Task Whoever_waits_at_a_gate_that_cannot_be_asked_stops_when_told_to()
    {
        await using var registry = await TestRegistry.StartAsync();
        await RenameAsync(registry, "registry_state", "elsewhere");
        using var stop = new CancellationTokenSource();
        var log = new LineCounter();
        var waiting = ChangeGate.WaitUntilOpenAsync(registry.Database, registry.Options with { PollInterval = TimeSpan.FromMilliseconds(10) }, log, stop.Token);
        await log.ThreeLines.Task;
        await stop.CancelAsync();
        await waiting; // An exception would be a failure in the log of a host that stops.
    }

    private static Task<int> RenameAsync(TestRegistry registry, string from, string to) =>
        registry.Database.ChangeAsync(s => s.ExecuteAsync($"ALTER TABLE {from} RENAME TO {to}"), default);

    private sealed class LineCounter : ILogger
    {
        private int lines;

        public TaskCompletionSource ThreeLines { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Interlocked.Increment(ref lines) == 3)
            {
                ThreeLines.SetResult();
            }
        }
    }
}
