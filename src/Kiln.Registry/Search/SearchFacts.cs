using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>What the tables say right now about packages that a search has found.</summary>
internal static class SearchFacts
{
    // Parameters of one statement are limited, by SQLite to 32,766.
    private const int AtOnce = 500;

    /// <summary>The first <paramref name="limit"/> of the subjects that may be found and fit the filters, in their order.</summary>
    public static async Task<IReadOnlyList<Package>> ListAsync(Session session, IReadOnlyList<string> subjects, PackageQuery query, int limit)
    {
        var packages = new List<Package>();
        foreach (var some in subjects.Chunk(AtOnce))
        {
            var found = (await session.ListAsync<Package>($"{Found(query)} AND s.subject IN @some", new { some, query.IsArchived, query.Scope }))
                .ToDictionary(p => SearchDocument.SubjectOf(p.Scope, p.Name), StringComparer.Ordinal);
            packages.AddRange(some.Where(found.ContainsKey).Select(s => found[s]).Take(limit - packages.Count));
            if (packages.Count == limit)
            {
                break;
            }
        }

        return packages;
    }

    /// <summary>The first <paramref name="limit"/> of all that may be found and fit the filters, the last changed first.</summary>
    public static Task<IReadOnlyList<Package>> ListAllAsync(Session session, PackageQuery query, int limit) => session.ListAsync<Package>(
        $"{Found(query)} AND s.name <> '' ORDER BY s.updated_at DESC, s.subject LIMIT @limit", new { query.IsArchived, query.Scope, limit });

    /// <summary>By subject; those that nobody uses are left out.</summary>
    public static async Task<Dictionary<string, PackageUse>> UseAsync(Session session, IReadOnlyList<string> subjects, DateTimeOffset since)
    {
        var use = new Dictionary<string, PackageUse>(StringComparer.Ordinal);
        foreach (var some in subjects.Chunk(AtOnce))
        {
            foreach (var row in await session.ListAsync<Row>(
                """
                SELECT s.subject, SUM(d.count) AS number FROM search_subjects s JOIN version_download_counts_24h d ON d.scope = s.scope AND d.name = s.name
                WHERE s.subject IN @some AND d.time_bucket >= @since GROUP BY s.subject
                """,
                new { some, since }))
            {
                use[row.Subject] = new PackageUse((long)row.Number, 0);
            }

            foreach (var row in await session.ListAsync<Row>(
                """
                SELECT dependency_name AS subject, COUNT(DISTINCT package_scope || '/' || package_name) AS number FROM package_version_dependencies
                WHERE dependency_kind = 'jsr' AND dependency_name IN @some GROUP BY dependency_name
                """,
                new { some }))
            {
                use[row.Subject] = new PackageUse(use.GetValueOrDefault(row.Subject).Downloads, (long)row.Number);
            }
        }

        return use;
    }

    /// <summary>Those of these scopes that have a package which everybody may see.</summary>
    public static async Task<IReadOnlyList<Scope>> ScopesAsync(Session session, IReadOnlyList<string> names) => names.Count == 0 ? [] :
    [
        .. (await session.ListAsync<ScopeStore.Row>(
            """
            SELECT s.* FROM scopes s WHERE s.scope IN @names AND EXISTS (SELECT 1 FROM packages p WHERE p.scope = s.scope AND p.is_archived = FALSE)
            """,
            new { names })).Select(r => r.ToScope()),
    ];

    /// <summary>
    /// Packages that may be found and fit the filters. What a package says of runtimes is JSON as <see cref="PackageService.SetRuntimeCompatAsync"/> writes it, without spaces; a runtime is one
    /// of a fixed list and no text of a user.
    /// </summary>
    private static string Found(PackageQuery query) =>
        PackageStore.Columns +
        $"""
         JOIN search_subjects s ON s.scope = p.scope AND s.name = p.name
        WHERE p.is_archived = @IsArchived AND substr(p.description, 1, 8) <> 'INTERNAL'
          AND EXISTS (SELECT 1 FROM package_versions o WHERE o.scope = p.scope AND o.name = p.name AND o.is_yanked = FALSE)
          {(query.Scope is null ? "" : "AND p.scope = @Scope")} {(query.IsFeatured ? "AND p.when_featured IS NOT NULL" : "")}
          {string.Join(' ', query.Runtimes.Select(r => $"AND p.runtime_compat LIKE '%\"{r}\":true%'"))}
        """;

    private sealed class Row
    {
        public string Subject { get; set; } = "";

        /// <summary>The sum of BIGINTs is a decimal on one engine and an integer on the other.</summary>
        public decimal Number { get; set; }
    }
}
