using System.IO.Compression;
using System.Text.Json;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Npm;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Replaces a package's <c>meta.json</c> and packuments by what the database says (security.md §3.2 step 7). Writers of one package take turns in this process; the
/// generation catches what another process changed meanwhile. So the last document written shows all that was committed before.
/// </summary>
public sealed class PackageMetadataWriter(Database database, IObjectStore store, RegistryOptions options)
{
    // Striped: two packages may share a lock, which only costs time.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Writes the documents and notes in the database that they are up to date.</summary>
    public async Task WriteAsync(string scope, string name, CancellationToken cancellation)
    {
        var generation = await RenderAsync(scope, name, cancellation);
        await database.FencedAsync(session => MarkShownAsync(session, scope, name, generation), cancellation);
    }

    /// <summary>Writes the documents; gives the generation that they show.</summary>
    internal async Task<long> RenderAsync(string scope, string name, CancellationToken cancellation)
    {
        var turn = turns[(uint)HashCode.Combine(scope, name) % turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var facts = await ReadAsync(scope, name, cancellation);
                if (facts is null)
                {
                    return 0;
                }

                await (facts.Versions.Count == 0 ? DeleteDocumentsAsync(scope, name, cancellation) : WriteDocumentsAsync(facts, cancellation));
                var now = await database.ReadAsync(s => GenerationAsync(s, scope, name), cancellation);
                if (now == facts.Generation)
                {
                    return facts.Generation;
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    internal static Task<int> MarkShownAsync(Session session, string scope, string name, long generation) => session.ExecuteAsync(
        "UPDATE packages SET shown_gen = @generation WHERE scope = @scope AND name = @name AND shown_gen < @generation", new { scope, name, generation });

    /// <summary>Packages whose documents are older than their facts: somebody died or failed in between.</summary>
    internal static async Task<IReadOnlyList<(string Scope, string Name)>> ListNotShownAsync(Session session, int limit) =>
    [
        .. (await session.ListAsync<PackageRow>(
            "SELECT scope, name FROM packages WHERE shown_gen < meta_gen ORDER BY scope, name LIMIT @limit", new { limit })).Select(r => (r.Scope, r.Name)),
    ];

    private static Task<long> GenerationAsync(Session session, string scope, string name) =>
        session.CountAsync("SELECT meta_gen FROM packages WHERE scope = @scope AND name = @name", new { scope, name });

    private static byte[] Compress(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    private Task<Facts?> ReadAsync(string scope, string name, CancellationToken cancellation) => database.SnapshotAsync(
        async session =>
        {
            if (await session.FindAsync<PackageRow>(
                """
                SELECT p.*, r.owner AS repository_owner, r.name AS repository_name FROM packages p LEFT JOIN github_repositories r ON r.id = p.github_repository_id
                WHERE p.scope = @scope AND p.name = @name
                """,
                new { scope, name }) is not { } package)
            {
                return null;
            }

            var versions = await session.ListAsync<VersionRow>(
                """
                SELECT v.version, v.is_yanked, v.created_at, t.sha1, t.sha512, t.dependencies, t.manifest
                FROM package_versions v JOIN npm_tarballs t ON t.scope = v.scope AND t.name = v.name AND t.version = v.version
                WHERE v.scope = @scope AND v.name = @name
                """,
                new { scope, name });
            return new Facts(package, versions);
        },
        cancellation);

    private async Task WriteDocumentsAsync(Facts facts, CancellationToken cancellation)
    {
        var (scope, name) = (facts.Package.Scope, facts.Package.Name);
        var reference = new PackageReference(ScopeName.Parse(scope), PackageName.Parse(name));
        var versions = facts.Versions.Select(v => (Row: v, Version: PackageVersion.Parse(v.Version))).ToList();

        var meta = PackageMeta.Write(
            reference, versions.Select(v => new PackageMetaVersion(v.Version, v.Row.IsYanked, v.Row.CreatedAt)), facts.Package.Repository);
        await store.ReplaceAsync(ObjectKeys.PackageMeta(scope, name), meta, cancellation);
        CrashPoint.Hit(CrashPoint.PackageMetaWritten);

        var package = new PackumentPackage(
            reference,
            facts.Package.Description,
            facts.Package.Repository,
            facts.Package.CreatedAt,
            facts.Package.UpdatedAt,
            [.. versions.Select(v => new PackumentVersion(v.Version, v.Row.IsYanked, v.Row.CreatedAt, v.Row.Sha1, v.Row.Sha512, v.Row.ReadManifest()))]);
        var full = Packument.Write(package, options.EffectiveNpmUrl);
        var install = Packument.WriteAbbreviated(package, options.EffectiveNpmUrl);
        await Task.WhenAll(
            store.ReplaceAsync(ObjectKeys.Packument(scope, name), full, cancellation).AsTask(),
            store.ReplaceAsync(ObjectKeys.Gzip(ObjectKeys.Packument(scope, name)), Compress(full), cancellation).AsTask(),
            store.ReplaceAsync(ObjectKeys.InstallPackument(scope, name), install, cancellation).AsTask(),
            store.ReplaceAsync(ObjectKeys.Gzip(ObjectKeys.InstallPackument(scope, name)), Compress(install), cancellation).AsTask());
        await (Packument.WriteLatest(package, options.EffectiveNpmUrl) is { } latest
            ? store.ReplaceAsync(ObjectKeys.LatestManifest(scope, name), latest, cancellation)
            : new ValueTask(store.DeleteAsync(ObjectKeys.LatestManifest(scope, name), cancellation).AsTask()));
        CrashPoint.Hit(CrashPoint.PackumentWritten);
    }

    /// <summary>A package without versions has no documents (registry.md §1.5). They are there only when its last version has been deleted.</summary>
    private async Task DeleteDocumentsAsync(string scope, string name, CancellationToken cancellation)
    {
        foreach (var key in ObjectKeys.PackageDocuments(scope, name))
        {
            await store.DeleteAsync(key, cancellation);
        }
    }

    private sealed record Facts(PackageRow Package, IReadOnlyList<VersionRow> Versions)
    {
        public long Generation => Package.MetaGen;
    }

    private sealed class PackageRow
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        public long MetaGen { get; set; }

        public string? RepositoryOwner { get; set; }

        public string? RepositoryName { get; set; }

        public LinkedRepository? Repository => RepositoryOwner is null ? null : new LinkedRepository(RepositoryOwner, RepositoryName!);

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }
    }

    private sealed class VersionRow
    {
        public string Version { get; set; } = "";

        public bool IsYanked { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public string Sha1 { get; set; } = "";

        public string Sha512 { get; set; } = "";

        public string Dependencies { get; set; } = "{}";

        public string? Manifest { get; set; }

        /// <summary>Versions from before the column have dependencies and nothing else.</summary>
        public NpmManifest ReadManifest() =>
            Manifest is null ? new NpmManifest { Dependencies = [.. JsonSerializer.Deserialize<Dictionary<string, string>>(Dependencies)!] } : NpmManifest.FromJson(Manifest);
    }
}
