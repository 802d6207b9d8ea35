using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiln.Registry.Downloads;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiln.Server.Gateway;

/// <param name="ETag">Strong and quoted: the SHA-256 of the content.</param>
/// <param name="LastModified">UTC.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Version">The store's version of the object that was read.</param>
/// <param name="Content">Null for an object too large to keep; its bytes are in <see cref="CachedObject.Stored"/>.</param>
internal sealed record CachedEntry(string ETag, DateTimeOffset LastModified, long Length, string Version, byte[]? Content)
{
    /// <summary>As the header has it: formatted once for an entry, not once for a request.</summary>
    public string LastModifiedText { get; } = LastModified.ToString("r", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Set by every use, cleared by every sweep: what is not used between two sweeps goes.</summary>
    public bool Used;

    /// <summary>When the store last had the object, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long SeenAt = Environment.TickCount64;

    /// <summary>Counts the downloads of the object; null until it is first served.</summary>
    public DownloadTally? Tally;
}

/// <summary>An entry and, for a large object, the open object that the caller has to dispose.</summary>
/// <param name="FromMemory">No bytes were read for it.</param>
internal readonly record struct CachedObject(CachedEntry Entry, StoredObject? Stored, bool FromMemory = false);

/// <summary>
/// The hot small objects, and the hash of every object that was served. Immutable objects are answered without touching the disk, but once a minute the store is asked whether it still has
/// them: staff of the registry may have deleted the version, in another process. A mutable one is compared with the store's version first, so a publish is visible to the next request. What differs for remote stores stands in the other part of this class.
/// </summary>
internal sealed partial class ObjectCache
{
    /// <summary>Bytes of content.</summary>
    public const long DefaultCapacity = 64 * 1024 * 1024;

    private const int LargestContent = 256 * 1024;
    private const int EntryOverhead = 512;

    /// <summary>Milliseconds for which an immutable object is taken to be there.</summary>
    private const long Trust = 60_000;

    private readonly IObjectStore store;
    private readonly ILogger log;
    private readonly long capacity;
    private readonly ConcurrentDictionary<ObjectKey, CachedEntry> entries = new();
    private long size;
    private int sweeping;

    public ObjectCache(IObjectStore store, long capacity = DefaultCapacity, RemoteLimits? remote = null, ILogger? log = null)
    {
        this.log = log ?? NullLogger.Instance;
        this.store = store;
        this.capacity = capacity;
        limits = remote ?? new RemoteLimits();
        store.Changed += Forget;
    }

    /// <summary>Null when there is no such object.</summary>
    /// <exception cref="StoreUnavailableException">A remote store does not answer, and nothing that may be shown instead is in memory.</exception>
    public ValueTask<CachedObject?> GetAsync(ObjectKey key, bool immutable, CancellationToken cancellation) =>
        store.IsRemote ? GetRemoteAsync(key, immutable, cancellation) : GetLocalAsync(key, immutable, cancellation);

    private async ValueTask<CachedObject?> GetLocalAsync(ObjectKey key, bool immutable, CancellationToken cancellation)
    {
        if (entries.TryGetValue(key, out var entry))
        {
            entry.Used = true;
            if (entry.Content is not null
                && (immutable ? await IsThereAsync(key, entry, cancellation) : await store.IsVersionAsync(key, entry.Version, cancellation)))
            {
                return new CachedObject(entry, null, FromMemory: true);
            }
        }

        var stored = await store.OpenAsync(key, cancellation);
        if (stored is null)
        {
            Remove(key);
            return null;
        }

        var keepOpen = false;
        try
        {
            if (entry is not null && entry.Content is null && entry.Version == stored.Version)
            {
                keepOpen = true;
                return new CachedObject(entry, stored);
            }

            entry = await ReadAsync(stored, cancellation);
            Add(key, entry);
            if (entry.Content is not null)
            {
                return new CachedObject(entry, null);
            }

            keepOpen = true;
            return new CachedObject(entry, stored);
        }
        finally
        {
            if (!keepOpen)
            {
                await stored.DisposeAsync();
            }
        }
    }

    private async ValueTask<bool> IsThereAsync(ObjectKey key, CachedEntry entry, CancellationToken cancellation)
    {
        var now = Environment.TickCount64;
        if (now - entry.SeenAt < Trust)
        {
            return true;
        }

        try
        {
            if (!await store.IsVersionAsync(key, entry.Version, cancellation))
            {
                return false;
            }
        }
        catch (IOException)
        {
            // A store that does not answer has deleted nothing: what is in memory is served on.
        }

        entry.SeenAt = now;
        return true;
    }

    private static async Task<CachedEntry> ReadAsync(StoredObject stored, CancellationToken cancellation)
    {
        if (stored.Length <= LargestContent)
        {
            var content = await stored.ReadAllAsync(cancellation);
            return new CachedEntry(Tag(SHA256.HashData(content)), stored.LastModified, content.Length, stored.Version, content);
        }

        if (stored.File is { } file)
        {
            return new CachedEntry(Tag(await HashAsync(file, cancellation)), stored.LastModified, stored.Length, stored.Version, null);
        }

        var hash = stored.Info.Sha256 is { } known ? Convert.FromHexString(known) : await SHA256.HashDataAsync(stored.Body!, cancellation);
        return new CachedEntry(Tag(hash), stored.LastModified, stored.Length, stored.Version, null);
    }

    private static async Task<byte[]> HashAsync(Microsoft.Win32.SafeHandles.SafeFileHandle file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long at = 0;
            int read;
            while ((read = await RandomAccess.ReadAsync(file, buffer, at, cancellation)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                at += read;
            }

            return hash.GetHashAndReset();
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Tag(byte[] sha256) => $"\"{Convert.ToHexStringLower(sha256)}\"";

    private static long Cost(CachedEntry entry) => EntryOverhead + (entry.Content?.Length ?? 0);

    private void Add(ObjectKey key, CachedEntry entry)
    {
        Remove(key);
        if (entries.TryAdd(key, entry) && Interlocked.Add(ref size, Cost(entry)) > capacity)
        {
            Sweep();
        }
    }

    private void Remove(ObjectKey key)
    {
        if (entries.TryRemove(key, out var old))
        {
            Interlocked.Add(ref size, -Cost(old));
        }
    }

    /// <summary>Second chance: first what was not used since the last sweep, then whatever comes, until a quarter is free.</summary>
    private void Sweep()
    {
        if (Interlocked.Exchange(ref sweeping, 1) != 0)
        {
            return;
        }

        try
        {
            var target = capacity - (capacity / 4);
            for (var pass = 0; pass < 2 && Volatile.Read(ref size) > target; pass++)
            {
                foreach (var (key, entry) in entries)
                {
                    if (entry.Used && pass == 0)
                    {
                        entry.Used = false;
                        continue;
                    }

                    Remove(key);
                    if (Volatile.Read(ref size) <= target)
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }
}
