using System.Runtime.CompilerServices;

namespace Kiln.Registry.Storage;

/// <summary>Fails one call, by number, or every call whose key is of a kind.</summary>
internal sealed class FailingStore : IObjectStore
{
    private IObjectStore inner = null!;
    private int calls;

    public int Calls => calls;

    public int FailAt { get; set; }

    public bool AfterEffect { get; set; }

    public Func<ObjectKey, bool> FailWhen { get; set; } = _ => false;

    public Func<string, Exception> Failure { get; set; } = message => new IOException(message);

    public bool IsFull { get; set; }

    public bool HasRoomFor(long bytes) => !IsFull && inner.HasRoomFor(bytes);

    public FailingStore Wrap(IObjectStore store)
    {
        inner = store;
        return this;
    }

    public ValueTask<StoredObject?> OpenAsync(ObjectKey key, CancellationToken cancellation) => new(CallAsync(key, () => inner.OpenAsync(key, cancellation).AsTask()));

    public ValueTask<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellation) => new(CallAsync(key, () => inner.StatAsync(key, cancellation).AsTask()));

    public ValueTask<byte[]?> ReadRangeAsync(ObjectKey key, long offset, int length, CancellationToken cancellation) =>
        new(CallAsync(key, () => inner.ReadRangeAsync(key, offset, length, cancellation).AsTask()));

    public ValueTask<CreateOutcome> CreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        new(CallAsync(key, () => inner.CreateAsync(key, content, cancellation).AsTask()));

    /// <summary>One by one, so that a failure can fall between two of them.</summary>
    public async Task<IReadOnlyList<CreateOutcome>> CreateAllAsync(IReadOnlyList<NewObject> objects, CancellationToken cancellation)
    {
        var outcomes = new List<CreateOutcome>();
        foreach (var item in objects)
        {
            outcomes.Add(await CreateAsync(item.Key, item.Content, cancellation));
        }

        return outcomes;
    }

    public Task<Upload> CreateFromStreamAsync(ObjectKey key, Stream content, long limit, CancellationToken cancellation) =>
        CallAsync(key, () => inner.CreateFromStreamAsync(key, content, limit, cancellation));

    public async ValueTask ReplaceAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => await CallAsync(
        key,
        async () =>
        {
            await inner.ReplaceAsync(key, content, cancellation);
            return true;
        });

    public ValueTask<DocumentState> StateAsync(ObjectKey key, CancellationToken cancellation) => new(CallAsync(key, () => inner.StateAsync(key, cancellation).AsTask()));

    public ValueTask<bool> ReplaceIfAsync(ObjectKey key, ReadOnlyMemory<byte> content, string? expectedVersion, long generation, CancellationToken cancellation) =>
        new(CallAsync(key, () => inner.ReplaceIfAsync(key, content, expectedVersion, generation, cancellation).AsTask()));

    public ValueTask<bool> DeleteIfAsync(ObjectKey key, string expectedVersion, CancellationToken cancellation) =>
        new(CallAsync(key, () => inner.DeleteIfAsync(key, expectedVersion, cancellation).AsTask()));

    public ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation) => new(CallAsync(key, () => inner.DeleteAsync(key, cancellation).AsTask()));

    public async IAsyncEnumerable<ObjectKey> ListAsync(Bucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var key in inner.ListAsync(bucket, prefix, cancellation))
        {
            yield return key;
        }
    }

    private async Task<T> CallAsync<T>(ObjectKey key, Func<Task<T>> call)
    {
        var fail = Interlocked.Increment(ref calls) == FailAt || FailWhen(key);
        if (fail && !AfterEffect)
        {
            throw Failure($"injected at {key}");
        }

        var result = await call();
        return fail ? throw Failure($"injected after {key}") : result;
    }
}
