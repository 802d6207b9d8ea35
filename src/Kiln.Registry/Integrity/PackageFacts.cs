using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;

namespace Kiln.Registry.Integrity;

/// <summary>All rows about one package, of one state of the database.</summary>
internal sealed class PackageFacts
{
    public required PackageRow? Package { get; init; }

    public required IReadOnlyDictionary<string, VersionStore.Row> Versions { get; init; }

    public required ILookup<string, FileRow> Files { get; init; }

    public required IReadOnlyDictionary<string, TarballRow> Tarballs { get; init; }

    public required IReadOnlyDictionary<string, ClaimRow> Claims { get; init; }

    public required IReadOnlyDictionary<string, VersionDocsStore.Row> Docs { get; init; }

    /// <summary>The one task of each version that is not a failure.</summary>
    public required IReadOnlyDictionary<string, TaskStore.Row> Tasks { get; init; }

    /// <summary>Versions for which a documentation job exists, whatever its state.</summary>
    public required IReadOnlySet<string> Documenting { get; init; }

    private IReadOnlyList<TombstoneRow> Tombstones { get; init; } = [];

    /// <summary>Versions whose objects a job is about to delete; "" stands for the whole package.</summary>
    private HashSet<string> Removing { get; init; } = [];

    /// <param name="version">"": anything of the package.</param>
    public bool IsBeingRemoved(string version) => Removing.Contains("") || (version.Length == 0 ? Removing.Count > 0 : Removing.Contains(version));

    public bool IsTombstoned(string version) => Tombstones.Any(t => t.Version.Length == 0 || t.Version == version);

    /// <summary>The hash of the upload that a version's number is bound to; null when it is not bound for ever.</summary>
    public string? LockedUpload(string version) => Claims.TryGetValue(version, out var claim) && claim.State == "locked" ? claim.TarballSha256 : null;

    public static async Task<PackageFacts> ReadAsync(Session session, string scope, string name)
    {
        var package = new { scope, name };
        var subject = JobSubject.Of(scope, name);
        var like = subject.Replace("_", "\\_", StringComparison.Ordinal) + "@%";
        async Task<IEnumerable<string>> JobsAsync(string kind) => (await session.ListAsync<string>(
            "SELECT subject FROM jobs WHERE kind = @kind AND (subject = @subject OR subject LIKE @like ESCAPE '\\')", new { kind, subject, like }))
            .Select(s => s.Length > subject.Length ? s[(subject.Length + 1)..] : "");
        return new PackageFacts
        {
            Package = await session.FindAsync<PackageRow>("SELECT scope, name, meta_gen, shown_gen FROM packages WHERE scope = @scope AND name = @name", package),
            Versions = (await session.ListAsync<VersionStore.Row>("SELECT * FROM package_versions WHERE scope = @scope AND name = @name ORDER BY sort_key, version", package)).ToDictionary(v => v.Version),
            Files = (await session.ListAsync<FileRow>("SELECT version, path, size, checksum FROM package_files WHERE scope = @scope AND name = @name", package)).ToLookup(f => f.Version),
            Tarballs = (await session.ListAsync<TarballRow>("SELECT version, sha1, sha512, size FROM npm_tarballs WHERE scope = @scope AND name = @name", package)).ToDictionary(t => t.Version),
            Claims = (await session.ListAsync<ClaimRow>("SELECT version, tarball_sha256, state FROM version_claims WHERE scope = @scope AND name = @name", package)).ToDictionary(c => c.Version),
            Docs = (await session.ListAsync<VersionDocsStore.Row>("SELECT * FROM version_docs WHERE scope = @scope AND name = @name", package)).ToDictionary(d => d.Version),
            Tasks = (await session.ListAsync<TaskStore.Row>("SELECT * FROM publishing_tasks WHERE scope = @scope AND name = @name AND status <> 'failure'", package)).ToDictionary(t => t.Version),
            Documenting = (await JobsAsync(DocumentationJob.JobKind)).ToHashSet(StringComparer.Ordinal),
            Removing = (await JobsAsync(RemovalJob.JobKind)).ToHashSet(StringComparer.Ordinal),
            Tombstones = await session.ListAsync<TombstoneRow>("SELECT name, version FROM tombstones WHERE scope = @scope AND name IN ('', @name)", package),
        };
    }

    internal sealed class PackageRow
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public long MetaGen { get; set; }

        public long ShownGen { get; set; }
    }

    internal sealed class FileRow
    {
        public string Version { get; set; } = "";

        public string Path { get; set; } = "";

        public long Size { get; set; }

        /// <summary><c>sha256-</c> and lower-case hex.</summary>
        public string Checksum { get; set; } = "";
    }

    internal sealed class TarballRow
    {
        public string Version { get; set; } = "";

        public string Sha1 { get; set; } = "";

        public string Sha512 { get; set; } = "";

        public long Size { get; set; }
    }

    internal sealed class ClaimRow
    {
        public string Version { get; set; } = "";

        public string TarballSha256 { get; set; } = "";

        public string State { get; set; } = "";
    }

    internal sealed class TombstoneRow
    {
        public string Name { get; set; } = "";

        public string Version { get; set; } = "";
    }
}
