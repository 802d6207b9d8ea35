using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Jobs;
using Kiln.Registry.Search;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;

namespace Kiln.Registry.Publishing;

/// <summary>A worker's work on one task: the order of writes of security.md §3.2. Any step may be the last one before the power goes; the next lease starts over.</summary>
public sealed class PublishPipeline(Database database, IObjectStore store, PackageMetadataWriter metadata, DependencyResolver dependencies, LeakedSecrets secrets, BuildPackage build, JobSignal jobs, RegistryOptions options)
{
    /// <summary>Of the files in an npm tarball; the time that npm itself writes. Fixed, so that every attempt and every server gives the same bytes.</summary>
    private static readonly DateTimeOffset TarballTime = new(1985, 10, 26, 8, 15, 0, TimeSpan.Zero);

    /// <summary>
    /// Brings a leased task to <c>success</c>, and says when, or gives the reason for a final <c>failure</c> that the publisher caused. All else is an exception: the attempt failed.
    /// </summary>
    /// <exception cref="TimeoutException">The analysis took longer than <see cref="RegistryOptions.BuildTimeout"/>: nothing was written.</exception>
    /// <exception cref="LeaseLostException">Another worker has the task: nothing more was written.</exception>
    /// <exception cref="ContentConflictException">The store holds other bytes than this version must have.</exception>
    internal async Task<(PublishingTaskError? Error, DateTimeOffset Finished)> RunAsync(TaskStore.Row task, CancellationToken cancellation)
    {
        CrashPoint.Hit(CrashPoint.Leased);
        if (task.Status == "processing")
        {
            // 1. Everything that can be wrong with the package, before anything is written.
            PublishResult result;
            using (RegistryMetrics.Traces.StartActivity("build"))
            {
                result = await BuildAsync(task, cancellation);
            }

            CrashPoint.Hit(CrashPoint.Built);
            if (!result.IsSuccess)
            {
                return (new PublishingTaskError(result.Error.Code, result.Error.Message), default);
            }

            var artifacts = result.Artifacts;
            if (await dependencies.FindProblemAsync(artifacts.Dependencies, cancellation) is { } problem)
            {
                return (new PublishingTaskError(problem.Code, problem.Message), default);
            }

            if (await secrets.FindProblemAsync(task, artifacts.Files, cancellation) is { } leak)
            {
                return (leak, default);
            }

            // 2. From here on the version is bound to this tarball for ever.
            await LockAsync(task, cancellation);
            CrashPoint.Hit(CrashPoint.Locked);

            // 3. Bytes that do not change: modules, npm tarball, and last the manifest that names them.
            NpmTarball tarball;
            string meta;
            using (RegistryMetrics.Traces.StartActivity("write"))
            {
                await WriteModulesAsync(task, artifacts, cancellation);
                CrashPoint.Hit(CrashPoint.ModulesWritten);
                tarball = await WriteTarballAsync(task, artifacts, cancellation);
                CrashPoint.Hit(CrashPoint.TarballWritten);
                meta = await WriteVersionMetaAsync(task, artifacts, cancellation);
                CrashPoint.Hit(CrashPoint.VersionMetaWritten);
            }

            // 4. The version's rows.
            await CommitAsync(task, artifacts, tarball, meta, cancellation);
            CrashPoint.Hit(CrashPoint.Committed);
        }

        // 5. What clients read about the package. Now they see the version.
        long generation;
        using (RegistryMetrics.Traces.StartActivity("show"))
        {
            generation = await metadata.RenderAsync(task.Scope, task.Name, cancellation);
        }

        CrashPoint.Hit(CrashPoint.BeforeSuccess);

        // 6. And only now the publisher hears of it.
        var finished = await FinishAsync(task, generation, cancellation);
        CrashPoint.Hit(CrashPoint.AfterSuccess);
        jobs.Ring();
        return (null, finished);
    }

    internal static string Exports(IEnumerable<PackageExport> exports)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var export in exports)
            {
                json.WriteString(export.Key, export.Target);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private async Task<PublishResult> BuildAsync(TaskStore.Row task, CancellationToken cancellation)
    {
        await using var staged = await store.OpenAsync(ObjectKeys.Staged(task.Id.ToString("D")), cancellation)
            ?? throw new IOException($"The upload of task {task.Id} is not in the store.");
        var bytes = await staged.ReadAllAsync(cancellation);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != task.TarballSha256)
        {
            throw new IOException($"The stored upload of task {task.Id} is not the one that was received.");
        }

        // It runs on a thread of its own. One that looks at no token is left to itself, so that it costs a thread and not the worker's slot.
        return await build(new MemoryStream(bytes, writable: false), RequestFor(task.Scope, task.Name, task.Version, task.ConfigFile, options), cancellation)
            .WaitAsync(options.BuildTimeout, database.Time, cancellation);
    }

    /// <summary>The request that gave a version its bytes, and gives them again.</summary>
    internal static PublishRequest RequestFor(string scope, string name, string version, string configFile, RegistryOptions options) => new(
        ScopeName.Parse(scope), PackageName.Parse(name), PackageVersion.Parse(version), PackagePath.Parse(configFile), options.PublicUrl, TarballTime);

    private async Task LockAsync(TaskStore.Row task, CancellationToken cancellation) => await database.FencedAsync(
        async session =>
        {
            await RequireLeaseAsync(session, task);
            return await TaskStore.LockClaimAsync(session, task) == 1 ? default(Done) : throw new ContentConflictException($"Task {task.Id} has lost its claim on {Name(task)}.");
        },
        cancellation);

    private async Task WriteModulesAsync(TaskStore.Row task, PublishArtifacts artifacts, CancellationToken cancellation)
    {
        var modules = artifacts.Files.Select(f => new NewObject(ObjectKeys.Module(task.Scope, task.Name, task.Version, f.Path.Value), f.Content)).ToList();
        var outcomes = await store.CreateAllAsync(modules, cancellation);
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] == CreateOutcome.Conflict)
            {
                throw new ContentConflictException($"'{modules[i].Key}' holds other bytes than the tarball of {Name(task)}.");
            }
        }
    }

    /// <summary>Adopts the tarball of an earlier attempt, whichever build of the server made it: its hash may be in somebody's lock file.</summary>
    private async Task<NpmTarball> WriteTarballAsync(TaskStore.Row task, PublishArtifacts artifacts, CancellationToken cancellation)
    {
        var key = ObjectKeys.NpmTarball(task.Scope, task.Name, task.Version);
        if (await store.CreateAsync(key, artifacts.NpmTarball, cancellation) != CreateOutcome.Conflict)
        {
            return new NpmTarball(artifacts.NpmSha1, artifacts.NpmSha512, artifacts.NpmTarball.Length);
        }

        var bytes = await ReadAsync(key, cancellation);
        return new NpmTarball(Sha1(bytes), Convert.ToBase64String(SHA512.HashData(bytes)), bytes.Length);
    }

    /// <summary>Likewise adopts, after a look whether it describes the same files and exports: lock files hash these bytes. Gives the hash of those that are stored.</summary>
    private async Task<string> WriteVersionMetaAsync(TaskStore.Row task, PublishArtifacts artifacts, CancellationToken cancellation)
    {
        var key = ObjectKeys.VersionMeta(task.Scope, task.Name, task.Version);
        if (await store.CreateAsync(key, artifacts.VersionMeta, cancellation) != CreateOutcome.Conflict)
        {
            return Convert.ToHexStringLower(SHA256.HashData(artifacts.VersionMeta));
        }

        var stored = await ReadAsync(key, cancellation);
        using var ours = JsonDocument.Parse(artifacts.VersionMeta);
        using var theirs = JsonDocument.Parse(stored);
        foreach (var member in new[] { "manifest", "exports" })
        {
            if (!JsonElement.DeepEquals(ours.RootElement.GetProperty(member), theirs.RootElement.GetProperty(member)))
            {
                throw new ContentConflictException($"'{key}' has another {member} than the tarball of {Name(task)}.");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(stored));
    }

    private async Task CommitAsync(TaskStore.Row task, PublishArtifacts artifacts, NpmTarball tarball, string metaSha256, CancellationToken cancellation) => await database.FencedAsync(
        async session =>
        {
            await RequireLeaseAsync(session, task);
            var version = PackageVersion.Parse(task.Version);
            await VersionStore.InsertAsync(
                session,
                new VersionStore.Row
                {
                    Scope = task.Scope, Name = task.Name, Version = task.Version, SortKey = version.SortKey, IsPrerelease = version.IsPrerelease, UserId = task.UserId,
                    Exports = Exports(artifacts.Exports), ReadmePath = artifacts.ReadmePath, UsesNpm = artifacts.UsesNpm, License = artifacts.License, SlowTypes = SlowTypesText.Write(artifacts.SlowTypes),
                    MetaSha256 = metaSha256, CreatedAt = task.CreatedAt, UpdatedAt = task.CreatedAt,
                });
            await VersionStore.InsertFilesAsync(session, task.Scope, task.Name, task.Version, artifacts.Files.Select(f => (f.Path.Value, (long)f.Content.Length, "sha256-" + f.Sha256)));
            await VersionStore.InsertDependenciesAsync(
                session, task.Scope, task.Name, task.Version,
                artifacts.Dependencies.Select(d => new Dependency(d.Kind == RequirementKind.Jsr ? "jsr" : "npm", d.Name, d.Constraint, d.SubPath)));
            await VersionStore.InsertTarballAsync(
                session, task.Scope, task.Name, task.Version, tarball.Sha1, tarball.Sha512, tarball.Size, artifacts.NpmManifest);
            await PackageStore.BumpGenerationAsync(session, task.Scope, task.Name);
            await AuditLog.AppendAsync(
                session, task.UserId, sudo: false, "publish_version", new { scope = task.Scope, package = task.Name, version = task.Version, tarball = task.TarballSha256, task = task.Id });
            if (await TaskStore.SetProcessedAsync(session, task.Id, task.Lease!) != 1)
            {
                throw new LeaseLostException(task.ToString());
            }

            CrashPoint.Hit(CrashPoint.InsideCommit);
            return default(Done);
        },
        cancellation);

    /// <summary>When, by the clock that said when the task began: the database's.</summary>
    private Task<DateTimeOffset> FinishAsync(TaskStore.Row task, long generation, CancellationToken cancellation) => database.FencedAsync(
        async session =>
        {
            await RequireLeaseAsync(session, task);
            await PackageMetadataWriter.MarkShownAsync(session, task.Scope, task.Name, generation);
            await JobStore.AddAsync(session, DocumentationJob.JobKind, JobSubject.Of(task.Scope, task.Name, task.Version)); // what follows, and delays nobody
            await JobStore.AddAsync(session, PackageSearchJob.JobKind, JobSubject.Of(task.Scope, task.Name));
            return await TaskStore.SetSuccessAsync(session, task.Id, task.Lease!) == 1 ? session.Now : throw new LeaseLostException(task.ToString());
        },
        cancellation);

    private static async Task RequireLeaseAsync(Session session, TaskStore.Row task)
    {
        if (!await TaskStore.HoldsAsync(session, task.Id, task.Lease!))
        {
            throw new LeaseLostException(task.ToString());
        }
    }

    private static string Name(TaskStore.Row task) => $"@{task.Scope}/{task.Name}@{task.Version}";

    private async Task<byte[]> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(key, cancellation) ?? throw new IOException($"'{key}' vanished while it was compared.");
        return await stored.ReadAllAsync(cancellation);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "npm's document has a field for it; clients verify SHA-512.")]
    private static string Sha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));

    /// <param name="Sha1">Lower-case hex.</param>
    /// <param name="Sha512">Base64.</param>
    private sealed record NpmTarball(string Sha1, string Sha512, long Size);
}

/// <summary>Stored bytes contradict the claim on a version. Never the publisher's fault and nothing that another attempt can mend: an operator has to look.</summary>
public sealed class ContentConflictException(string message) : Exception(message);
