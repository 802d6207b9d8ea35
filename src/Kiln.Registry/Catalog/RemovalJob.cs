using Kiln.Registry.Data;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Catalog;

/// <summary>
/// Deletes the objects of a version or a package whose rows are gone. First the documents stop naming it, then its bytes go: nobody may resolve to a version whose files are missing.
/// Killed anywhere, the next attempt goes on; the rows that say that nothing may come back are there already.
/// </summary>
public sealed class RemovalJob(Database database, IObjectStore store, PackageMetadataWriter metadata) : IJobHandler
{
    internal const string JobKind = "removal";

    public string Kind => JobKind;

    public int Revision => 1;

    /// <summary>Nothing: a deletion queues it in its own transaction.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (scope, name, version) = JobSubject.Parse(job.Subject);
        return version is null ? await RemovePackageAsync(scope, name, cancellation) : await RemoveVersionAsync(scope, name, version, cancellation);
    }

    private async Task<string?> RemoveVersionAsync(string scope, string name, string version, CancellationToken cancellation)
    {
        // 1. Is it really gone, and gone for ever?
        var (isGone, uploads) = await database.SnapshotAsync(
            async session => (
                await VersionStore.FindAsync(session, scope, name, version) is null && await TombstoneStore.BlocksVersionAsync(session, scope, name, version),
                await TaskStore.ListIdsAsync(session, scope, name, version)),
            cancellation);
        if (!isGone)
        {
            return "The version exists.";
        }

        // 2. Nobody is told of it any more.
        await metadata.WriteAsync(scope, name, cancellation);

        // 3. Its manifest, its bytes, what was made of them, and the upload itself.
        await store.DeleteAsync(ObjectKeys.VersionMeta(scope, name, version), cancellation);
        await DeleteAllAsync(Bucket.Modules, $"@{scope}/{name}/{version}/", cancellation);
        await store.DeleteAsync(ObjectKeys.NpmTarball(scope, name, version), cancellation);
        await DeleteAllAsync(Bucket.Docs, $"@{scope}/{name}/{version}/", cancellation);
        foreach (var upload in uploads)
        {
            await store.DeleteAsync(ObjectKeys.Staged(upload.ToString("D")), cancellation);
        }

        return null;
    }

    /// <summary>What failed publishes left of a package that never had a version, and so no documents.</summary>
    private async Task<string?> RemovePackageAsync(string scope, string name, CancellationToken cancellation)
    {
        if (!await database.ReadAsync(s => TombstoneStore.BlocksPackageAsync(s, scope, name), cancellation))
        {
            return "The name may come back, and with it files that are not to be deleted.";
        }

        await DeleteAllAsync(Bucket.Modules, $"@{scope}/{name}/", cancellation);
        await DeleteAllAsync(Bucket.Npm, $"@jsr/{scope}__{name}/", cancellation);
        await DeleteAllAsync(Bucket.Docs, $"@{scope}/{name}/", cancellation);
        return null;
    }

    private async Task DeleteAllAsync(Bucket bucket, string prefix, CancellationToken cancellation)
    {
        // Listed to the end first: not every store can list what is being deleted.
        var keys = new List<ObjectKey>();
        await foreach (var key in store.ListAsync(bucket, prefix, cancellation))
        {
            keys.Add(key);
        }

        foreach (var key in keys)
        {
            await store.DeleteAsync(key, cancellation);
        }
    }
}
