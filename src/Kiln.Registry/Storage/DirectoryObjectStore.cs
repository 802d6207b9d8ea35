using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>
/// Objects as files: <c>DIR/objects/{modules,npm,docs,staging}/…</c>, temporary files in <c>DIR/tmp/</c> on the same file system. A packument <c>@jsr/s__p</c> is the
/// file <c>@jsr/s__p.json</c>, because <c>@jsr/s__p/-/…</c> needs a directory of that name; every other key is its path.
/// </summary>
public sealed class DirectoryObjectStore : IObjectStore, IDisposable
{
    private const int DiskThreads = 8;
    private const int CopyBuffer = 64 * 1024;
    private const long LargestReserve = 1024 * 1024 * 1024;
    private const string PackumentExtension = ".json";

    private readonly PosixCalls calls;
    private readonly DurableFile disk;
    private readonly BlockingIo io = new(DiskThreads);
    private readonly string objects;
    private readonly TemporaryFiles temporary;
    private readonly DocumentLedger ledger;
    private readonly OpenDirectory[] buckets;

    private DirectoryObjectStore(PosixCalls calls, DurableFile disk, string objects, TemporaryFiles temporary)
    {
        ledger = new DocumentLedger(calls, Path.GetDirectoryName(objects) + "/locks");
        this.calls = calls;
        this.disk = disk;
        this.objects = objects;
        this.temporary = temporary;
        buckets = [.. Enum.GetValues<Bucket>().Select(b => new OpenDirectory(calls, $"{objects}/{BucketFolder.Of(b)}"))];
    }

    /// <summary>Opens or creates the store below <paramref name="directory"/> and tests what the file system can do.</summary>
    /// <exception cref="IOException">The place is not writable or cannot keep the promises of <see cref="IObjectStore"/>.</exception>
    public static DirectoryObjectStore Open(string directory) => Open(directory, new PosixCalls());

    internal static DirectoryObjectStore Open(string directory, PosixCalls calls)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The directory store relies on Linux system calls.");
        }

        var root = Path.GetFullPath(directory).TrimEnd('/');
        var objects = root + "/objects";
        var setup = new DurableFile(calls, Placement.Link) { Root = root };
        foreach (var bucket in Enum.GetValues<Bucket>().Where(b => b != Bucket.Backups)) // made with the first backup
        {
            setup.EnsureDirectory($"{objects}/{BucketFolder.Of(bucket)}");
        }

        setup.EnsureDirectory(root + "/tmp");
        var temporary = TemporaryFiles.Open(root + "/tmp");
        var placement = StoreSelfTest.Run(calls, objects, temporary);
        return new DirectoryObjectStore(calls, new DurableFile(calls, placement) { Root = root }, objects, temporary);
    }

    /// <summary>Temporary files of processes that no longer run; returns how many went. Those of living processes are left alone.</summary>
    public int SweepTemporaryFiles() => temporary.SweepAbandoned();

    /// <summary>
    /// security.md §3.5: twice the upload, or a twentieth of the disk, whichever is more. On large disks a gibibyte does: the rest of a twentieth protects nothing.
    /// </summary>
    public bool HasRoomFor(long bytes)
    {
        var disk = new DriveInfo(objects);
        return disk.AvailableFreeSpace >= Math.Max(2 * bytes, Math.Min(disk.TotalSize / 20, LargestReserve));
    }

    /// <summary>How many the next sweep will take.</summary>
    public int CountAbandonedFiles() => temporary.CountAbandoned();

    /// <summary>The file of a key. For tools that read the store from outside; writing there breaks every promise.</summary>
    public string PathOf(ObjectKey key) => $"{objects}/{BucketFolder.Of(key.Bucket)}/{NameOf(key)}";

    public ValueTask<StoredObject?> OpenAsync(ObjectKey key, CancellationToken cancellation) => ValueTask.FromResult(Open(key));

    public ValueTask<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellation) => ValueTask.FromResult(Stat(key));

    public ValueTask<bool> IsVersionAsync(ObjectKey key, string version, CancellationToken cancellation) => ValueTask.FromResult(IsVersion(key, version));

    public ValueTask<byte[]?> ReadRangeAsync(ObjectKey key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (Open(key) is not { } stored)
        {
            return ValueTask.FromResult<byte[]?>(null);
        }

        using var file = stored.File!;
        var bytes = new byte[(int)Math.Clamp(stored.Length - offset, 0, length)];
        for (var at = 0; at < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(at), offset + at);
            if (read == 0)
            {
                throw new EndOfStreamException($"'{key}' is shorter than when it was opened.");
            }

            at += read;
        }

        return ValueTask.FromResult<byte[]?>(bytes);
    }

    public async ValueTask<CreateOutcome> CreateAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        await io.RunAsync(
            () =>
            {
                var outcome = Create(key, content.Span);
                disk.SyncDirectory(Path.GetDirectoryName(PathOf(key))!);
                return outcome;
            },
            cancellation);

    public async Task<IReadOnlyList<CreateOutcome>> CreateAllAsync(IReadOnlyList<NewObject> objects, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var outcomes = await Task.WhenAll(objects.Select(o => io.RunAsync(() => Create(o.Key, o.Content.Span), cancellation)));

        // One fsync for a directory, not one for each file in it.
        var directories = objects.Select(o => Path.GetDirectoryName(PathOf(o.Key))!).Distinct(StringComparer.Ordinal);
        await Task.WhenAll(directories.Select(d => io.RunAsync(
            () =>
            {
                disk.SyncDirectory(d);
                return true;
            },
            cancellation)));
        return outcomes;
    }

    public async Task<Upload> CreateFromStreamAsync(ObjectKey key, Stream content, long limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var temp = temporary.NewPath();
        var target = PathOf(key);
        try
        {
            Upload upload;
            using (var file = File.OpenHandle(temp, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            {
                upload = await CopyAsync(content, file, limit, cancellation);
                if (upload.LimitExceeded)
                {
                    return upload;
                }

                await io.RunAsync(
                    () =>
                    {
                        disk.Sync(file, temp);
                        return true;
                    },
                    cancellation);
            }

            CrashPoint.Hit(CrashPoint.StagingWritten);
            var placed = await io.RunAsync(
                () =>
                {
                    var isNew = disk.PlaceNew(temp, target);
                    disk.SyncDirectory(Path.GetDirectoryName(target)!);
                    return isNew;
                },
                cancellation);
            if (!placed)
            {
                throw new IOException($"'{key}' exists already.");
            }

            CrashPoint.Hit(CrashPoint.StagingLinked);
            return upload;
        }
        finally
        {
            disk.Delete(temp);
        }
    }

    public async ValueTask ReplaceAsync(ObjectKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        await io.RunAsync(
            () =>
            {
                var temp = temporary.NewPath();
                disk.WriteTemporary(temp, content.Span);
                disk.Replace(temp, PathOf(key));
                return true;
            },
            cancellation);

    public async ValueTask<DocumentState> StateAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (Stat(key) is null)
        {
            return default;
        }

        using var alone = await ledger.LockAsync(key, cancellation);
        return StateOf(key, alone);
    }

    public async ValueTask<bool> ReplaceIfAsync(ObjectKey key, ReadOnlyMemory<byte> content, string? expectedVersion, long generation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(generation);
        var path = PathOf(key);
        var temp = temporary.NewPath();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));

        // The slow part, the fsync of the new bytes, needs no lock.
        var next = await io.RunAsync(
            () =>
            {
                disk.WriteTemporary(temp, content.Span);
                var error = calls.Stat(temp, out var status);
                return error == 0 ? status.ToInfo().Version : throw PosixCalls.Failure("stat", temp, error);
            },
            cancellation);
        try
        {
            using var alone = await ledger.LockAsync(key, cancellation);
            return await io.RunAsync(
                () =>
                {
                    var now = StateOf(key, alone);
                    if (now.Version != expectedVersion || now.Generation >= generation)
                    {
                        return false;
                    }

                    DocumentLedger.Write(alone, now, new DocumentState(next, generation, hash)); // A file keeps its version when it is renamed.
                    disk.Replace(temp, path);
                    return true;
                },
                CancellationToken.None);
        }
        finally
        {
            disk.Delete(temp);
        }
    }

    public async ValueTask<bool> DeleteIfAsync(ObjectKey key, string expectedVersion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(expectedVersion);
        using var alone = await ledger.LockAsync(key, cancellation);
        return Stat(key) is not { } info || (info.Version == expectedVersion && (await DeleteAsync(key, cancellation) || true));
    }

    public async ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation) =>
        await io.RunAsync(
            () =>
            {
                var path = PathOf(key);
                if (!disk.Delete(path))
                {
                    return false;
                }

                disk.SyncDirectory(Path.GetDirectoryName(path)!);
                return true;
            },
            cancellation);

    public async IAsyncEnumerable<ObjectKey> ListAsync(Bucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var folder = $"{objects}/{BucketFolder.Of(bucket)}/";

        // The prefix names a folder up to its last slash; enumerate only that.
        var start = folder + prefix[..(prefix.LastIndexOf('/') + 1)];
        if (!Directory.Exists(start))
        {
            yield break;
        }

        await Task.CompletedTask;
        foreach (var file in Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            var path = file[folder.Length..];
            if (bucket == Bucket.Npm && path.EndsWith(PackumentExtension, StringComparison.Ordinal))
            {
                path = path[..^PackumentExtension.Length];
            }

            if (path.StartsWith(prefix, StringComparison.Ordinal) && ObjectKey.TryCreate(bucket, path, out var key))
            {
                yield return key;
            }
        }
    }

    public void Dispose()
    {
        io.Dispose();
        temporary.Dispose();
        Array.ForEach(buckets, b => b.Dispose());
    }

    /// <summary>Below the folder of the bucket.</summary>
    private static string NameOf(ObjectKey key) => IsPackument(key) ? key.Path + PackumentExtension : key.Path;

    private static bool IsPackument(ObjectKey key)
    {
        var path = key.Path.AsSpan();
        return key.Bucket == Bucket.Npm && !path.EndsWith(ObjectKeys.GzipSuffix, StringComparison.Ordinal) && !path.EndsWith(".tgz", StringComparison.Ordinal);
    }

    private static async Task<Upload> CopyAsync(Stream content, SafeFileHandle file, long limit, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            long length = 0;
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, CopyBuffer), cancellation)) > 0)
            {
                if (length + read > limit)
                {
                    return new Upload(limit + 1, "", LimitExceeded: true);
                }

                hash.AppendData(buffer, 0, read);
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), length, cancellation);
                length += read;
            }

            return new Upload(length, Convert.ToHexStringLower(hash.GetHashAndReset()), LimitExceeded: false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ObjectInfo? Stat(ObjectKey key) => IsThere(key, calls.Stat(PathOf(key), out var status), status) ? status.ToInfo() : null;

    private bool IsVersion(ObjectKey key, string version) =>
        IsThere(key, buckets[(int)key.Bucket].Handle is { } bucket ? calls.Stat(bucket, NameOf(key), out var status) : calls.Stat(PathOf(key), out status), status) && status.HasVersion(version);

    private bool IsThere(ObjectKey key, int error, FileStatus status) => error switch
    {
        0 => status.IsRegular,
        PosixCalls.NoEntry or PosixCalls.NotDirectory or PosixCalls.NameTooLong => false,
        _ => throw PosixCalls.Failure("stat", PathOf(key), error),
    };

    /// <summary>Only under the lock of the key.</summary>
    private DocumentState StateOf(ObjectKey key, SafeFileHandle alone) =>
        Stat(key)?.Version is { } version ? DocumentLedger.Find(alone, version) : default;

    private StoredObject? Open(ObjectKey key)
    {
        var path = PathOf(key);
        var error = calls.Open(path, out var handle);
        switch (error)
        {
            case 0:
                break;
            case PosixCalls.NoEntry or PosixCalls.NotDirectory or PosixCalls.NameTooLong:
                return null;
            default:
                throw PosixCalls.Failure("open", path, error);
        }

        error = calls.Stat(handle!, out var status);
        if (error == 0 && status.IsRegular)
        {
            return new StoredObject(status.ToInfo(), handle, null);
        }

        handle!.Dispose();
        return error == 0 ? null : throw PosixCalls.Failure("stat", path, error);
    }

    /// <summary>Without the final fsync of the directory.</summary>
    private CreateOutcome Create(ObjectKey key, ReadOnlySpan<byte> content)
    {
        var temp = temporary.NewPath();
        disk.WriteTemporary(temp, content);
        CrashPoint.Hit(CrashPoint.ObjectWritten);
        var created = disk.PlaceNew(temp, PathOf(key));
        CrashPoint.Hit(CrashPoint.ObjectLinked);
        if (created)
        {
            return CreateOutcome.Created;
        }

        return HasContent(key, content) ? CreateOutcome.AlreadyIdentical : CreateOutcome.Conflict;
    }

    private bool HasContent(ObjectKey key, ReadOnlySpan<byte> content)
    {
        var stored = Open(key) ?? throw new IOException($"'{key}' vanished while it was compared.");
        using var file = stored.File!;
        if (stored.Length != content.Length)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            for (var at = 0; at < content.Length;)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(0, CopyBuffer), at);
                if (read == 0 || at + read > content.Length || !content.Slice(at, read).SequenceEqual(buffer.AsSpan(0, read)))
                {
                    return false;
                }

                at += read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
