using System.Collections.Concurrent;

namespace Kiln.Registry.Storage;

/// <summary>
/// A few threads for calls that wait for the disk. An fsync takes milliseconds; on the shared pool a publish of a hundred files would keep requests waiting.
/// </summary>
internal sealed class BlockingIo : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];

    public BlockingIo(int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"kiln-disk-{i}" }.Start();
        }
    }

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            () =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception e) // Handed to the waiter, whatever it is.
                {
                    done.SetException(e);
                }
            },
            CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => queue.CompleteAdding();

    private void Run()
    {
        foreach (var work in queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
