namespace Kiln.Tooling;

/// <summary>Something that many tests share, started by the first that asks: a missing tool then skips that test instead of breaking a fixture.</summary>
internal sealed class StartedOnce<T>(Func<Task<T>> start) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private T? started;

    public async Task<T> GetAsync()
    {
        await gate.WaitAsync();
        try
        {
            return started ??= await start();
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }

        gate.Dispose();
    }
}
