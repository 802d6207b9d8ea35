using System.Text.Json;
using Kiln.Packages.Npm;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

internal static class VersionStore
{
    internal sealed class Row
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string SortKey { get; set; } = "";

        public bool IsPrerelease { get; set; }

        public Guid? UserId { get; set; }

        public string Exports { get; set; } = "";

        public bool IsYanked { get; set; }

        public string? ReadmePath { get; set; }

        public bool UsesNpm { get; set; }

        public string? RekorLogId { get; set; }

        public string? License { get; set; }

        /// <summary>See <see cref="SlowTypesText"/>; null for versions from before it was found out.</summary>
        public string? SlowTypes { get; set; }

        /// <summary>Of the stored <c>&lt;version&gt;_meta.json</c>, lower-case hex; null for versions from before it was recorded.</summary>
        public string? MetaSha256 { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public PublishedVersion ToVersion() => new()
        {
            Scope = Scope, Package = Name, Version = Version, Yanked = IsYanked, UsesNpm = UsesNpm, RekorLogId = RekorLogId, License = License, ReadmePath = ReadmePath,
            SlowTypes = SlowTypes is null ? null : SlowTypesText.Read(SlowTypes), CreatedAt = CreatedAt, UpdatedAt = UpdatedAt,
        };
    }

    public static Task<Row?> FindAsync(Session session, string scope, string name, string version) => session.FindAsync<Row>(
        "SELECT * FROM package_versions WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });

    /// <summary>The highest that is neither yanked nor a pre-release.</summary>
    public static Task<Row?> FindLatestAsync(Session session, string scope, string name) => session.FindAsync<Row>(
        """
        SELECT * FROM package_versions WHERE scope = @scope AND name = @name AND is_yanked = FALSE AND is_prerelease = FALSE
        ORDER BY sort_key DESC LIMIT 1
        """,
        new { scope, name });

    /// <summary>What the page of a package shows: stable before pre-releases, yanked ones only when there is nothing else.</summary>
    public static Task<Row?> FindShownAsync(Session session, string scope, string name) => session.FindAsync<Row>(
        "SELECT * FROM package_versions WHERE scope = @scope AND name = @name ORDER BY is_yanked, is_prerelease, sort_key DESC, version DESC LIMIT 1", new { scope, name });

    /// <summary>What a search offers: the highest stable version, else the highest pre-release; never a yanked one.</summary>
    public static Task<Row?> FindOfferedAsync(Session session, string scope, string name) => session.FindAsync<Row>(
        "SELECT * FROM package_versions WHERE scope = @scope AND name = @name AND is_yanked = FALSE ORDER BY is_prerelease, sort_key DESC, version DESC LIMIT 1", new { scope, name });

    /// <summary>What its package.json says, as JSON; null for versions from before that was kept.</summary>
    public static Task<string?> FindManifestAsync(Session session, string scope, string name, string version) => session.FindAsync<string>(
        "SELECT manifest FROM npm_tarballs WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });

    /// <summary>All, highest first.</summary>
    public static Task<IReadOnlyList<Row>> ListAllAsync(Session session, string scope, string name) => session.ListAsync<Row>(
        "SELECT * FROM package_versions WHERE scope = @scope AND name = @name ORDER BY sort_key DESC, version DESC", new { scope, name });

    public static Task<long> CountNewerAsync(Session session, Row row) => session.CountAsync(
        """
        SELECT COUNT(*) FROM package_versions WHERE scope = @Scope AND name = @Name AND sort_key > @SortKey AND is_yanked = FALSE AND is_prerelease = FALSE
        """,
        row);

    public static async Task<Page<PublishedVersion>> ListAsync(Session session, string scope, string name, PageRequest page)
    {
        var arguments = new { scope, name, page.Size, page.Offset };
        var rows = await session.ListAsync<Row>(
            "SELECT * FROM package_versions WHERE scope = @scope AND name = @name ORDER BY sort_key DESC, version DESC LIMIT @Size OFFSET @Offset", arguments);
        var total = await session.CountAsync("SELECT COUNT(*) FROM package_versions WHERE scope = @scope AND name = @name", arguments);
        var users = new Dictionary<Guid, User>();
        foreach (var id in rows.Select(r => r.UserId).OfType<Guid>().Distinct())
        {
            if (await UserStore.FindAsync(session, id) is { } user)
            {
                users[id] = user.ToPublic();
            }
        }

        return new Page<PublishedVersion>([.. rows.Select(r => r.ToVersion() with { Publisher = r.UserId is { } id ? users.GetValueOrDefault(id) : null })], total);
    }

    public static Task InsertAsync(Session session, Row row) => session.ExecuteAsync(
        """
        INSERT INTO package_versions (scope, name, version, sort_key, is_prerelease, user_id, exports, readme_path, uses_npm, license, slow_types, meta_sha256, created_at, updated_at)
        VALUES (@Scope, @Name, @Version, @SortKey, @IsPrerelease, @UserId, @Exports, @ReadmePath, @UsesNpm, @License, @SlowTypes, @MetaSha256, @CreatedAt, @UpdatedAt)
        """,
        row);

    public static Task InsertFilesAsync(Session session, string scope, string name, string version, IEnumerable<(string Path, long Size, string Checksum)> files) => session.ExecuteAsync(
        "INSERT INTO package_files (scope, name, version, path, size, checksum) VALUES (@scope, @name, @version, @Path, @Size, @Checksum)",
        files.Select(f => new { scope, name, version, f.Path, f.Size, f.Checksum }).ToList());

    /// <summary>All files with their sizes, by path.</summary>
    public static Task<IReadOnlyList<PublishedFile>> ListFilesAsync(Session session, string scope, string name, string version) => session.ListAsync<PublishedFile>(
        "SELECT path, size FROM package_files WHERE scope = @scope AND name = @name AND version = @version ORDER BY path", new { scope, name, version });

    public static Task InsertDependenciesAsync(Session session, string scope, string name, string version, IEnumerable<Dependency> dependencies) => session.ExecuteAsync(
        """
        INSERT INTO package_version_dependencies
          (package_scope, package_name, package_version, dependency_kind, dependency_name, dependency_constraint, dependency_path)
        VALUES (@scope, @name, @version, @Kind, @DependencyName, @Constraint, @Path)
        """,
        dependencies.Distinct().Select(d => new { scope, name, version, d.Kind, DependencyName = d.Name, d.Constraint, d.Path }).ToList());

    /// <remarks>The dependencies stand in the manifest too; their own column is for servers of an older version.</remarks>
    public static Task InsertTarballAsync(Session session, string scope, string name, string version, string sha1, string sha512, long size, NpmManifest manifest) => session.ExecuteAsync(
        """
        INSERT INTO npm_tarballs (scope, name, version, sha1, sha512, size, dependencies, manifest)
        VALUES (@scope, @name, @version, @sha1, @sha512, @size, @dependencies, @manifest)
        """,
        new
        {
            scope, name, version, sha1, sha512, size,
            dependencies = JsonSerializer.Serialize(manifest.Dependencies.ToDictionary(d => d.Key, d => d.Value)), manifest = manifest.ToJson(),
        });

    public static Task<int> SetYankedAsync(Session session, string scope, string name, string version, bool yanked) => session.ExecuteAsync(
        "UPDATE package_versions SET is_yanked = @yanked, updated_at = @Now WHERE scope = @scope AND name = @name AND version = @version",
        new { scope, name, version, yanked, session.Now });

    public static Task<long> CountAsync(Session session, string scope, string name) =>
        session.CountAsync("SELECT COUNT(*) FROM package_versions WHERE scope = @scope AND name = @name", new { scope, name });

    /// <summary>With all rows that belong to it.</summary>
    public static Task<int> DeleteAsync(Session session, string scope, string name, string version) =>
        session.ExecuteAsync("DELETE FROM package_versions WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });

    public static async Task<IReadOnlyList<Dependency>> ListDependenciesAsync(Session session, string scope, string name, string version) =>
    [
        .. (await session.ListAsync<DependencyRow>(
            """
            SELECT dependency_kind, dependency_name, dependency_constraint, dependency_path FROM package_version_dependencies
            WHERE package_scope = @scope AND package_name = @name AND package_version = @version
            ORDER BY dependency_kind, dependency_name, dependency_constraint, dependency_path
            """,
            new { scope, name, version })).Select(d => new Dependency(d.DependencyKind, d.DependencyName, d.DependencyConstraint, d.DependencyPath)),
    ];

    private sealed class DependencyRow
    {
        public string DependencyKind { get; set; } = "";

        public string DependencyName { get; set; } = "";

        public string DependencyConstraint { get; set; } = "";

        public string DependencyPath { get; set; } = "";
    }
}
