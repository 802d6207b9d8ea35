using System.Security.Cryptography;
using Kiln.Packages.Publishing;
using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>What every check needs, and the counters of one run.</summary>
internal sealed class CheckContext(Database database, IObjectStore store, PackageMetadataWriter metadata, VersionRebuilder rebuilder, FsckOptions options)
{
    /// <summary>Objects read at once.</summary>
    public const int Readers = 4;

    private long objects;
    private long bytes;
    private int versions;
    private (Guid Task, PublishArtifacts Artifacts)? rebuilt;

    public Database Database => database;

    public IObjectStore Store => store;

    public PackageMetadataWriter Metadata => metadata;

    public FsckOptions Options => options;

    public long Objects => Interlocked.Read(ref objects);

    public long Bytes => Interlocked.Read(ref bytes);

    public int Versions => Volatile.Read(ref versions);

    public void CountVersion() => Interlocked.Increment(ref versions);

    /// <summary>Length and hash (lower-case hex SHA-256; empty in a quick check) of an object; null when there is none.</summary>
    public async Task<(long Length, string Sha256)?> LookAsync(ObjectKey key, CancellationToken cancellation)
    {
        Interlocked.Increment(ref objects);
        if (options.Quick)
        {
            return await store.StatAsync(key, cancellation) is { } info ? (info.Length, "") : null;
        }

        await using var stored = await store.OpenAsync(key, cancellation);
        if (stored is null)
        {
            return null;
        }

        await using var stream = stored.OpenStream();
        var hash = await SHA256.HashDataAsync(stream, cancellation);
        Interlocked.Add(ref bytes, stored.Length);
        return (stored.Length, Convert.ToHexStringLower(hash));
    }

    /// <summary>The whole object; null when there is none.</summary>
    public async Task<byte[]?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        Interlocked.Increment(ref objects);
        await using var stored = await store.OpenAsync(key, cancellation);
        if (stored is null)
        {
            return null;
        }

        Interlocked.Add(ref bytes, stored.Length);
        return await stored.ReadAllAsync(cancellation);
    }

    /// <summary>
    /// The bytes of a version, from its upload; null with a reason when there are none. The last build is kept, because one version can lack many files. No more than one: they are large.
    /// Repairs are made one after the other.
    /// </summary>
    public async Task<(PublishArtifacts? Artifacts, string Reason)> RebuildAsync(TaskStore.Row? task, CancellationToken cancellation)
    {
        if (rebuilt is { } kept && kept.Task == task?.Id)
        {
            return (kept.Artifacts, "");
        }

        rebuilt = null; // before the next one is made
        var (artifacts, reason) = await rebuilder.FromUploadAsync(task, cancellation);
        rebuilt = task is null || artifacts is null ? null : (task.Id, artifacts);
        return (artifacts, reason);
    }

    /// <summary>Puts bytes that were proved to be the right ones where wrong ones or none are.</summary>
    public async Task PutBackAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => await store.ReplaceAsync(key, content, cancellation);
}
