using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>
/// Makes a registry from a backup (security.md §3.7): 1. objects, each compared with its hash, 2. rows, 3. versions that only the store knows, and publishes that were under way, 4. a check that
/// also writes all documents. Until the check has passed, a marker keeps the registry from being changed. A run that was interrupted is repeated with the same words.
/// </summary>
internal sealed class Restorer(Database database, IObjectStore store, IObjectStore backup, Fsck fsck, Publishing.PublishWorker worker)
{
    private const int Copies = 4;

    private readonly ConcurrentQueue<string> problems = new();
    private long restored;

    /// <exception cref="InvalidOperationException">The place is not empty, or the backup does not fit.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged where nothing can be saved: its manifest or its rows.</exception>
    /// <param name="upgrade">Brings the schema from that of the backup to the newest.</param>
    public async Task<RestoreResult> RunAsync(
        BackupManifest manifest, RestoreOptions options, Func<CancellationToken, Task> upgrade, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var loader = new DatabaseLoader(database, backup);
        var marker = await database.ReadAsync(s => RegistryState.FindAsync<RestoreMarker>(s, RegistryState.Restored), cancellation);
        var resumed = marker?.Backup == manifest.Name;
        var loaded = resumed && marker!.RowsLoaded;
        var isEmpty = await loader.IsEmptyAsync(cancellation);
        if (!isEmpty && !resumed)
        {
            throw new InvalidOperationException("the database is not empty; a backup is restored to an empty place");
        }

        if (!isEmpty && !loaded)
        {
            throw new InvalidOperationException(
                $"the restore of {manifest.Name} was interrupted before it had loaded any rows, and the database has been used since: its rows are not those of the backup; begin again at an empty place");
        }

        if (!options.DatabaseOnly && !resumed && await HasObjectsAsync(cancellation))
        {
            throw new InvalidOperationException("the store is not empty; a backup is restored to an empty place, or with --database-only beside the objects that are there");
        }

        if (isEmpty)
        {
            await RequireSchemaAsync(manifest, cancellation);
        }

        // From here on nobody changes anything.
        await database.ChangeAsync(
            async session =>
            {
                await RegistryState.SetAsync(session, RegistryState.Restored, new RestoreMarker(manifest.Name, session.Now, loaded));
                if (manifest.PublicUrl is { } address)
                {
                    await RegistryState.SetAsync(session, RegistryState.PublicUrl, address);
                }

                return default(Done);
            },
            cancellation);

        // 1. Objects.
        if (!options.DatabaseOnly)
        {
            await CopyAsync(manifest, progress, cancellation);
        }

        // 2. Rows. All or none: an interrupted run finds none.
        var rows = loaded ? manifest.Tables.Sum(t => t.Rows) : await loader.LoadAsync(manifest, progress, cancellation);

        await upgrade(cancellation);

        // 3. What only the store knows; then publishes that waited or were under way, which may depend on it.
        await fsck.RunAsync(new FsckOptions { Adopt = true, Owner = options.Owner, SecondLook = TimeSpan.Zero, Quick = true }, progress, cancellation);
        progress?.Report(new WorkProgress("publishes under way", 0, 0));
        await worker.DrainAsync(cancellation);

        // 4. Everything, and all documents. The marker goes when nothing is left to complain about.
        var check = await fsck.RunAsync(new FsckOptions { Repair = true, Adopt = true, Owner = options.Owner, SecondLook = TimeSpan.Zero }, progress, cancellation);
        return new RestoreResult(manifest, rows, restored, [.. problems], check);
    }

    /// <summary>Puts back immutable objects of a registry in use: those that its store lacks, and those whose bytes are not the ones of the backup, when the database does not contradict.</summary>
    public async Task<RestoreResult> PutBackAsync(BackupManifest manifest, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        await ForEachAsync(
            manifest,
            async (entry, token) =>
            {
                var found = await HashAsync(entry.Key, token);
                if (found == entry.Sha256 || !await IsExpectedAsync(entry, isLost: found is null, token) || await ReadAsync(entry, token) is not { } content
                    || (entry.Key.Bucket == Bucket.Npm && !await IsTarballAsync(entry.Key, content, token)))
                {
                    return;
                }

                await store.ReplaceAsync(entry.Key, content, token);
                Interlocked.Increment(ref restored);
            },
            progress,
            cancellation);
        return new RestoreResult(manifest, 0, restored, [.. problems], null);
    }

    private async Task CopyAsync(BackupManifest manifest, IProgress<WorkProgress>? progress, CancellationToken cancellation) => await ForEachAsync(
        manifest,
        async (entry, token) =>
        {
            if (await ReadAsync(entry, token) is not { } content)
            {
                return;
            }

            switch (await store.CreateAsync(entry.Key, content, token))
            {
                case CreateOutcome.Created:
                    Interlocked.Increment(ref restored);
                    break;
                case CreateOutcome.Conflict:
                    problems.Enqueue($"{entry.Key} was there with other bytes");
                    break;
            }
        },
        progress,
        cancellation);

    private async Task ForEachAsync(BackupManifest manifest, Func<ObjectEntry, CancellationToken, Task> work, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var done = 0L;
        await Parallel.ForEachAsync(
            PartReader.LinesAsync(backup, manifest.Lists, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = Copies, CancellationToken = cancellation },
            async (line, token) =>
            {
                await work(ObjectEntry.Parse(line), token);
                progress?.Report(new WorkProgress("objects", Interlocked.Increment(ref done), manifest.Objects));
            });
    }

    /// <summary>Null, and a problem, when the backup's copy is missing or damaged.</summary>
    private async Task<byte[]?> ReadAsync(ObjectEntry entry, CancellationToken cancellation)
    {
        try
        {
            await using var stored = await backup.OpenAsync(entry.Key, cancellation);
            var content = stored is null ? null : await stored.ReadAllAsync(cancellation);
            if (content is not null && content.Length == entry.Length && Convert.ToHexStringLower(SHA256.HashData(content)) == entry.Sha256)
            {
                return content;
            }

            problems.Enqueue($"{entry.Key} {(content is null ? "is missing from" : "is damaged in")} the backup");
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            problems.Enqueue($"{entry.Key} of the backup cannot be read: {e.Message}");
        }

        return null;
    }

    private async Task<string?> HashAsync(ObjectKey key, CancellationToken cancellation)
    {
        try
        {
            await using var stored = await store.OpenAsync(key, cancellation);
            if (stored is null)
            {
                return null;
            }

            await using var stream = stored.OpenStream();
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            return null; // Not readable is as good as lost.
        }
    }

    /// <summary>Whether the database says that the registry has this object, with these bytes. A manifest of which it has no hash may not replace one that is there.</summary>
    private Task<bool> IsExpectedAsync(ObjectEntry entry, bool isLost, CancellationToken cancellation)
    {
        var parts = entry.Key.Path.Split('/', 4);
        return database.ReadAsync(
            async session => entry.Key.Bucket switch
            {
                Bucket.Modules when parts.Length == 4 => await session.CountAsync(
                    "SELECT COUNT(*) FROM package_files WHERE scope = @scope AND name = @name AND version = @version AND path = @path AND checksum = @checksum",
                    new { scope = parts[0][1..], name = parts[1], version = parts[2], path = "/" + parts[3], checksum = "sha256-" + entry.Sha256 }) > 0,
                Bucket.Modules when parts.Length == 3 => await session.CountAsync(
                    "SELECT COUNT(*) FROM package_versions WHERE scope = @scope AND name = @name AND version = @version AND (meta_sha256 = @hash OR (meta_sha256 IS NULL AND @isLost))",
                    new { scope = parts[0][1..], name = parts[1], version = parts[2].Replace(StoredVersions.MetaSuffix, "", StringComparison.Ordinal), hash = entry.Sha256, isLost }) > 0,
                Bucket.Npm when parts.Length == 4 => true, // The list has another hash than the row: its bytes are compared.
                Bucket.Staging => await session.CountAsync(
                    "SELECT COUNT(*) FROM publishing_tasks WHERE id = @id AND tarball_sha256 = @hash AND status <> 'failure'",
                    new { id = entry.Key.Path.Replace(".tar.gz", "", StringComparison.Ordinal), hash = entry.Sha256 }) > 0,
                Bucket.Docs when parts.Length == 4 => await session.CountAsync(
                    "SELECT COUNT(*) FROM version_docs WHERE scope = @scope AND name = @name AND version = @version AND @file IN (nodes || '.json.gz', pages || '.pages')",
                    new { scope = parts[0][1..], name = parts[1], version = parts[2], file = parts[3] }) > 0,
                _ => false,
            },
            cancellation);
    }

    private Task<bool> IsTarballAsync(ObjectKey key, byte[] content, CancellationToken cancellation)
    {
        var parts = key.Path.Split('/', 4); // "@jsr/scope__name/-/scope__name-version.tgz"
        var split = parts[1].IndexOf("__", StringComparison.Ordinal);
        return split <= 0 ? Task.FromResult(false) : database.ReadAsync(
            async session => await session.CountAsync(
                "SELECT COUNT(*) FROM npm_tarballs WHERE scope = @scope AND name = @name AND version = @version AND sha512 = @hash",
                new { scope = parts[1][..split], name = parts[1][(split + 2)..], version = parts[3][(parts[1].Length + 1)..^4], hash = Convert.ToBase64String(SHA512.HashData(content)) }) > 0,
            cancellation);
    }

    private async Task<bool> HasObjectsAsync(CancellationToken cancellation)
    {
        foreach (var bucket in new[] { Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging })
        {
            await foreach (var _ in store.ListAsync(bucket, "", cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task RequireSchemaAsync(BackupManifest manifest, CancellationToken cancellation)
    {
        var here = await database.ReadAsync(TableCatalogue.ListMigrationsAsync, cancellation);
        if (here.Except(MigrationsFor(manifest)).FirstOrDefault() is { } early)
        {
            throw new InvalidOperationException($"the database has a newer schema than the backup ({early}); give an empty place that no other Kiln has prepared");
        }
    }

    /// <summary>The migrations that bring a database to the schema of the backup.</summary>
    /// <exception cref="InvalidOperationException">The backup is newer than this program.</exception>
    public static IReadOnlyList<string> MigrationsFor(BackupManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var known = Migrator.Scripts(SqlDialect.Sqlite).Select(s => s.Name);
        return manifest.Migrations.Except(known).FirstOrDefault() is { } newer
            ? throw new InvalidOperationException($"the backup was made by a newer Kiln (it has {newer}); use that one")
            : manifest.Migrations;
    }
}
