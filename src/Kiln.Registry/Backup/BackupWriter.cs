using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kiln.Packages.Versions;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>
/// Copies a registry while it runs (security.md §3.7): 1. one snapshot of all rows, 2. all objects, of which only those are copied that the place lacks, 3. the manifest. Objects only grow, so
/// every row of the snapshot has its objects. Documents that change are not copied: they are made from the rows.
/// </summary>
internal sealed class BackupWriter(Database database, IObjectStore source, IObjectStore target)
{
    private const int Copies = 4;

    /// <summary>After this an unfinished backup is nobody's any more.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly ConcurrentQueue<string> problems = new();
    private long copied;
    private long copiedBytes;

    public async Task<BackupResult> RunAsync(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var started = database.Time.GetUtcNow();
        var name = NameOf(started);
        var known = await ReadKnownAsync(cancellation);

        // 1. The database, first.
        var (tables, migrations, publicUrl, versions) = await DumpAsync(name, progress, cancellation);

        // 2. Manifests before files: whatever manifest is seen has all its files, and these are listed afterwards.
        var manifests = new HashSet<ObjectKey>();
        await foreach (var key in source.ListAsync(Bucket.Modules, "", cancellation))
        {
            if (IsVersionMeta(key))
            {
                manifests.Add(key);
            }
        }

        var (lists, objects, bytes, present) = await CopyAsync(name, manifests, known, progress, cancellation);

        // 3. Versions of the snapshot without a manifest: deleted meanwhile, or a loss that has to be told.
        var deleted = new List<string>();
        foreach (var (scope, package, version) in versions.Where(v => !present.Contains(ObjectKeys.VersionMeta(v.Scope, v.Name, v.Version))))
        {
            var subject = $"@{scope}/{package}@{version}";
            if (await database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM package_versions WHERE scope = @scope AND name = @package AND version = @version", new { scope, package, version }), cancellation) == 0)
            {
                deleted.Add(subject);
            }
            else
            {
                problems.Enqueue($"{subject} has no manifest in the store: run kiln fsck");
            }
        }

        // 4. Now it is a backup.
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, name, started, database.Dialect.Name, publicUrl, migrations, tables, lists, objects, bytes, deleted);
        if (await target.CreateAsync(ObjectKeys.BackupManifest(name), manifest.Write(), cancellation) != CreateOutcome.Created)
        {
            throw new IOException($"There is a backup '{name}' already.");
        }

        await DropUnfinishedAsync(cancellation);
        return new BackupResult(manifest, copied, copiedBytes, [.. problems]);
    }

    /// <summary>The names of the complete backups at a place, newest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(IObjectStore place, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var key in place.ListAsync(Bucket.Backups, "", cancellation))
        {
            if (key.Path.EndsWith(".json", StringComparison.Ordinal) && !key.Path.Contains('/', StringComparison.Ordinal))
            {
                names.Add(key.Path[..^".json".Length]);
            }
        }

        return [.. names.OrderDescending(StringComparer.Ordinal)];
    }

    private static string NameOf(DateTimeOffset time) =>
        time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));

    private static bool IsVersionMeta(ObjectKey key)
    {
        var parts = key.Path.Split('/', 4);
        return parts.Length == 3 && parts[2].EndsWith(StoredVersions.MetaSuffix, StringComparison.Ordinal) && PackageVersion.TryParse(parts[2][..^StoredVersions.MetaSuffix.Length], out _);
    }

    /// <summary>The version that a file or an npm tarball belongs to; null for anything else.</summary>
    private static (string Scope, string Name, string Version)? VersionOf(ObjectKey key)
    {
        var parts = key.Path.Split('/', 4);
        return (key.Bucket, parts.Length) switch
        {
            (Bucket.Modules, 4) when PackageVersion.TryParse(parts[2], out _) => (parts[0][1..], parts[1], parts[2]),
            (Bucket.Npm, 4) when parts[3].EndsWith(".tgz", StringComparison.Ordinal) && parts[1].Split("__", 2) is [var scope, var name]
                && parts[3].Length > parts[1].Length + 5 && PackageVersion.TryParse(parts[3][(parts[1].Length + 1)..^4], out var version) => (scope, name, version.Value),
            _ => null,
        };
    }

    /// <summary>All public objects of a version, its manifest first; none when it has no manifest yet.</summary>
    private async Task<IReadOnlyList<ObjectKey>> ListVersionAsync(string scope, string package, string version, CancellationToken cancellation)
    {
        var meta = ObjectKeys.VersionMeta(scope, package, version);
        if (await source.StatAsync(meta, cancellation) is null)
        {
            return [];
        }

        var keys = new List<ObjectKey> { meta, ObjectKeys.NpmTarball(scope, package, version) };
        await foreach (var key in source.ListAsync(Bucket.Modules, $"@{scope}/{package}/{version}/", cancellation))
        {
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>What changes is made again from the rows.</summary>
    private static bool IsDocument(ObjectKey key) =>
        key.Bucket is Bucket.Modules or Bucket.Npm && ObjectPolicies.For(key).CacheControl != ObjectPolicies.Immutable;

    private async Task<(List<BackupTable> Tables, IReadOnlyList<string> Migrations, string? PublicUrl, List<(string Scope, string Name, string Version)> Versions)> DumpAsync(
        string name, IProgress<WorkProgress>? progress, CancellationToken cancellation) => await database.SnapshotAsync(
        async session =>
        {
            var (tables, versions) = (new List<BackupTable>(), new List<(string, string, string)>());
            var shapes = await TableCatalogue.ReadAsync(session);
            foreach (var shape in shapes)
            {
                progress?.Report(new WorkProgress($"table {shape.Name}", tables.Count, shapes.Count));
                using var writer = new PartWriter(target, part => ObjectKeys.BackupTable(name, shape.Name, part), cancellation);
                var rows = 0L;
                var columns = string.Join(", ", shape.Columns.Select(c => $"\"{c.Name}\""));
                await foreach (var row in session.StreamAsync($"SELECT {columns} FROM \"{shape.Name}\""))
                {
                    RowCodec.Write(writer.Lines, row, shape.Columns);
                    await writer.FlushWhenFullAsync();
                    rows++;
                }

                tables.Add(new BackupTable(
                    shape.Name, [.. shape.Columns.Select(c => new BackupColumn(c.Name, c.Kind.ToString().ToLowerInvariant()))], rows, await writer.FinishAsync()));
            }

            await foreach (var row in session.StreamAsync("SELECT scope, name, version FROM package_versions"))
            {
                versions.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
            }

            return (tables, await TableCatalogue.ListMigrationsAsync(session), await RegistryState.FindAsync<string>(session, RegistryState.PublicUrl), versions);
        },
        cancellation);

    private async Task<(IReadOnlyList<BackupPart> Lists, long Objects, long Bytes, HashSet<ObjectKey> Present)> CopyAsync(
        string name, HashSet<ObjectKey> manifests, Dictionary<ObjectKey, (long Length, string Sha256)> known, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var writer = new PartWriter(target, part => ObjectKeys.BackupList(name, part), cancellation);
        var present = new HashSet<ObjectKey>();
        var (late, written) = (new HashSet<(string Scope, string Name, string Version)>(), new HashSet<ObjectKey>());
        var (objects, bytes) = (0L, 0L);

        // Versions that were being published during the two listings: most are whole by now, and then come along as such. The others bind their numbers when the backup is restored.
        async Task CompleteAsync()
        {
            foreach (var (scope, package, version) in late)
            {
                foreach (var key in await ListVersionAsync(scope, package, version, cancellation))
                {
                    if (written.Add(key) && await CopyAsync(key, known, cancellation) is { } entry)
                    {
                        writer.Lines.Write(Encoding.UTF8.GetBytes(entry.ToLine()));
                        await writer.FlushWhenFullAsync();
                        (objects, bytes) = (objects + 1, bytes + entry.Length);
                    }
                }
            }
        }

        foreach (var bucket in new[] { Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging })
        {
            // A few at a time; the list is written in whatever order they are done.
            await foreach (var chunk in ChunkAsync(bucket, manifests, cancellation))
            {
                var entries = new ConcurrentQueue<ObjectEntry>();
                await Parallel.ForEachAsync(
                    chunk,
                    new ParallelOptions { MaxDegreeOfParallelism = Copies, CancellationToken = cancellation },
                    async (key, token) =>
                    {
                        if (await CopyAsync(key, known, token) is { } entry)
                        {
                            entries.Enqueue(entry);
                        }
                    });
                foreach (var entry in entries)
                {
                    writer.Lines.Write(Encoding.UTF8.GetBytes(entry.ToLine()));
                    await writer.FlushWhenFullAsync();
                    (objects, bytes) = (objects + 1, bytes + entry.Length);
                    if (manifests.Contains(entry.Key))
                    {
                        present.Add(entry.Key);
                    }
                    else if (VersionOf(entry.Key) is { } of && !manifests.Contains(ObjectKeys.VersionMeta(of.Scope, of.Name, of.Version)))
                    {
                        late.Add(of);
                        written.Add(entry.Key);
                    }
                }

                progress?.Report(new WorkProgress("objects", objects, 0));
            }

            if (bucket == Bucket.Npm)
            {
                await CompleteAsync();
            }
        }

        return (await writer.FinishAsync(), objects, bytes, present);
    }

    private async IAsyncEnumerable<List<ObjectKey>> ChunkAsync(Bucket bucket, HashSet<ObjectKey> manifests, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int Chunk = 256;
        var chunk = new List<ObjectKey>(Chunk);
        await foreach (var key in source.ListAsync(bucket, "", cancellation))
        {
            if (IsDocument(key) || (bucket == Bucket.Modules && IsVersionMeta(key) && !manifests.Contains(key)))
            {
                continue; // The second: a version that came after the list of manifests. Not all of its files may have been seen.
            }

            chunk.Add(key);
            if (chunk.Count == Chunk)
            {
                yield return chunk;
                chunk = new List<ObjectKey>(Chunk);
            }
        }

        yield return chunk;
    }

    private async Task<ObjectEntry?> CopyAsync(ObjectKey key, Dictionary<ObjectKey, (long Length, string Sha256)> known, CancellationToken cancellation)
    {
        if (known.TryGetValue(key, out var before) && (await target.StatAsync(key, cancellation))?.Length == before.Length)
        {
            return new ObjectEntry(key, before.Length, before.Sha256);
        }

        if (await ReadAsync(key, cancellation) is not { } content)
        {
            return null;
        }

        var outcome = await target.CreateAsync(key, content, cancellation);
        if (outcome == CreateOutcome.Conflict)
        {
            problems.Enqueue($"{key} has other bytes than the copy of an earlier backup, which is kept: run kiln fsck");
            var kept = await target.OpenAsync(key, cancellation) ?? throw new IOException($"'{key}' vanished from the backup.");
            await using (kept)
            {
                content = await kept.ReadAllAsync(cancellation);
            }
        }
        else if (outcome == CreateOutcome.Created)
        {
            Interlocked.Increment(ref copied);
            Interlocked.Add(ref copiedBytes, content.Length);
        }

        return new ObjectEntry(key, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Null when the registry has none, and with a problem when it has one and cannot give it: all else is still worth a backup.</summary>
    private async Task<byte[]?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        try
        {
            await using var stored = await source.OpenAsync(key, cancellation);
            return stored is null
                ? null // Old documentation, or the upload of a publish that failed meanwhile. A version's loss is seen by its manifest.
                : await stored.ReadAllAsync(cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not StoreUnavailableException)
        {
            problems.Enqueue($"{key} cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>What the newest complete backup at the place lists: it need not be read again.</summary>
    private async Task<Dictionary<ObjectKey, (long Length, string Sha256)>> ReadKnownAsync(CancellationToken cancellation)
    {
        var known = new Dictionary<ObjectKey, (long, string)>();
        if (await ListAsync(target, cancellation) is not [var newest, ..] || await ReadManifestAsync(target, newest, cancellation) is not { } manifest)
        {
            return known;
        }

        await foreach (var line in PartReader.LinesAsync(target, manifest.Lists, cancellation))
        {
            var entry = ObjectEntry.Parse(line);
            known[entry.Key] = (entry.Length, entry.Sha256);
        }

        return known;
    }

    internal static async Task<BackupManifest?> ReadManifestAsync(IObjectStore place, string name, CancellationToken cancellation)
    {
        await using var stored = await place.OpenAsync(ObjectKeys.BackupManifest(name), cancellation);
        return stored is null ? null : BackupManifest.Read(await stored.ReadAllAsync(cancellation));
    }

    /// <summary>Dumps without a manifest, of runs that were killed. Objects that they copied are found by the next run.</summary>
    private async Task DropUnfinishedAsync(CancellationToken cancellation)
    {
        var complete = (await ListAsync(target, cancellation)).ToHashSet(StringComparer.Ordinal);
        var bound = NameOf(database.Time.GetUtcNow() - Abandoned);
        await foreach (var key in target.ListAsync(Bucket.Backups, "", cancellation))
        {
            var slash = key.Path.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && !complete.Contains(key.Path[..slash]) && string.CompareOrdinal(key.Path[..slash], bound) < 0)
            {
                await target.DeleteAsync(key, cancellation);
            }
        }
    }
}
