using Kiln.Registry.Data;

namespace Kiln.Registry.Catalog;

internal static class PackageStore
{
    private const string Columns =
        """
        SELECT p.*, l.version AS latest_version, d.points AS version_points, l.rekor_log_id IS NOT NULL AS has_provenance,
          (SELECT COUNT(*) FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name) AS version_count
        FROM packages p
        LEFT JOIN package_versions l ON l.scope = p.scope AND l.name = p.name AND l.version =
          (SELECT v.version FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name AND v.is_yanked = FALSE AND v.is_prerelease = FALSE
           ORDER BY v.sort_key DESC LIMIT 1)
        LEFT JOIN version_docs d ON d.scope = l.scope AND d.name = l.name AND d.version = l.version
        """;

    public static Task<Package?> FindAsync(Session session, string scope, string name) =>
        session.FindAsync<Package>(Columns + " WHERE p.scope = @scope AND p.name = @name", new { scope, name });

    public static Task<Package?> FindSimilarAsync(Session session, string scope, string name) => session.FindAsync<Package>(
        Columns + " WHERE p.scope = @scope AND replace(p.name, '-', '') = replace(@name, '-', '')", new { scope, name });

    public static Task<long> CountDependenciesAsync(Session session, string scope, string name, string version) => session.CountAsync(
        """
        SELECT COUNT(*) FROM (SELECT DISTINCT dependency_kind, dependency_name FROM package_version_dependencies
          WHERE package_scope = @scope AND package_name = @name AND package_version = @version) d
        """,
        new { scope, name, version });

    public static Task<long> CountDependentsAsync(Session session, string scope, string name) => session.CountAsync(
        """
        SELECT COUNT(*) FROM (SELECT DISTINCT package_scope, package_name FROM package_version_dependencies
          WHERE dependency_kind = 'jsr' AND dependency_name = @dependency) d
        """,
        new { dependency = $"@{scope}/{name}" });

    public static Task<long> CountAsync(Session session, string scope) => session.CountAsync("SELECT COUNT(*) FROM packages WHERE scope = @scope", new { scope });

    public static Task<long> CountSinceAsync(Session session, string scope, DateTimeOffset since) =>
        session.CountAsync("SELECT COUNT(*) FROM packages WHERE scope = @scope AND created_at > @since", new { scope, since });

    /// <summary>Archived ones last, then by name.</summary>
    public static async Task<Page<Package>> ListAsync(Session session, string scope, bool withArchived, PageRequest page)
    {
        const string Where = " WHERE p.scope = @scope AND (p.is_archived = FALSE OR @withArchived)";
        var arguments = new { scope, withArchived, page.Size, page.Offset };
        return new Page<Package>(
            await session.ListAsync<Package>(Columns + Where + " ORDER BY p.is_archived, p.name LIMIT @Size OFFSET @Offset", arguments),
            await session.CountAsync("SELECT COUNT(*) FROM packages p" + Where, arguments));
    }

    /// <summary>Exact package name first, exact scope second, then all that contain the terms; archived ones never.</summary>
    public static async Task<Page<Package>> SearchAsync(Session session, string scopeTerm, string packageTerm, PageRequest page)
    {
        const string Where = @" WHERE p.is_archived = FALSE AND (p.scope LIKE @scopeLike ESCAPE '\' OR p.name LIKE @packageLike ESCAPE '\')";
        var arguments = new { scopeTerm, packageTerm, scopeLike = Contains(scopeTerm), packageLike = Contains(packageTerm), page.Size, page.Offset };
        return new Page<Package>(
            await session.ListAsync<Package>(
                Columns + Where + " ORDER BY CASE WHEN p.name = @packageTerm THEN 0 WHEN p.scope = @scopeTerm THEN 1 ELSE 2 END, p.name, p.scope LIMIT @Size OFFSET @Offset",
                arguments),
            await session.CountAsync("SELECT COUNT(*) FROM packages p" + Where, arguments));
    }

    public static Task InsertAsync(Session session, string scope, string name) => session.ExecuteAsync(
        "INSERT INTO packages (scope, name, created_at, updated_at) VALUES (@scope, @name, @Now, @Now)", new { scope, name, session.Now });

    public static Task SetDescriptionAsync(Session session, string scope, string name, string description) => session.ExecuteAsync(
        "UPDATE packages SET description = @description, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, description, session.Now });

    public static Task SetRuntimeCompatAsync(Session session, string scope, string name, string runtimeCompat) => session.ExecuteAsync(
        "UPDATE packages SET runtime_compat = @runtimeCompat, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, runtimeCompat, session.Now });

    public static Task SetArchivedAsync(Session session, string scope, string name, bool isArchived) => session.ExecuteAsync(
        "UPDATE packages SET is_archived = @isArchived, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, isArchived, session.Now });

    /// <summary>Says that stored package metadata must be written again.</summary>
    public static Task<int> BumpGenerationAsync(Session session, string scope, string name) =>
        session.ExecuteAsync("UPDATE packages SET meta_gen = meta_gen + 1 WHERE scope = @scope AND name = @name", new { scope, name });

    private static string Contains(string term) =>
        "%" + term.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
