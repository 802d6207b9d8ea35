using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
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
/// Replaces a package's <c>meta.json</c> and packuments by what the database says (security.md §3.2 step 7, ADR 0016). Every stored document carries the generation of the facts
/// that it shows. A writer reads facts in one snapshot, leaves alone what shows them already or shows newer ones, replaces the rest only if it is still what it looked at, and at the end asks the
/// database whether its facts are still the newest. So nothing that was committed can be covered by an older document for longer than somebody lives to see it, whatever process slept where.
/// </summary>
public sealed class PackageMetadataWriter(Database database, IObjectStore store, RegistryOptions options)
{
    /// <summary>Replacements that lost to somebody else before the attempt is given up. Each loss means that another writer got through.</summary>
    private const int MaxLosses = 200;

    /// <summary>How many sweeps look again at what was written.</summary>
    private const int Looks = 3;

    private readonly ConcurrentDictionary<(string Scope, string Name), int> recent = new();

    // Writers of one package in this process take turns, so that they do not race each other. Striped: two packages may share a lock, which only costs time.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Makes the documents show what the database says, and notes in the database that they do.</summary>
    public async Task WriteAsync(string scope, string name, CancellationToken cancellation)
    {
        var generation = await RenderAsync(scope, name, cancellation);
        await database.FencedAsync(session => MarkShownAsync(session, scope, name, generation), cancellation);
    }

    /// <summary>Writes the documents again whatever generation they claim to show: for repairs of damaged bytes, and after a change of what is written.</summary>
    public async Task RebuildAsync(string scope, string name, CancellationToken cancellation)
    {
        await database.ChangeAsync(session => PackageStore.BumpGenerationAsync(session, scope, name), cancellation);
        await WriteAsync(scope, name, cancellation);
    }

    /// <summary>True when every document shows the newest facts, and none is there that they leave out. Costs one look at each, no reading.</summary>
    public async Task<bool> IsShownAsync(string scope, string name, CancellationToken cancellation)
    {
        if (await ReadAsync(scope, name, cancellation) is not { } facts)
        {
            return true;
        }

        foreach (var key in ObjectKeys.PackageDocuments(scope, name))
        {
            var state = await store.StateAsync(key, cancellation);
            if (facts.Has(key) ? state.Generation < facts.Generation : state.Version is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Looks again at what this process has written lately, and writes what somebody has covered since: a process that slept between its look and its write, and died right after it (ADR 0016).
    /// Gives the number of packages that were mended.
    /// </summary>
    /// <exception cref="AggregateException">Some packages could not be mended; all others were.</exception>
    public Task<int> RecheckAsync(CancellationToken cancellation) => MendAsync([], cancellation);

    /// <param name="behind">Packages that are known to show old facts; they are written first.</param>
    /// <inheritdoc cref="RecheckAsync"/>
    internal async Task<int> MendAsync(IReadOnlyCollection<(string Scope, string Name)> behind, CancellationToken cancellation)
    {
        var mended = 0;
        var failures = new List<Exception>();
        foreach (var package in behind.Union(recent.Keys))
        {
            try
            {
                mended += await MendAsync(package, isBehind: behind.Contains(package), cancellation) ? 1 : 0;
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or StoreUnavailableException or DatabaseUnavailableException))
            {
                failures.Add(e); // One package must not keep the others from being mended. A store or database that is away is no package's fault, and ends the pass.
            }
        }

        return failures.Count == 0 ? mended : throw new AggregateException("Documents of packages could not be written.", failures);
    }

    /// <summary>Writes the documents; gives the generation that they show.</summary>
    internal async Task<long> RenderAsync(string scope, string name, CancellationToken cancellation)
    {
        var turn = turns[(uint)HashCode.Combine(scope, name) % turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            var raised = false;
            while (true)
            {
                // 1. Generation and versions of one moment.
                var facts = await ReadAsync(scope, name, cancellation);
                if (facts is null)
                {
                    return 0;
                }

                if (facts.Generation == 0)
                {
                    await database.ChangeAsync(session => RaiseAsync(session, scope, name, 1), cancellation); // Rows that no publish has made.
                    continue;
                }

                recent[(scope, name)] = Looks;

                // 2. Each document, unless it shows these facts or newer ones.
                var (newest, isForked) = await WriteDocumentsAsync(facts, cancellation);

                // 3. Facts that changed meanwhile may have been shown by somebody before, and covered by us just now.
                var now = await database.ReadAsync(s => GenerationAsync(s, scope, name), cancellation);
                if (newest > now || (isForked && !raised))
                {
                    // A document from another history: the database was restored from a backup, or the package is a new one under an old name. Its count goes on from there. Also of two
                    // programs that write the same facts differently; so only once, or they would never agree who was last.
                    raised |= newest <= now;
                    await database.ChangeAsync(session => RaiseAsync(session, scope, name, Math.Max(newest, now) + 1), cancellation);
                }
                else if (now == facts.Generation)
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

    private async Task<bool> MendAsync((string Scope, string Name) package, bool isBehind, CancellationToken cancellation)
    {
        var looks = recent.GetValueOrDefault(package);
        if (isBehind || !await IsShownAsync(package.Scope, package.Name, cancellation))
        {
            await WriteAsync(package.Scope, package.Name, cancellation);
            return true;
        }

        if (looks > 1)
        {
            recent.TryUpdate(package, looks - 1, looks);
        }
        else
        {
            recent.TryRemove(KeyValuePair.Create(package, looks));
        }

        return false;
    }

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
                FROM package_versions v LEFT JOIN npm_tarballs t ON t.scope = v.scope AND t.name = v.name AND t.version = v.version
                WHERE v.scope = @scope AND v.name = @name
                """,
                new { scope, name });
            return new Facts(package, versions);
        },
        cancellation);

    private static Task<int> RaiseAsync(Session session, string scope, string name, long generation) => session.ExecuteAsync(
        "UPDATE packages SET meta_gen = @generation WHERE scope = @scope AND name = @name AND meta_gen < @generation", new { scope, name, generation });

    /// <summary>What the package's documents have to say now; null for a package that is unknown or has no versions, which has none.</summary>
    internal async Task<PackageDocuments?> ComposeAsync(string scope, string name, CancellationToken cancellation) =>
        await ReadAsync(scope, name, cancellation) is { Versions.Count: > 0 } facts ? Compose(facts) : null;

    private PackageDocuments Compose(Facts facts)
    {
        var reference = new PackageReference(ScopeName.Parse(facts.Package.Scope), PackageName.Parse(facts.Package.Name));
        var versions = facts.Versions.Select(v => (Row: v, Version: PackageVersion.Parse(v.Version))).ToList();
        var package = new PackumentPackage(
            reference,
            facts.Package.Description,
            facts.Package.Repository,
            facts.Package.CreatedAt,
            facts.Package.UpdatedAt,
            [
                .. versions.Where(v => v.Row.Sha1 is not null) // else a row is lost, and a check mends it; Deno needs none
                    .Select(v => new PackumentVersion(v.Version, v.Row.IsYanked, v.Row.CreatedAt, v.Row.Sha1!, v.Row.Sha512, v.Row.ReadManifest())),
            ]);
        return new PackageDocuments(
            PackageMeta.Write(reference, versions.Select(v => new PackageMetaVersion(v.Version, v.Row.IsYanked, v.Row.CreatedAt)), facts.Package.Repository),
            Packument.Write(package, options.EffectiveNpmUrl),
            Packument.WriteAbbreviated(package, options.EffectiveNpmUrl),
            Packument.WriteLatest(package, options.EffectiveNpmUrl));
    }

    /// <summary>In the order of writing: what Deno reads first, then npm's four forms and the latest version's manifest.</summary>
    private List<Document> Render(Facts facts)
    {
        var (scope, name) = (facts.Package.Scope, facts.Package.Name);
        if (facts.Versions.Count == 0)
        {
            // A package without versions has no documents (registry.md §1.5). They are there only when its last version has been deleted.
            return [.. ObjectKeys.PackageDocuments(scope, name).Select(key => new Document(key, null))];
        }

        var documents = Compose(facts);
        return
        [
            new Document(ObjectKeys.PackageMeta(scope, name), documents.Meta),
            new Document(ObjectKeys.Packument(scope, name), documents.Packument),
            new Document(ObjectKeys.Gzip(ObjectKeys.Packument(scope, name)), Compress(documents.Packument)),
            new Document(ObjectKeys.InstallPackument(scope, name), documents.Install),
            new Document(ObjectKeys.Gzip(ObjectKeys.InstallPackument(scope, name)), Compress(documents.Install)),
            new Document(ObjectKeys.LatestManifest(scope, name), documents.Latest),
        ];
    }

    /// <summary>Gives the newest generation that any of the documents shows now, and whether one of them claims to show ours and holds other bytes.</summary>
    private async Task<(long Newest, bool IsForked)> WriteDocumentsAsync(Facts facts, CancellationToken cancellation)
    {
        var documents = Render(facts);
        var (newest, isForked) = await WriteAsync(documents[0], facts.Generation, cancellation);
        CrashPoint.Hit(CrashPoint.PackageMetaWritten);
        foreach (var shown in await Task.WhenAll(documents.Skip(1).Select(d => WriteAsync(d, facts.Generation, cancellation))))
        {
            newest = Math.Max(newest, shown.Newest);
            isForked |= shown.IsForked;
        }

        CrashPoint.Hit(CrashPoint.PackumentWritten);
        return (newest, isForked);
    }

    private async Task<(long Newest, bool IsForked)> WriteAsync(Document document, long generation, CancellationToken cancellation)
    {
        for (var losses = 0; losses < MaxLosses; losses++)
        {
            var state = await store.StateAsync(document.Key, cancellation);
            if (document.Content is not { } content)
            {
                if (state.Version is null || state.Generation > generation || await store.DeleteIfAsync(document.Key, state.Version, cancellation))
                {
                    return (Math.Max(state.Generation, generation), false);
                }
            }
            else if (state.Generation >= generation)
            {
                return (state.Generation, state.Generation == generation && state.Sha256 != Convert.ToHexStringLower(SHA256.HashData(content)));
            }
            else if (await store.ReplaceIfAsync(document.Key, content, state.Version, generation, cancellation))
            {
                return (generation, false);
            }

            // Somebody was faster. Mostly their document is good enough; then the next look ends it.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 50)), cancellation);
        }

        throw new IOException($"'{document.Key}' was changed by others {MaxLosses} times while it was written.");
    }

    /// <param name="Key">Its object.</param>
    /// <param name="Content">Null: there must be none.</param>
    private sealed record Document(ObjectKey Key, byte[]? Content);

    private sealed record Facts(PackageRow Package, IReadOnlyList<VersionRow> Versions)
    {
        public long Generation => Package.MetaGen;

        /// <summary>Whether the package has this one of its documents: without versions it has none, and without one that npm can install there is no latest.</summary>
        public bool Has(ObjectKey document) => document == ObjectKeys.LatestManifest(Package.Scope, Package.Name)
            ? Versions.Any(v => v is { IsYanked: false, Sha1: not null })
            : Versions.Count > 0;
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

        /// <summary>Null: the version has no row of hashes.</summary>
        public string? Sha1 { get; set; }

        public string Sha512 { get; set; } = "";

        public string Dependencies { get; set; } = "{}";

        public string? Manifest { get; set; }

        /// <summary>Versions from before the column have dependencies and nothing else.</summary>
        public NpmManifest ReadManifest() =>
            Manifest is null ? new NpmManifest { Dependencies = [.. JsonSerializer.Deserialize<Dictionary<string, string>>(Dependencies)!] } : NpmManifest.FromJson(Manifest);
    }
}
