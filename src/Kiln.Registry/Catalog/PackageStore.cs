using Dapper;
using Kiln.Registry.Data;

namespace Kiln.Registry.Catalog;

internal static class PackageStore
{
    internal const string Columns =
        """
        SELECT p.*, l.version AS latest_version, d.points AS version_points, l.rekor_log_id IS NOT NULL AS has_provenance,
          (SELECT COUNT(*) FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name) AS version_count,
          r.id AS repository_id, r.owner AS repository_owner, r.name AS repository_name, r.updated_at AS repository_updated_at, r.created_at AS repository_created_at
        FROM packages p
        LEFT JOIN github_repositories r ON r.id = p.github_repository_id
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

    /// <summary>Packages any of whose versions, yanked ones too, needs this one by its own name or by its npm name.</summary>
    public static Task<long> CountDependentsAsync(Session session, string scope, string name) => session.CountAsync(
        $"SELECT COUNT(*) FROM (SELECT DISTINCT package_scope, package_name FROM package_version_dependencies WHERE {IsDependent}) d", DependencyNames(scope, name));

    /// <summary>Likewise, without the package itself.</summary>
    public static Task<long> CountForeignDependentsAsync(Session session, string scope, string name) => session.CountAsync(
        $"""
        SELECT COUNT(*) FROM (SELECT DISTINCT package_scope, package_name FROM package_version_dependencies
          WHERE {IsDependent} AND NOT (package_scope = @scope AND package_name = @name)) d
        """,
        DependencyNames(scope, name));

    /// <summary>By scope and name, with the newest versions of each that need this package.</summary>
    public static async Task<Page<Dependent>> ListDependentsAsync(Session session, string scope, string name, int versions, PageRequest page)
    {
        var arguments = new DynamicParameters(DependencyNames(scope, name));
        arguments.AddDynamicParams(new { versions, page.Size, page.Offset });
        var rows = await session.ListAsync<DependentRow>(
            $"""
            SELECT r.* FROM (
              SELECT v.scope, v.name, v.version, v.sort_key,
                ROW_NUMBER() OVER (PARTITION BY v.scope, v.name ORDER BY v.sort_key DESC, v.version DESC) AS place,
                COUNT(*) OVER (PARTITION BY v.scope, v.name) AS total
              FROM package_versions v
              JOIN (SELECT DISTINCT package_scope, package_name FROM package_version_dependencies WHERE {IsDependent}
                    ORDER BY package_scope, package_name LIMIT @Size OFFSET @Offset) k
                ON k.package_scope = v.scope AND k.package_name = v.name
              WHERE EXISTS (SELECT 1 FROM package_version_dependencies
                WHERE package_scope = v.scope AND package_name = v.name AND package_version = v.version AND {IsDependent})) r
            WHERE r.place <= @versions ORDER BY r.scope, r.name, r.place
            """,
            arguments);
        return new Page<Dependent>(
            [.. rows.GroupBy(r => (r.Scope, r.Name)).Select(g => new Dependent(g.Key.Scope, g.Key.Name, [.. g.Select(r => r.Version)], (int)g.First().Total))],
            await CountDependentsAsync(session, scope, name));
    }

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
    /// <param name="repository">GitHub's number of the repository that the package must be linked to; null for any.</param>
    public static async Task<Page<Package>> SearchAsync(Session session, string scopeTerm, string packageTerm, long? repository, PageRequest page)
    {
        var where = @" WHERE p.is_archived = FALSE AND (p.scope LIKE @scopeLike ESCAPE '\' OR p.name LIKE @packageLike ESCAPE '\')"
            + (repository is null ? "" : " AND p.github_repository_id = @repository");
        var arguments = new { scopeTerm, packageTerm, scopeLike = LikeText.Contains(scopeTerm), packageLike = LikeText.Contains(packageTerm), repository, page.Size, page.Offset };
        return new Page<Package>(
            await session.ListAsync<Package>(
                Columns + where + " ORDER BY CASE WHEN p.name = @packageTerm THEN 0 WHEN p.scope = @scopeTerm THEN 1 ELSE 2 END, p.name, p.scope LIMIT @Size OFFSET @Offset",
                arguments),
            await session.CountAsync("SELECT COUNT(*) FROM packages p" + where, arguments));
    }

    public static Task InsertAsync(Session session, string scope, string name) => session.ExecuteAsync(
        "INSERT INTO packages (scope, name, created_at, updated_at) VALUES (@scope, @name, @Now, @Now)", new { scope, name, session.Now });

    public static Task SetDescriptionAsync(Session session, string scope, string name, string description) => session.ExecuteAsync(
        "UPDATE packages SET description = @description, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, description, session.Now });

    public static Task SetRuntimeCompatAsync(Session session, string scope, string name, string runtimeCompat) => session.ExecuteAsync(
        "UPDATE packages SET runtime_compat = @runtimeCompat, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, runtimeCompat, session.Now });

    public static Task SetArchivedAsync(Session session, string scope, string name, bool isArchived) => session.ExecuteAsync(
        "UPDATE packages SET is_archived = @isArchived, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, isArchived, session.Now });

    public static Task SetReadmeSourceAsync(Session session, string scope, string name, string readmeSource) => session.ExecuteAsync(
        "UPDATE packages SET readme_source = @readmeSource, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, readmeSource, session.Now });

    public static Task SetFeaturedAsync(Session session, string scope, string name, bool isFeatured) => session.ExecuteAsync(
        "UPDATE packages SET when_featured = @when, updated_at = @Now WHERE scope = @scope AND name = @name",
        new { scope, name, when = isFeatured ? session.Now : (DateTimeOffset?)null, session.Now });

    /// <param name="repository">Null unlinks.</param>
    public static async Task SetRepositoryAsync(Session session, string scope, string name, VerifiedRepository? repository)
    {
        if (repository is not null)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO github_repositories (id, owner, name, created_at, updated_at) VALUES (@Id, @Owner, @Name, @Now, @Now)
                ON CONFLICT (id) DO UPDATE SET owner = @Owner, name = @Name, updated_at = @Now
                """,
                new { repository.Id, repository.Owner, repository.Name, session.Now });
        }

        await session.ExecuteAsync(
            "UPDATE packages SET github_repository_id = @id, updated_at = @Now WHERE scope = @scope AND name = @name", new { scope, name, id = repository?.Id, session.Now });
    }

    public static Task<int> DeleteAsync(Session session, string scope, string name) =>
        session.ExecuteAsync("DELETE FROM packages WHERE scope = @scope AND name = @name", new { scope, name });

    /// <summary>The most recent publishes of a user, one row for each package.</summary>
    public static Task<IReadOnlyList<Package>> ListOfUserAsync(Session session, Guid userId, int limit) => session.ListAsync<Package>(
        Columns +
        """
         JOIN (SELECT scope, name, MAX(created_at) AS last FROM package_versions WHERE user_id = @userId GROUP BY scope, name) u ON u.scope = p.scope AND u.name = p.name
        WHERE p.is_archived = FALSE ORDER BY u.last DESC, p.scope, p.name LIMIT @limit
        """,
        new { userId, limit });

    /// <summary>Says that stored package metadata must be written again.</summary>
    public static Task<int> BumpGenerationAsync(Session session, string scope, string name) =>
        session.ExecuteAsync("UPDATE packages SET meta_gen = meta_gen + 1 WHERE scope = @scope AND name = @name", new { scope, name });

    private const string IsDependent = "((dependency_kind = 'jsr' AND dependency_name = @jsr) OR (dependency_kind = 'npm' AND dependency_name = @npm))";

    private static object DependencyNames(string scope, string name) => new { scope, name, jsr = $"@{scope}/{name}", npm = $"@jsr/{scope}__{name}" };

    private sealed class DependentRow
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public long Total { get; set; }
    }
}
