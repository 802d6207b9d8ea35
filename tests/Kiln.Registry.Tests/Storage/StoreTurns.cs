using System.Collections.Concurrent;

namespace Kiln.Registry.Storage;

/// <summary>An <see cref="Exclusion"/> for stores of one test, without a database.</summary>
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
