namespace Kiln.Registry.Data;

/// <summary>Locks by name for this process, of a fixed number: two names may share one, which only costs time.</summary>
internal sealed class StripedLocks(int count) : IDisposable
{
    private readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(1))];

    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation)
    {
        var stripe = stripes[(uint)string.GetHashCode(name, StringComparison.Ordinal) % stripes.Length];
        await stripe.WaitAsync(cancellation);
        return new Held(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in stripes)
        {
            stripe.Dispose();
        }
    }

    private sealed class Held(SemaphoreSlim stripe) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            stripe.Release();
            return ValueTask.CompletedTask;
        }
    }
}
