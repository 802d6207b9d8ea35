using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Kiln.Registry.Storage.S3;

public sealed partial class S3ObjectStore
{
    public async ValueTask<CreateOutcome> CreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var mode = await PrepareAsync(cancellation);
        if (mode.CreateOnly)
        {
            return await CreateConditionallyAsync(key, content, cancellation);
        }

        var outcome = CreateOutcome.Conflict;
        await AloneAsync(key, async () => outcome = await LookAndCreateAsync(key, content, cancellation), cancellation);
        return outcome;
    }

    public async Task<IReadOnlyList<CreateOutcome>> CreateAllAsync(IReadOnlyList<NewObject> objects, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var mode = await PrepareAsync(cancellation);
        var outcomes = new CreateOutcome[objects.Count];
        if (mode.CreateOnly)
        {
            await EachAsync(Enumerable.Range(0, objects.Count), async i => outcomes[i] = await CreateConditionallyAsync(objects[i].Key, objects[i].Content, cancellation), cancellation);
            return outcomes;
        }

        // One lock for all objects of a package, not one for each.
        foreach (var group in Enumerable.Range(0, objects.Count).GroupBy(i => LockOf(objects[i].Key), StringComparer.Ordinal))
        {
            await AloneAsync(
                objects[group.First()].Key,
                () => EachAsync(group, async i => outcomes[i] = await LookAndCreateAsync(objects[i].Key, objects[i].Content, cancellation), cancellation),
                cancellation);
        }

        return outcomes;
    }

    public async Task<Upload> CreateFromStreamAsync(ObjectKey key, Stream content, long limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        await PrepareAsync(cancellation); // Before the body is read: a store that is away need not receive it.
        await using var spool = await S3Spool.ReceiveAsync(content, limit, spoolFolder, cancellation);
        if (spool.Upload.LimitExceeded)
        {
            return spool.Upload;
        }

        CrashPoint.Hit(CrashPoint.StagingWritten);
        var created = false;
        if (conditions!.CreateOnly)
        {
            created = await PutSpoolAsync(key, spool, onlyNew: true, cancellation);
        }
        else
        {
            await AloneAsync(
                key,
                async () => created = await StatAsync(key, cancellation) is null && await PutSpoolAsync(key, spool, onlyNew: false, cancellation),
                cancellation);
        }

        if (!created)
        {
            throw new IOException($"'{key}' exists already.");
        }

        CrashPoint.Hit(CrashPoint.StagingLinked);
        return spool.Upload;
    }

    public async ValueTask ReplaceAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await PrepareAsync(cancellation);
        await PutAsync(key, content, Sha256(content.Span), 0, null, cancellation);
    }

    public async ValueTask<DocumentState> StateAsync(ObjectKey key, CancellationToken cancellation)
    {
        var reply = await HeadAsync(key, cancellation);
        return reply.Value is { } response ? new DocumentState(response.ETag, GenerationOf(response.Metadata), response.Metadata[HashName]) : default;
    }

    public async ValueTask<bool> ReplaceIfAsync(ObjectKey key, ReadOnlyMemory<byte> content, string? expectedVersion, long generation, CancellationToken cancellation)
    {
        var mode = await PrepareAsync(cancellation);
        var hash = Sha256(content.Span);
        if (expectedVersion is null ? mode.CreateOnly : mode.CompareAndReplace)
        {
            var reply = await PutAsync(
                key,
                content,
                hash,
                generation,
                request =>
                {
                    request.IfNoneMatch = expectedVersion is null ? "*" : null;
                    request.IfMatch = mode.BareTags ? expectedVersion?.Trim('"') : expectedVersion;
                },
                cancellation);

            return reply.Outcome == S3Outcome.Done || await HoldsAsync(key, hash, generation, cancellation);
        }

        var replaced = false;
        await AloneAsync(
            key,
            async () =>
            {
                var now = await StateAsync(key, cancellation);
                if (now.Version == expectedVersion && now.Generation < generation)
                {
                    await PutAsync(key, content, hash, generation, null, cancellation);
                    replaced = true;
                }
            },
            cancellation);
        return replaced;
    }

    public async ValueTask<bool> DeleteIfAsync(ObjectKey key, string expectedVersion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(expectedVersion);
        var deleted = false;

        // Few servers know conditional deletion. The lock keeps other deletions and locked writers away, the look narrows the gap for the rest (ADR 0016).
        await AloneAsync(
            key,
            async () => deleted = (await StateAsync(key, cancellation)).Version is not { } version || (version == expectedVersion && await DeleteAsync(key, cancellation)),
            cancellation);
        return deleted;
    }

    /// <summary>All objects of a package in a bucket share a lock.</summary>
    private static string LockOf(ObjectKey key)
    {
        var segments = key.Path.Split('/');
        return $"{BucketFolder.Of(key.Bucket)}/{(segments.Length > 2 ? $"{segments[0]}/{segments[1]}" : key.Path)}";
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(content.ToArray(), writable: false);

    private Task AloneAsync(ObjectKey key, Func<Task> work, CancellationToken cancellation) => exclusion is null
        ? throw new InvalidOperationException("This process only reads from the object store: it has no database to take turns by.")
        : exclusion($"store:{address.Bucket}/{address.Prefix}{LockOf(key)}", work, cancellation);

    private Task EachAsync(IEnumerable<int> items, Func<int, Task> work, CancellationToken cancellation) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = limits.Parallel, CancellationToken = cancellation }, (i, _) => new ValueTask(work(i)));

    private async Task<CreateOutcome> CreateConditionallyAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        CrashPoint.Hit(CrashPoint.ObjectWritten);
        var reply = await PutAsync(key, content, Sha256(content.Span), 0, request => request.IfNoneMatch = "*", cancellation);
        CrashPoint.Hit(CrashPoint.ObjectLinked);
        return reply.Outcome == S3Outcome.Done ? CreateOutcome.Created : await CompareAsync(key, content, cancellation);
    }

    /// <summary>Only under the lock of the key.</summary>
    private async Task<CreateOutcome> LookAndCreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (await StatAsync(key, cancellation) is { } info && !await IsUnfinishedAsync(key, info, content, cancellation))
        {
            return await CompareAsync(key, content, cancellation);
        }

        CrashPoint.Hit(CrashPoint.ObjectWritten);
        await PutAsync(key, content, Sha256(content.Span), 0, null, cancellation);
        CrashPoint.Hit(CrashPoint.ObjectLinked);
        return CreateOutcome.Created;
    }

    /// <summary>
    /// A server that knows no conditions may write a body where it stays (s3rver does): a writer that dies in the middle leaves the beginning of its object, without the hash that every whole
    /// one has. Nobody can have read it whole, and whoever writes the same object finishes it. Anything else without a hash is somebody's own, and stays.
    /// </summary>
    private async Task<bool> IsUnfinishedAsync(ObjectKey key, ObjectInfo info, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (info.Sha256 is not null || info.Length >= content.Length)
        {
            return false;
        }

        await using var stored = await OpenAsync(key, cancellation);
        if (stored is null || stored.Length >= content.Length)
        {
            return stored is null;
        }

        var beginning = await stored.ReadAllAsync(cancellation);
        return content.Span.StartsWith(beginning);
    }

    /// <summary>
    /// Small objects are read. For a large one the hash that was stored with it is enough to call it equal: it was written together with bytes that the server checked by the
    /// signature. Unequal is said only after all bytes have been seen.
    /// </summary>
    private async Task<CreateOutcome> CompareAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var info = await StatAsync(key, cancellation) ?? throw new IOException($"'{key}' vanished while it was compared.");
        if (info.Length != content.Length)
        {
            return CreateOutcome.Conflict;
        }

        if (content.Length > Small && info.Sha256 == Sha256(content.Span))
        {
            return CreateOutcome.AlreadyIdentical;
        }

        await using var stored = await OpenAsync(key, cancellation) ?? throw new IOException($"'{key}' vanished while it was compared.");
        var theirs = await SHA256.HashDataAsync(stored.OpenStream(), cancellation);
        return SHA256.HashData(content.Span).AsSpan().SequenceEqual(theirs) ? CreateOutcome.AlreadyIdentical : CreateOutcome.Conflict;
    }

    /// <summary>
    /// A failed condition may be our own success whose answer was lost (security.md F10): repeated by us, or without our knowledge by the SDK or the HTTP client. What is there tells, and if it is what we wanted
    /// to write it does not matter who wrote it.
    /// </summary>
    private async Task<bool> HoldsAsync(ObjectKey key, string hash, long generation, CancellationToken cancellation)
    {
        var reply = await HeadAsync(key, cancellation);
        return reply.Value is { } response && response.Metadata[HashName] == hash && GenerationOf(response.Metadata) == generation;
    }

    private async Task<bool> PutSpoolAsync(ObjectKey key, S3Spool spool, bool onlyNew, CancellationToken cancellation)
    {
        var reply = await PutAsync(
            key, () => spool.Content, spool.Upload.Length, spool.Upload.Sha256, 0, request => request.IfNoneMatch = onlyNew ? "*" : null, cancellation);
        return reply.Outcome == S3Outcome.Done || await HoldsAsync(key, spool.Upload.Sha256, 0, cancellation);
    }

    private Task<S3Reply<PutObjectResponse>> PutAsync(
        ObjectKey key, ReadOnlyMemory<byte> content, string hash, long generation, Action<PutObjectRequest>? condition, CancellationToken cancellation) =>
        PutAsync(key, () => StreamOf(content), content.Length, hash, generation, condition, cancellation);

    private async Task<S3Reply<PutObjectResponse>> PutAsync(
        ObjectKey key, Func<Stream> content, long length, string hash, long generation, Action<PutObjectRequest>? condition, CancellationToken cancellation)
    {
        var policy = ObjectPolicies.For(key);
        var reply = await caller.CallAsync(
            $"writing {key}",
            PatienceFor(length),
            token =>
            {
                var request = S3Clients.Put(address.Bucket, NameOf(key), content());
                request.ContentType = policy.ContentType;
                request.Headers.CacheControl = policy.CacheControl;
                if (policy.ContentEncoding is { } encoding)
                {
                    request.Headers.ContentEncoding = encoding;
                }

                request.Metadata[HashName] = hash;
                if (generation > 0)
                {
                    request.Metadata[GenerationName] = generation.ToString(CultureInfo.InvariantCulture);
                }

                condition?.Invoke(request);
                return client.PutObjectAsync(request, token);
            },
            cancellation);

        Changed?.Invoke(key);

        // With If-Match, a missing object is 404 on some servers: the condition failed. Without any condition it can only be the bucket.
        return reply.Outcome == S3Outcome.NotFound && condition is null ? throw NoBucket() : reply;
    }
}
