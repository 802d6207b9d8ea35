using System.Collections.Concurrent;

namespace Kiln.Registry;

/// <summary>Turns of writers whose object store cannot decide by itself who was first.</summary>
internal sealed class StoreTurns
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    public async Task RunAsync(string name, Func<Task> work, CancellationToken cancellation)
    {
        var turn = turns.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
