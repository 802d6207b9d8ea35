using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Packages;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Tar;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>
/// Enters versions that only the store knows into the database (security.md C9): after the restore of an older database, or its loss. What was public keeps its number for ever. A version
/// whose files are whole becomes a version again; of any other at least the number is bound, so that nobody can give it other bytes. Doing it again changes nothing. ADR 17.
/// </summary>
public sealed class Adopter(Database database, IObjectStore store, VersionRebuilder rebuilder) : IDisposable
{
    private static readonly string[] Compared = ["manifest", "exports"];

    /// <summary>Stands for an upload that nobody has any more. No upload has this hash, so the number stays bound.</summary>
    internal const string UnknownUpload = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>
    /// Stands for the upload of a version whose files are whole, and that this program does not build, or builds otherwise. Its number is bound, and it is still unknown: documents that show it
    /// are not written without it.
    /// </summary>
    internal const string RefusedUpload = "0000000000000000000000000000000000000000000000000000000000000001";

    /// <summary>The user who is made when nobody else can own an adopted scope.</summary>
    public const string DefaultOwner = "operator";

    private readonly SemaphoreSlim turn = new(1);
    private Dictionary<(string Scope, string Name, string Version), List<OrphanUpload>>? orphans;

    /// <summary>The login of the user who shall own scopes that have to be made.</summary>
    public string? Owner { get; set; }

    public void Dispose() => turn.Dispose();

    /// <summary>Null when the version is known now, or its number is bound because its files are not whole; else the reason why it is as unknown as before.</summary>
    internal async Task<string?> AdoptAsync(string scope, string name, string version, StoredVersion stored, CancellationToken cancellation)
    {
        if (!ScopeName.TryParse(scope, out _, out var reason) || !PackageName.TryParse(name, out _, out reason))
        {
            return reason;
        }

        // 1. What can be known of it.
        (var facts, reason, var isWhole) = stored.HasMeta ? await ReadAsync(scope, name, version, cancellation) : (null, "it has no manifest", false);
        var shown = facts is null ? null : await FindShownAsync(scope, name, version, cancellation);
        if (facts is { TarballMissing: true })
        {
            await store.CreateAsync(ObjectKeys.NpmTarball(scope, name, version), facts.Tarball, cancellation); // Nobody can have another one: there was none.
        }

        // 2. One transaction: all rows of the version, or the bound number alone.
        ApiError? refused = null; // with the number bound, unlike an error of the transaction
        var result = await database.WriteAsync<Done>(
            async session =>
            {
                if (await TaskExistsAsync(session, scope, name, version))
                {
                    return default(Done); // Somebody was faster.
                }

                if (facts is null)
                {
                    var upload = isWhole ? RefusedUpload : UnknownUpload;
                    if (await session.CountAsync(
                        "SELECT COUNT(*) FROM version_claims WHERE scope = @scope AND name = @name AND version = @version AND state = 'locked' AND tarball_sha256 = @upload",
                        new { scope, name, version, upload }) > 0)
                    {
                        return NotAdopted(reason); // as before
                    }

                    await LockAsync(session, scope, name, version, upload, Guid.Empty);
                    await AuditLog.AppendAsync(session, null, sudo: true, "block_version", new { scope, package = name, version, reason });
                    if (isWhole)
                    {
                        refused = NotAdopted(reason);
                    }

                    return default(Done);
                }

                if (await EnsurePackageAsync(session, scope, name) is { } problem)
                {
                    return problem;
                }

                await InsertAsync(session, scope, name, version, facts, shown);
                return default(Done);
            },
            cancellation);
        return (result.Error ?? refused)?.Message;

        static ApiError NotAdopted(string why) => new(ApiErrors.VersionContentLocked, $"only its number is bound: {why}");
    }

    /// <summary>A publish that has succeeded, for a version whose own is not known.</summary>
    internal static Task InsertTaskAsync(Session session, Guid id, string scope, string name, string version, string upload, DateTimeOffset created) => session.ExecuteAsync(
        """
        INSERT INTO publishing_tasks (id, status, scope, name, version, config_file, tarball_sha256, tarball_size, run_after, created_at, updated_at)
        VALUES (@id, 'success', @scope, @name, @version, '', @upload, 0, @created, @created, @Now)
        """,
        new { id, scope, name, version, upload, created, session.Now });

    internal static Task LockAsync(Session session, string scope, string name, string version, string upload, Guid task) => session.ExecuteAsync(
        """
        INSERT INTO version_claims (scope, name, version, tarball_sha256, state, task_id, created_at, updated_at)
        VALUES (@scope, @name, @version, @upload, 'locked', @task, @Now, @Now)
        ON CONFLICT (scope, name, version) DO UPDATE SET tarball_sha256 = @upload, state = 'locked', task_id = @task, updated_at = @Now
        """,
        new { scope, name, version, upload, task, session.Now });

    private static async Task<bool> TaskExistsAsync(Session session, string scope, string name, string version) => await session.CountAsync(
        "SELECT COUNT(*) FROM publishing_tasks WHERE scope = @scope AND name = @name AND version = @version AND status <> 'failure'", new { scope, name, version }) > 0;

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "npm's document has a field for it; clients verify SHA-512.")]
    private static string Sha1(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(content));

    private static async Task InsertAsync(Session session, string scope, string name, string version, Facts facts, ShownVersion? shown)
    {
        var (parsed, artifacts, created) = (PackageVersion.Parse(version), facts.Artifacts, shown?.CreatedAt ?? facts.StoredAt);
        await VersionStore.InsertAsync(
            session,
            new VersionStore.Row
            {
                Scope = scope, Name = name, Version = version, SortKey = parsed.SortKey, IsPrerelease = parsed.IsPrerelease,
                Exports = Publishing.PublishPipeline.Exports(artifacts.Exports), ReadmePath = artifacts.ReadmePath, UsesNpm = artifacts.UsesNpm, License = artifacts.License,
                SlowTypes = SlowTypesText.Write(artifacts.SlowTypes), MetaSha256 = facts.MetaSha256, CreatedAt = created, UpdatedAt = created,
            });
        if (shown is { IsYanked: true })
        {
            await VersionStore.SetYankedAsync(session, scope, name, version, yanked: true);
        }

        await VersionStore.InsertFilesAsync(session, scope, name, version, artifacts.Files.Select(f => (f.Path.Value, (long)f.Content.Length, "sha256-" + f.Sha256)));
        await VersionStore.InsertDependenciesAsync(
            session, scope, name, version, artifacts.Dependencies.Select(d => new Dependency(d.Kind == RequirementKind.Jsr ? "jsr" : "npm", d.Name, d.Constraint, d.SubPath)));
        await VersionStore.InsertTarballAsync(
            session, scope, name, version, Sha1(facts.Tarball), Convert.ToBase64String(SHA512.HashData(facts.Tarball)), facts.Tarball.Length, artifacts.NpmManifest);
        var (task, upload) = facts.Upload is { } known ? (known.Task, known.Sha256) : (Guid.NewGuid(), UnknownUpload);
        await InsertTaskAsync(session, task, scope, name, version, upload, created);
        if (facts.Upload is { } kept)
        {
            await session.ExecuteAsync("UPDATE publishing_tasks SET config_file = @Config, tarball_size = @Size WHERE id = @Task", new { kept.Config, kept.Size, kept.Task });
        }

        await LockAsync(session, scope, name, version, upload, task);
        await PackageStore.BumpGenerationAsync(session, scope, name);
        await JobStore.AddAsync(session, DocumentationJob.JobKind, JobSubject.Of(scope, name, version));
        await AuditLog.AppendAsync(session, null, sudo: true, "adopt_version", new { scope, package = name, version, tarball = upload, task });
    }

    /// <summary>Makes the scope and the package when they are missing, owned by the operator.</summary>
    private async Task<ApiError?> EnsurePackageAsync(Session session, string scope, string name)
    {
        if (await ScopeStore.FindAsync(session, scope) is null)
        {
            if (await ScopeStore.FindSimilarAsync(session, scope) is { } similar)
            {
                return new ApiError(ApiErrors.ScopeAlreadyExists, $"the scope @{similar.Scope} has nearly the same name");
            }

            var (owner, problem) = await FindOwnerAsync(session);
            if (owner is null)
            {
                return new ApiError(ApiErrors.UserNotFound, problem);
            }

            await ScopeStore.InsertAsync(session, scope, "", owner.Value);
            await ScopeStore.AddMemberAsync(session, scope, owner.Value, isAdmin: true);
            await AuditLog.AppendAsync(session, null, sudo: true, "adopt_scope", new { scope, owner });
        }

        if (await session.FindAsync<string>("SELECT name FROM packages WHERE scope = @scope AND replace(name, '-', '') = replace(@name, '-', '')", new { scope, name }) is not { } existing)
        {
            await PackageStore.InsertAsync(session, scope, name);
            await AuditLog.AppendAsync(session, null, sudo: true, "adopt_package", new { scope, package = name });
            return null;
        }

        return existing == name ? null : new ApiError(ApiErrors.PackageAlreadyExists, $"the package @{scope}/{existing} has nearly the same name");
    }

    private async Task<(Guid? Id, string Problem)> FindOwnerAsync(Session session)
    {
        if (Owner is { } login)
        {
            return await UserStore.FindByLoginAsync(session, login) is { } named ? (named.Id, "") : (null, $"there is no user '{login}'");
        }

        if ((await UserStore.ListAsync(session)).FirstOrDefault(u => u.IsStaff) is { } staff)
        {
            return (staff.Id, "");
        }

        var id = Guid.NewGuid();
        await UserStore.InsertAsync(session, id, DefaultOwner, DefaultOwner, "", isStaff: true, int.MaxValue);
        await AuditLog.AppendAsync(session, null, sudo: true, "create_user", new { user_id = id, login = DefaultOwner, isStaff = true });
        return (id, "");
    }

    /// <summary>Null with a reason when the stored version is not whole, or when it is and this program would have made another one of its files.</summary>
    private async Task<(Facts? Facts, string Reason, bool IsWhole)> ReadAsync(string scope, string name, string version, CancellationToken cancellation)
    {
        var key = ObjectKeys.VersionMeta(scope, name, version);
        if (await store.StatAsync(key, cancellation) is not { } info || await TryReadAsync(key, cancellation) is not { } meta)
        {
            return (null, "its manifest cannot be read", false);
        }

        var (files, missing) = await ReadFilesAsync(scope, name, version, meta, cancellation);
        if (files is null)
        {
            return (null, missing, false);
        }

        var upload = await FindUploadAsync(scope, name, version, meta, cancellation);
        var (artifacts, refusal) = upload is { } found ? (found.Artifacts, "") : await rebuilder.FromFilesAsync(scope, name, version, files, cancellation);
        if (artifacts is null || !SaysTheSame(meta, artifacts.VersionMeta))
        {
            return (null, artifacts is null ? refusal : "this version of the server makes another manifest of its files", true);
        }

        var tarball = await ReadAsync(ObjectKeys.NpmTarball(scope, name, version), cancellation);
        var facts = new Facts(artifacts, Convert.ToHexStringLower(SHA256.HashData(meta)), info.LastModified, tarball ?? artifacts.NpmTarball, tarball is null, upload?.Upload);
        return (facts, "", true);
    }

    /// <summary>The files that the manifest lists; null with a reason when one is missing or differs.</summary>
    private async Task<(IReadOnlyList<PackageFile>? Files, string Reason)> ReadFilesAsync(string scope, string name, string version, byte[] meta, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(meta);
            var files = new List<PackageFile>();
            foreach (var listed in document.RootElement.GetProperty("manifest").EnumerateObject())
            {
                if (!PackagePath.TryParse(listed.Name, out var path) || await TryReadAsync(ObjectKeys.Module(scope, name, version, path.Value), cancellation) is not { } content)
                {
                    return (null, $"{listed.Name} is missing or cannot be read");
                }

                var file = PackageFile.Create(path, content);
                if (listed.Value.GetProperty("checksum").GetString() != "sha256-" + file.Sha256)
                {
                    return (null, $"{listed.Name} has other bytes than its manifest says");
                }

                files.Add(file);
            }

            return (files, "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "its manifest is none");
        }
    }

    private static bool SaysTheSame(byte[] stored, byte[] built)
    {
        using var theirs = JsonDocument.Parse(stored);
        using var ours = JsonDocument.Parse(built);
        return Compared.All(member => theirs.RootElement.TryGetProperty(member, out var value) && JsonElement.DeepEquals(value, ours.RootElement.GetProperty(member)));
    }

    /// <summary>What the package's stored document says about the version: its time, and whether it was yanked.</summary>
    private async Task<ShownVersion?> FindShownAsync(string scope, string name, string version, CancellationToken cancellation)
    {
        if (await TryReadAsync(ObjectKeys.PackageMeta(scope, name), cancellation) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.TryGetProperty("versions", out var versions) && versions.TryGetProperty(version, out var shown)
                ? new ShownVersion(
                    shown.TryGetProperty("createdAt", out var created) && created.TryGetDateTimeOffset(out var time) ? time : null,
                    shown.TryGetProperty("yanked", out var yanked) && yanked.ValueKind == JsonValueKind.True)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An upload without a publish that gives exactly this version.</summary>
    private async Task<(PublishArtifacts Artifacts, OrphanUpload Upload)?> FindUploadAsync(string scope, string name, string version, byte[] meta, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            orphans ??= await ListOrphansAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }

        foreach (var candidate in orphans.GetValueOrDefault((scope, name, version)) ?? [])
        {
            if (await TryReadAsync(ObjectKeys.Staged(candidate.Task.ToString("D")), cancellation) is { } bytes
                && (await rebuilder.BuildAsync(bytes, scope, name, version, candidate.Config, cancellation)).Artifacts is { } artifacts && SaysTheSame(meta, artifacts.VersionMeta))
            {
                return (artifacts, candidate);
            }
        }

        return null;
    }

    /// <summary>Uploads that no publish knows, by what their configuration file says they are.</summary>
    private async Task<Dictionary<(string, string, string), List<OrphanUpload>>> ListOrphansAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<(string, string, string), List<OrphanUpload>>();
        await foreach (var key in store.ListAsync(Bucket.Staging, "", cancellation))
        {
            if (ObjectKeys.TaskOf(key) is not { } task || await database.ReadAsync(s => Publishing.TaskStore.FindAsync(s, task), cancellation) is not null
                || await TryReadAsync(key, cancellation) is not { } bytes)
            {
                continue;
            }

            var tar = await PackageTarReader.ReadAsync(new MemoryStream(bytes, writable: false), TarLimits.Default, cancellation);
            foreach (var (config, scope, name, version) in (tar.Files ?? []).Select(NameIn).OfType<(string, string, string, string)>())
            {
                if (!found.TryGetValue((scope, name, version), out var list))
                {
                    found[(scope, name, version)] = list = [];
                }

                list.Add(new OrphanUpload(task, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, config));
            }
        }

        return found;
    }

    /// <summary>What a configuration file in the root of a package says that it is.</summary>
    private static (string Config, string Scope, string Name, string Version)? NameIn(PackageFile file)
    {
        if (!VersionRebuilder.ConfigurationFiles.Contains(file.Path.Value) || file.Content.Length > 1024 * 1024)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(file.Content, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                && json.RootElement.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String && PackageReference.TryParse(name.GetString(), out var package)
                    ? (file.Path.Value, package.Scope.Value, package.Package.Value, version.GetString()!)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the store has and cannot give is as good as lost. A store that is away is not.</summary>
    private async Task<byte[]?> TryReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(key, cancellation);
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(key, cancellation);
        return stored is null ? null : await stored.ReadAllAsync(cancellation);
    }

    /// <param name="Tarball">As it is stored, or as it is to be stored.</param>
    private sealed record Facts(PublishArtifacts Artifacts, string MetaSha256, DateTimeOffset StoredAt, byte[] Tarball, bool TarballMissing, OrphanUpload? Upload);

    private sealed record ShownVersion(DateTimeOffset? CreatedAt, bool IsYanked);

    private sealed record OrphanUpload(Guid Task, string Sha256, long Size, string Config);
}
