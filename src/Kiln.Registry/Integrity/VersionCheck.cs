using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Packages.Publishing;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>One version that the database knows: everything that its rows promise is in the store, byte for byte, and its number is bound to it.</summary>
internal sealed class VersionCheck
{
    private readonly CheckContext context;
    private readonly PackageFacts facts;
    private readonly VersionStore.Row row;
    private readonly StoredVersion stored;
    private readonly TaskStore.Row? task;
    private readonly string subject;

    public VersionCheck(CheckContext context, PackageFacts facts, VersionStore.Row row, StoredVersion stored)
    {
        this.context = context;
        this.facts = facts;
        this.row = row;
        this.stored = stored;
        task = facts.Tasks.GetValueOrDefault(row.Version);
        subject = JobSubject.Of(row.Scope, row.Name, row.Version);
    }

    public async Task RunAsync(FindingList findings, CancellationToken cancellation)
    {
        await CheckMetaAsync(findings, cancellation);
        await CheckFilesAsync(findings, cancellation);
        await CheckTarballAsync(findings, cancellation);
        CheckClaim(findings);
        await CheckDocsAsync(findings, cancellation);
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "npm's document has a field for it; clients verify SHA-512.")]
    private static string Sha1(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(content));

    private async Task CheckMetaAsync(FindingList findings, CancellationToken cancellation)
    {
        var key = ObjectKeys.VersionMeta(row.Scope, row.Name, row.Version);
        byte[]? bytes;
        try
        {
            bytes = await context.ReadAsync(key, cancellation);
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            findings.Add(FindingKinds.VersionMetaDamaged, subject, $"It cannot be read: {e.Message}", PutMetaBackAsync);
            return;
        }

        if (bytes is null)
        {
            findings.Add(FindingKinds.VersionMetaMissing, subject, "The store has no manifest of it.", PutMetaBackAsync);
            return;
        }

        var hash = Sha256(bytes);
        if (row.MetaSha256 is { } recorded && recorded != hash)
        {
            findings.Add(FindingKinds.VersionMetaDamaged, subject, $"Its SHA-256 is {hash}, not {recorded}.", PutMetaBackAsync);
            return;
        }

        if (DifferenceOf(bytes) is { } difference)
        {
            // Without a recorded hash nobody can say which of the two is right, except a build.
            findings.Add(
                row.MetaSha256 is null ? FindingKinds.VersionMetaDamaged : FindingKinds.ManifestMismatch, subject, difference, row.MetaSha256 is null ? PutMetaBackAsync : token => TakeManifestAsync(bytes, token));
        }
        else if (row.MetaSha256 is null)
        {
            findings.Add(FindingKinds.VersionMetaUnrecorded, subject, "The hash of its manifest is not recorded.", token => RecordAsync(hash, token));
        }
    }

    /// <summary>In which way the manifest says something else than the rows; null when they agree.</summary>
    private string? DifferenceOf(byte[] meta)
    {
        try
        {
            using var document = JsonDocument.Parse(meta);
            using var exports = JsonDocument.Parse(row.Exports);
            var listed = document.RootElement.GetProperty("manifest").EnumerateObject()
                .ToDictionary(f => f.Name, f => (Size: f.Value.GetProperty("size").GetInt64(), Checksum: f.Value.GetProperty("checksum").GetString()!));
            var files = facts.Files[row.Version].ToDictionary(f => f.Path);
            foreach (var (path, file) in listed)
            {
                if (!files.Remove(path, out var known) || known.Size != file.Size || known.Checksum != file.Checksum)
                {
                    return $"The manifest lists {path} otherwise than the database.";
                }
            }

            return files.Count > 0 ? $"The manifest lacks {files.Keys.First()}."
                : JsonElement.DeepEquals(document.RootElement.GetProperty("exports"), exports.RootElement) ? null
                : "The manifest has other exports than the database.";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return "The manifest cannot be read.";
        }
    }

    private async Task CheckFilesAsync(FindingList findings, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            facts.Files[row.Version],
            new ParallelOptions { MaxDegreeOfParallelism = CheckContext.Readers, CancellationToken = cancellation },
            async (file, token) =>
            {
                var key = ObjectKeys.Module(row.Scope, row.Name, row.Version, file.Path);
                try
                {
                    if (await context.LookAsync(key, token) is not { } found)
                    {
                        findings.Add(FindingKinds.ModuleMissing, subject + file.Path, "It is not in the store.", t => PutFileBackAsync(key, file, t));
                    }
                    else if (found.Length != file.Size)
                    {
                        findings.Add(FindingKinds.ModuleDamaged, subject + file.Path, $"It has {found.Length} bytes, not {file.Size}.", t => PutFileBackAsync(key, file, t));
                    }
                    else if (found.Sha256.Length > 0 && "sha256-" + found.Sha256 != file.Checksum)
                    {
                        findings.Add(FindingKinds.ModuleDamaged, subject + file.Path, $"Its checksum is sha256-{found.Sha256}, not {file.Checksum}.", t => PutFileBackAsync(key, file, t));
                    }
                }
                catch (IOException e) when (e is not StoreUnavailableException)
                {
                    findings.Add(FindingKinds.ModuleDamaged, subject + file.Path, $"It cannot be read: {e.Message}", t => PutFileBackAsync(key, file, t));
                }
            });
        var known = facts.Files[row.Version].Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in stored.Files.Where(p => !known.Contains(p)))
        {
            findings.Add(FindingKinds.FileOrphan, subject + path, "The version does not have this file.");
        }
    }

    private async Task CheckTarballAsync(FindingList findings, CancellationToken cancellation)
    {
        if (!facts.Tarballs.TryGetValue(row.Version, out var tarball))
        {
            findings.Add(FindingKinds.NpmHashesMissing, subject, "The database has no hashes of its npm tarball.", AddHashesAsync);
            return;
        }

        var key = ObjectKeys.NpmTarball(row.Scope, row.Name, row.Version);
        try
        {
            if (context.Options.Quick)
            {
                if (await context.LookAsync(key, cancellation) is not { } look)
                {
                    findings.Add(FindingKinds.NpmTarballMissing, subject, "The store has no npm tarball of it.", t => PutTarballBackAsync(key, tarball, t));
                }
                else if (look.Length != tarball.Size)
                {
                    findings.Add(FindingKinds.NpmTarballDamaged, subject, $"It has {look.Length} bytes, not {tarball.Size}.", t => PutTarballBackAsync(key, tarball, t));
                }

                return;
            }

            if (await context.ReadAsync(key, cancellation) is not { } bytes)
            {
                findings.Add(FindingKinds.NpmTarballMissing, subject, "The store has no npm tarball of it.", t => PutTarballBackAsync(key, tarball, t));
            }
            else if (bytes.Length != tarball.Size || Convert.ToBase64String(SHA512.HashData(bytes)) != tarball.Sha512 || Sha1(bytes) != tarball.Sha1)
            {
                findings.Add(FindingKinds.NpmTarballDamaged, subject, "Its hashes are not those of the packument.", t => PutTarballBackAsync(key, tarball, t));
            }
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            findings.Add(FindingKinds.NpmTarballDamaged, subject, $"It cannot be read: {e.Message}", t => PutTarballBackAsync(key, tarball, t));
        }
    }

    private void CheckClaim(FindingList findings)
    {
        if (task is null)
        {
            findings.Add(FindingKinds.TaskMissing, subject, "No successful publish of it is recorded.", AddTaskAsync);
        }

        if (!facts.Claims.TryGetValue(row.Version, out var claim) || claim.State != "locked")
        {
            findings.Add(FindingKinds.ClaimMissing, subject, claim is null ? "There is no claim on its number." : "The claim on its number is not locked.", LockAsync);
        }
        else if (task is not null && task.TarballSha256 != claim.TarballSha256)
        {
            findings.Add(FindingKinds.ClaimMismatch, subject, $"Published was the upload {task.TarballSha256}, claimed is {claim.TarballSha256}.");
        }
    }

    private async Task CheckDocsAsync(FindingList findings, CancellationToken cancellation)
    {
        var documenting = facts.Documenting.Contains(row.Version);
        if (!facts.Docs.TryGetValue(row.Version, out var docs))
        {
            if (!documenting && task is not { Status: not "success" })
            {
                findings.Add(FindingKinds.DocsNotQueued, subject, "It has no documentation, and none is queued.", QueueDocsAsync);
            }

            foreach (var key in stored.Docs.Where(_ => !documenting))
            {
                findings.Add(FindingKinds.DocsOrphan, key.ToString(), "Nothing refers to it.", t => DeleteAsync(key, t));
            }

            return;
        }

        var (nodes, pages) = (ObjectKeys.DocNodes(row.Scope, row.Name, row.Version, docs.Nodes), ObjectKeys.DocPages(row.Scope, row.Name, row.Version, docs.Pages));
        foreach (var (key, hash) in new[] { (nodes, docs.Nodes), (pages, docs.Pages) })
        {
            try
            {
                if (await context.LookAsync(key, cancellation) is not { } found)
                {
                    findings.Add(FindingKinds.DocsMissing, key.ToString(), "It is not in the store.", QueueDocsAsync);
                }
                else if (found.Sha256.Length > 0 && !found.Sha256.StartsWith(hash, StringComparison.Ordinal))
                {
                    findings.Add(FindingKinds.DocsDamaged, key.ToString(), $"Its SHA-256 begins {found.Sha256[..hash.Length]}.", t => RenderAgainAsync(key, t));
                }
            }
            catch (IOException e) when (e is not StoreUnavailableException)
            {
                findings.Add(FindingKinds.DocsDamaged, key.ToString(), $"It cannot be read: {e.Message}", t => RenderAgainAsync(key, t));
            }
        }

        foreach (var key in stored.Docs.Where(k => k != nodes && k != pages && !documenting))
        {
            findings.Add(FindingKinds.DocsOrphan, key.ToString(), "Nothing refers to it.", t => DeleteAsync(key, t));
        }
    }

    private async Task<string?> PutFileBackAsync(ObjectKey key, PackageFacts.FileRow file, CancellationToken cancellation)
    {
        var (artifacts, reason) = await context.RebuildAsync(task, cancellation);
        if (artifacts?.Files.FirstOrDefault(f => f.Path.Value == file.Path) is not { } right)
        {
            return artifacts is null ? reason : "the upload has no such file";
        }

        if ("sha256-" + right.Sha256 != file.Checksum)
        {
            return "the upload has other bytes under this name";
        }

        await context.PutBackAsync(key, right.Content, cancellation);
        return null;
    }

    private async Task<string?> PutMetaBackAsync(CancellationToken cancellation)
    {
        var (artifacts, reason) = await context.RebuildAsync(task, cancellation);
        if (artifacts is null)
        {
            return reason;
        }

        var hash = Sha256(artifacts.VersionMeta);
        if (row.MetaSha256 is { } recorded && recorded != hash)
        {
            return "this version of the server writes the manifest differently";
        }

        if (DifferenceOf(artifacts.VersionMeta) is { } difference)
        {
            return difference;
        }

        await context.PutBackAsync(ObjectKeys.VersionMeta(row.Scope, row.Name, row.Version), artifacts.VersionMeta, cancellation);
        return row.MetaSha256 is null ? await RecordAsync(hash, cancellation) : null;
    }

    private async Task<string?> PutTarballBackAsync(ObjectKey key, PackageFacts.TarballRow tarball, CancellationToken cancellation)
    {
        var (artifacts, reason) = await context.RebuildAsync(task, cancellation);
        if (artifacts is null)
        {
            return reason;
        }

        if (artifacts.NpmSha512 != tarball.Sha512)
        {
            return "this version of the server builds other JavaScript; lock files know the old bytes";
        }

        await context.PutBackAsync(key, artifacts.NpmTarball, cancellation);
        return null;
    }

    private async Task<string?> AddHashesAsync(CancellationToken cancellation)
    {
        var (artifacts, reason) = await context.RebuildAsync(task, cancellation);
        if (artifacts is null)
        {
            return reason;
        }

        // What is stored may be pinned by lock files, so it decides; only where nothing is, the build does.
        var key = ObjectKeys.NpmTarball(row.Scope, row.Name, row.Version);
        var bytes = await context.ReadAsync(key, cancellation);
        if (bytes is null)
        {
            await context.Store.CreateAsync(key, bytes = artifacts.NpmTarball, cancellation);
        }

        await ChangeAsync(
            async session =>
            {
                await VersionStore.InsertTarballAsync(session, row.Scope, row.Name, row.Version, Sha1(bytes), Convert.ToBase64String(SHA512.HashData(bytes)), bytes.Length, artifacts.NpmManifest);
                await PackageStore.BumpGenerationAsync(session, row.Scope, row.Name);
            },
            cancellation);
        return null;
    }

    private Task<string?> TakeManifestAsync(byte[] meta, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(meta);
        var files = document.RootElement.GetProperty("manifest").EnumerateObject()
            .Select(f => (f.Name, f.Value.GetProperty("size").GetInt64(), f.Value.GetProperty("checksum").GetString()!)).ToList();
        var exports = document.RootElement.GetProperty("exports").GetRawText();
        return ChangeAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM package_files WHERE scope = @Scope AND name = @Name AND version = @Version", row);
                await VersionStore.InsertFilesAsync(session, row.Scope, row.Name, row.Version, files);
                await session.ExecuteAsync(
                    "UPDATE package_versions SET exports = @exports WHERE scope = @Scope AND name = @Name AND version = @Version", new { exports, row.Scope, row.Name, row.Version });
            },
            cancellation);
    }

    private Task<string?> RecordAsync(string hash, CancellationToken cancellation) => ChangeAsync(
        session => session.ExecuteAsync(
            "UPDATE package_versions SET meta_sha256 = @hash WHERE scope = @Scope AND name = @Name AND version = @Version AND meta_sha256 IS NULL", new { hash, row.Scope, row.Name, row.Version }),
        cancellation);

    private Task<string?> AddTaskAsync(CancellationToken cancellation) => ChangeAsync(
        session => Adopter.InsertTaskAsync(
            session, Guid.NewGuid(), row.Scope, row.Name, row.Version, facts.Claims.GetValueOrDefault(row.Version)?.TarballSha256 ?? Adopter.UnknownUpload, row.CreatedAt),
        cancellation);

    private Task<string?> LockAsync(CancellationToken cancellation) => ChangeAsync(
        session => Adopter.LockAsync(session, row.Scope, row.Name, row.Version, task?.TarballSha256 ?? Adopter.UnknownUpload, task?.Id ?? Guid.Empty), cancellation);

    private Task<string?> QueueDocsAsync(CancellationToken cancellation) => ChangeAsync(
        async session =>
        {
            await session.ExecuteAsync("DELETE FROM version_docs WHERE scope = @Scope AND name = @Name AND version = @Version", row);
            await JobStore.AddAsync(session, DocumentationJob.JobKind, subject);
        },
        cancellation);

    private async Task<string?> RenderAgainAsync(ObjectKey key, CancellationToken cancellation)
    {
        await context.Store.DeleteAsync(key, cancellation); // Its name is taken by wrong bytes.
        return await QueueDocsAsync(cancellation);
    }

    private async Task<string?> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        await context.Store.DeleteAsync(key, cancellation);
        return null;
    }

    private async Task<string?> ChangeAsync(Func<Session, Task> change, CancellationToken cancellation)
    {
        await context.Database.ChangeAsync(
            async session =>
            {
                await change(session);
                return default(Done);
            },
            cancellation);
        return null;
    }
}
