using System.IO.Compression;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>One package: its rows, its objects and its documents agree.</summary>
internal sealed class PackageCheck(CheckContext context, Adopter adopter, string scope, string name)
{
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string subject = JobSubject.Of(scope, name);

    public async Task RunAsync(FindingList findings, CancellationToken cancellation)
    {
        // 1. The store first: what is listed there and committed a moment later is a version that the rows know. The other way round it would look unknown.
        var stored = await StoredVersions.ListAsync(context.Store, scope, name, cancellation);
        var facts = await context.Database.SnapshotAsync(s => PackageFacts.ReadAsync(s, scope, name), cancellation);

        // 2. Every version that the database knows.
        foreach (var (version, row) in facts.Versions)
        {
            context.CountVersion();
            await new VersionCheck(context, facts, row, stored.Versions.GetValueOrDefault(version) ?? new StoredVersion()).RunAsync(findings, cancellation);
        }

        // 3. Every version that only the store or the tasks know.
        foreach (var (version, objects) in stored.Versions.Where(v => !facts.Versions.ContainsKey(v.Key)))
        {
            CheckUnknown(facts, version, objects, findings);
        }

        foreach (var task in facts.Tasks.Values.Where(t => t.Status == "success" && !facts.Versions.ContainsKey(t.Version) && !facts.IsTombstoned(t.Version)))
        {
            findings.Add(FindingKinds.PublishLost, JobSubject.Of(scope, name, task.Version), $"Task {task.Id} published it, but the database has no such version.", token => RepublishAsync(task, token));
        }

        foreach (var key in stored.Strange)
        {
            findings.Add(FindingKinds.FileOrphan, key.ToString(), "It belongs to no version of the package.");
        }

        // 4. What clients read about the package. Where one publish follows the other, some document is always a moment behind: it counts when nothing changed while it was compared.
        for (var attempt = 1; ; attempt++)
        {
            var before = await GenerationsAsync(cancellation);
            var seen = new FindingList();
            await CheckDocumentsAsync(facts, stored, seen, cancellation);
            if (attempt == Attempts || seen.All.Count == 0 || (before.Shown == before.Meta && before == await GenerationsAsync(cancellation)))
            {
                findings.AddAll(seen);
                return;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private Task<(long Meta, long Shown)> GenerationsAsync(CancellationToken cancellation) => context.Database.ReadAsync(
        async session => await session.FindAsync<PackageFacts.PackageRow>("SELECT scope, name, meta_gen, shown_gen FROM packages WHERE scope = @scope AND name = @name", new { scope, name }) is { } row
            ? (row.MetaGen, row.ShownGen)
            : (0L, 0L),
        cancellation);

    private void CheckUnknown(PackageFacts facts, string version, StoredVersion objects, FindingList findings)
    {
        var versionSubject = JobSubject.Of(scope, name, version);
        foreach (var key in objects.Docs.Where(_ => !facts.Documenting.Contains(version)))
        {
            findings.Add(FindingKinds.DocsOrphan, key.ToString(), $"The database has no version {version}.", token => DeleteAsync(key, token));
        }

        if (!objects.IsPublic)
        {
            return;
        }

        if (facts.IsTombstoned(version))
        {
            if (facts.IsBeingRemoved(version))
            {
                return;
            }

            findings.Add(FindingKinds.TombstoneObjects, versionSubject, "It was deleted, but its files can still be read.", token => DeletePublicAsync(version, objects, token));
            return;
        }

        if (facts.Tasks.ContainsKey(version))
        {
            return; // Being published, or lost, which is found by its task.
        }

        Task<string?> AdoptAsync(CancellationToken token) => adopter.AdoptAsync(scope, name, version, objects, token);
        if (facts.LockedUpload(version) is { } upload && upload != Adopter.RefusedUpload)
        {
            var adopted = upload == Adopter.UnknownUpload;
            findings.Add(
                FindingKinds.VersionUnfinished, versionSubject,
                adopted ? "Only its number is bound, because its content was not whole." : $"Its number is bound to the upload with the SHA-256 {upload}.",
                adopted && objects.HasMeta ? AdoptAsync : null); // Its files may have been put back since.
            return;
        }

        findings.Add(
            objects.HasMeta ? FindingKinds.VersionUnknown : FindingKinds.ObjectOrphan,
            versionSubject,
            objects.HasMeta ? $"The store has its manifest and {objects.Files.Count} files; the database has nothing." : $"The store has {objects.Files.Count} files{(objects.HasTarball ? " and an npm tarball" : "")}.",
            AdoptAsync);
    }

    private async Task CheckDocumentsAsync(PackageFacts facts, StoredVersions stored, FindingList findings, CancellationToken cancellation)
    {
        if (await context.Metadata.ComposeAsync(scope, name, cancellation) is not { } documents)
        {
            if (facts.Versions.Count == 0 && !facts.IsBeingRemoved("") && await context.Store.StatAsync(ObjectKeys.PackageMeta(scope, name), cancellation) is not null)
            {
                // Whatever it shows is in the store or was deleted; documents without a version are nobody's.
                var waits = stored.Versions.Any(v => v.Value.IsPublic && !facts.IsTombstoned(v.Key));
                findings.Add(FindingKinds.PackageMetaWrong, subject, "It has documents but no version.", waits ? null : DropDocumentsAsync);
            }

            return;
        }

        // A version that the documents may show must not vanish from them because its rows are not there yet (I2).
        var waiting = facts.Versions.Keys.Where(v => !facts.Tarballs.ContainsKey(v))
            .Concat(facts.Tasks.Values.Where(t => t.Status == "success" && !facts.Versions.ContainsKey(t.Version) && !facts.IsTombstoned(t.Version)).Select(t => t.Version))
            .Concat(stored.Versions.Where(v => v.Value.HasMeta && !facts.Versions.ContainsKey(v.Key) && !facts.IsTombstoned(v.Key)
                && facts.LockedUpload(v.Key) is null or Adopter.RefusedUpload).Select(v => v.Key)).ToList();
        Func<CancellationToken, Task<string?>> repair = waiting.Count == 0
            ? WriteDocumentsAsync
            : _ => Task.FromResult<string?>($"the database does not know all about {string.Join(", ", waiting.Take(5))}, which the documents would lose: that has to be repaired first, perhaps by kiln fsck --adopt");

        var shows = false;
        async Task CompareAsync(FindingKind kind, ObjectKey key, byte[]? expected, bool compressed = false)
        {
            byte[]? found;
            try
            {
                found = await context.ReadAsync(key, cancellation);
            }
            catch (IOException e) when (e is not StoreUnavailableException)
            {
                shows = true;
                findings.Add(kind, key.ToString(), $"It cannot be read: {e.Message}", repair);
                return;
            }

            var content = found is not null && compressed ? Decompress(found, expected!.Length) : found;
            if (content is null ? expected is not null || found is not null : expected is null || !content.AsSpan().SequenceEqual(expected))
            {
                shows = true;
                findings.Add(kind, key.ToString(), found is null ? "It is not in the store." : expected is null ? "It should not be there." : "It does not show what the database says.", repair);
            }
        }

        await CompareAsync(FindingKinds.PackageMetaWrong, ObjectKeys.PackageMeta(scope, name), documents.Meta);
        await CompareAsync(FindingKinds.PackumentWrong, ObjectKeys.Packument(scope, name), documents.Packument);
        await CompareAsync(FindingKinds.GzipTwinWrong, ObjectKeys.Gzip(ObjectKeys.Packument(scope, name)), documents.Packument, compressed: true);
        await CompareAsync(FindingKinds.PackumentWrong, ObjectKeys.InstallPackument(scope, name), documents.Install);
        await CompareAsync(FindingKinds.GzipTwinWrong, ObjectKeys.Gzip(ObjectKeys.InstallPackument(scope, name)), documents.Install, compressed: true);
        await CompareAsync(FindingKinds.PackumentWrong, ObjectKeys.LatestManifest(scope, name), documents.Latest);

        // The last step of a publish notes it; one that never comes to it is a task that hangs, and found as such.
        var noting = facts.Tasks.Values.Any(t => t.Status == "processed");
        if (!shows && !noting && facts.Package is { } row && row.ShownGen < row.MetaGen)
        {
            findings.Add(FindingKinds.GenerationBehind, subject, $"Change {row.MetaGen} is not noted as shown; {row.ShownGen} is the last one.", repair);
        }
    }

    /// <summary>Null when it is no gzip or holds more than it should.</summary>
    private static byte[]? Decompress(byte[] content, int expected)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
            var bytes = new byte[expected + 1];
            var length = gzip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<string?> WriteDocumentsAsync(CancellationToken cancellation)
    {
        await context.Metadata.RebuildAsync(scope, name, cancellation);
        return null;
    }

    private async Task<string?> DropDocumentsAsync(CancellationToken cancellation)
    {
        foreach (var key in ObjectKeys.PackageDocuments(scope, name))
        {
            await context.Store.DeleteAsync(key, cancellation);
        }

        return null;
    }

    private async Task<string?> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        await context.Store.DeleteAsync(key, cancellation);
        return null;
    }

    private async Task<string?> DeletePublicAsync(string version, StoredVersion objects, CancellationToken cancellation)
    {
        await context.Store.DeleteAsync(ObjectKeys.VersionMeta(scope, name, version), cancellation);
        await context.Store.DeleteAsync(ObjectKeys.NpmTarball(scope, name, version), cancellation);
        foreach (var path in objects.Files)
        {
            await context.Store.DeleteAsync(ObjectKeys.Module(scope, name, version, path), cancellation);
        }

        return null;
    }

    /// <summary>A worker does the rest: the same upload gives the same bytes, and finds those that are there.</summary>
    private async Task<string?> RepublishAsync(Publishing.TaskStore.Row task, CancellationToken cancellation)
    {
        var (artifacts, reason) = await context.RebuildAsync(task, cancellation);
        if (artifacts is null)
        {
            return reason;
        }

        await context.Database.ChangeAsync(
            session => session.ExecuteAsync(
                "UPDATE publishing_tasks SET status = 'pending', attempt = 0, run_after = @Now, updated_at = @Now WHERE id = @Id AND status = 'success'", new { task.Id, session.Now }),
            cancellation);
        return null;
    }
}
