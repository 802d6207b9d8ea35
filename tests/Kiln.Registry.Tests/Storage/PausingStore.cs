using System.Runtime.CompilerServices;

namespace Kiln.Registry.Storage;

/// <summary>A process that falls asleep between its look at a document and its write, or dies right after it.</summary>
internal sealed class PausingStore(IObjectStore inner) : IObjectStore
{
    /// <summary>Runs once, before the first replacement.</summary>
    public Func<Task>? BeforeReplace { get; set; }

    /// <summary>Runs before every object that is opened.</summary>
    public Func<Task>? BeforeOpen { get; set; }

    /// <summary>After that replacement the process is no more.</summary>
    public bool DiesAfterwards { get; set; }

    private bool dead;

    public async ValueTask<bool> ReplaceIfAsync(ObjectKey key, ReadOnlyMemory<byte> content, string? expectedVersion, long generation, CancellationToken cancellation)
    {
        ThrowIfDead();
        var pause = BeforeReplace;
        BeforeReplace = null;
        if (pause is not null)
        {
            await pause();
        }

        var replaced = await inner.ReplaceIfAsync(key, content, expectedVersion, generation, cancellation);
        dead = pause is not null && DiesAfterwards;
        ThrowIfDead();
        return replaced;
    }

    public ValueTask<DocumentState> StateAsync(ObjectKey key, CancellationToken cancellation)
    {
        ThrowIfDead();
        return inner.StateAsync(key, cancellation);
    }

    public ValueTask<bool> DeleteIfAsync(ObjectKey key, string expectedVersion, CancellationToken cancellation) => inner.DeleteIfAsync(key, expectedVersion, cancellation);

    public async ValueTask<StoredObject?> OpenAsync(ObjectKey key, CancellationToken cancellation)
    {
        await (BeforeOpen?.Invoke() ?? Task.CompletedTask);
        return await inner.OpenAsync(key, cancellation);
    }

    public ValueTask<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellation) => inner.StatAsync(key, cancellation);

    public ValueTask<byte[]?> ReadRangeAsync(ObjectKey key, long offset, int length, CancellationToken cancellation) => inner.ReadRangeAsync(key, offset, length, cancellation);

    public ValueTask<CreateOutcome> CreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => inner.CreateAsync(key, content, cancellation);

    public Task<IReadOnlyList<CreateOutcome>> CreateAllAsync(IReadOnlyList<NewObject> objects, CancellationToken cancellation) => inner.CreateAllAsync(objects, cancellation);

    public Task<Upload> CreateFromStreamAsync(ObjectKey key, Stream content, long limit, CancellationToken cancellation) => inner.CreateFromStreamAsync(key, content, limit, cancellation);

    public ValueTask ReplaceAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => inner.ReplaceAsync(key, content, cancellation);

    public ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation) => inner.DeleteAsync(key, cancellation);

    public async IAsyncEnumerable<ObjectKey> ListAsync(Bucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var key in inner.ListAsync(bucket, prefix, cancellation))
        {
            yield return key;
        }
    }

    private void ThrowIfDead()
    {
        if (dead)
        {
            throw new IOException("The process is dead.");
        }
    }
}
