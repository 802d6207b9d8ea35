namespace Kiln.Registry.Storage;

public enum CreateOutcome
{
    Created,

    /// <summary>The object was there with exactly these bytes: a repeated step found its own work.</summary>
    AlreadyIdentical,

    /// <summary>The object was there with other bytes, and they have been left alone.</summary>
    Conflict,
}

public readonly record struct NewObject(ObjectKey Key, ReadOnlyMemory<byte> Content);

/// <param name="Length">Bytes received; one more than the limit when it was exceeded.</param>
/// <param name="Sha256">Lower-case hex over all bytes; empty when the limit was exceeded.</param>
public readonly record struct Upload(long Length, string Sha256, bool LimitExceeded);

/// <summary>
/// Where all bytes are that clients read. What a call has acknowledged survives a power cut; nobody ever sees a half-written object.
/// Failures of the medium are <see cref="IOException"/>s: the caller's attempt failed and may be repeated.
/// </summary>
public interface IObjectStore
{
    /// <summary>False when the place is nearly full: an upload of so many bytes, and what is made of it, should be refused before it is read.</summary>
    bool HasRoomFor(long bytes) => true;

    /// <summary>True when every call crosses a network: a reader then asks less often than it is asked itself, and hears of this process's own writes by <see cref="Changed"/>.</summary>
    bool IsRemote => false;

    /// <summary>This process has replaced or deleted an object of a remote store.</summary>
    event Action<ObjectKey> Changed
    {
        add
        {
        }

        remove
        {
        }
    }

    /// <summary>Null when there is no such object.</summary>
    ValueTask<StoredObject?> OpenAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>Cheaper than opening. Null when there is no such object.</summary>
    ValueTask<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>Whether the object is still the one that <see cref="StatAsync"/> gave this version to. The cheapest question that there is.</summary>
    async ValueTask<bool> IsVersionAsync(ObjectKey key, string version, CancellationToken cancellation) => (await StatAsync(key, cancellation))?.Version == version;

    /// <summary>A part of an object without the rest. Null when there is no such object; fewer bytes than asked for where the object ends.</summary>
    ValueTask<byte[]?> ReadRangeAsync(ObjectKey key, long offset, int length, CancellationToken cancellation);

    /// <summary>Creates an immutable object; never changes an existing one. Of concurrent callers exactly one gets <see cref="CreateOutcome.Created"/>.</summary>
    ValueTask<CreateOutcome> CreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Many creations, made in parallel; outcomes in the order of the arguments. One failure fails the call, some objects may exist then.</summary>
    Task<IReadOnlyList<CreateOutcome>> CreateAllAsync(IReadOnlyList<NewObject> objects, CancellationToken cancellation);

    /// <summary>Creates an object from a stream while counting and hashing. When the stream fails or exceeds the limit nothing is left behind.</summary>
    /// <exception cref="IOException">The object exists, or the medium or the stream failed.</exception>
    Task<Upload> CreateFromStreamAsync(ObjectKey key, Stream content, long limit, CancellationToken cancellation);

    /// <summary>Puts these bytes in place of whatever was there, atomically.</summary>
    ValueTask ReplaceAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>What a document is now, for <see cref="ReplaceIfAsync"/>.</summary>
    ValueTask<DocumentState> StateAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>
    /// Puts these bytes in place of exactly the version that the caller has seen (ADR 0016), atomically, and notes which generation of the facts they show. False when the object is
    /// another one by now, or is known to show this generation or a newer one: nothing has changed, and the caller looks again.
    /// </summary>
    /// <param name="expectedVersion">Null: there must be no such object.</param>
    /// <param name="generation">Positive.</param>
    ValueTask<bool> ReplaceIfAsync(ObjectKey key, ReadOnlyMemory<byte> content, string? expectedVersion, long generation, CancellationToken cancellation);

    /// <summary>Deletes exactly the version that the caller has seen. False when the object is another one by now; true when it is gone, whoever did it.</summary>
    ValueTask<bool> DeleteIfAsync(ObjectKey key, string expectedVersion, CancellationToken cancellation);

    /// <summary>True when there was something to delete.</summary>
    ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>Keys whose path starts with <paramref name="prefix"/>, in no particular order.</summary>
    IAsyncEnumerable<ObjectKey> ListAsync(Bucket bucket, string prefix, CancellationToken cancellation);
}
