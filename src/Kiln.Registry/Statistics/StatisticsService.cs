using Kiln.Registry.Data;

namespace Kiln.Registry.Statistics;

/// <summary>Facts about the whole registry.</summary>
public sealed class StatisticsService(Database database)
{
    private const int Listed = 10;

    /// <summary>What one sitemap may hold.</summary>
    public const int MostEntries = 50_000;

    public Task<RegistryStatistics> ReadAsync(CancellationToken cancellation) => database.SnapshotAsync(
        async session => new RegistryStatistics(
            await session.ListAsync<ListedPackage>(
                """
                SELECT p.scope, p.name, p.description FROM packages p
                WHERE p.is_archived = FALSE AND EXISTS (SELECT 1 FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name AND v.is_yanked = FALSE)
                ORDER BY p.created_at DESC, p.scope, p.name LIMIT @Listed
                """,
                new { Listed }),
            await session.ListAsync<ListedVersion>(
                """
                SELECT v.scope, v.name AS package, v.version, p.description FROM package_versions v JOIN packages p ON p.scope = v.scope AND p.name = v.name
                WHERE p.is_archived = FALSE AND v.is_yanked = FALSE ORDER BY v.created_at DESC, v.scope, v.name, v.sort_key DESC LIMIT @Listed
                """,
                new { Listed }),
            await session.ListAsync<ListedPackage>(
                """
                SELECT p.scope, p.name, p.description FROM packages p WHERE p.is_archived = FALSE AND p.when_featured IS NOT NULL
                ORDER BY p.when_featured DESC, p.scope, p.name LIMIT @Listed
                """,
                new { Listed })),
        cancellation);

    public Task<RegistryTotals> MeasureAsync(CancellationToken cancellation) => database.SnapshotAsync(
        async session => (await session.FindAsync<RegistryTotals>(
            """
            SELECT
              (SELECT COUNT(*) FROM (SELECT DISTINCT scope, name FROM package_versions) p) AS packages,
              (SELECT COUNT(*) FROM (SELECT DISTINCT scope, name FROM package_versions WHERE created_at > @day) p) AS packages1d,
              (SELECT COUNT(*) FROM (SELECT DISTINCT scope, name FROM package_versions WHERE created_at > @week) p) AS packages7d,
              (SELECT COUNT(*) FROM (SELECT DISTINCT scope, name FROM package_versions WHERE created_at > @month) p) AS packages30d,
              (SELECT COUNT(*) FROM users) AS users,
              (SELECT COUNT(*) FROM users WHERE created_at > @day) AS users1d,
              (SELECT COUNT(*) FROM users WHERE created_at > @week) AS users7d,
              (SELECT COUNT(*) FROM users WHERE created_at > @month) AS users30d,
              (SELECT COUNT(*) FROM package_versions) AS package_versions,
              (SELECT COUNT(*) FROM package_versions WHERE created_at > @day) AS package_versions1d,
              (SELECT COUNT(*) FROM package_versions WHERE created_at > @week) AS package_versions7d,
              (SELECT COUNT(*) FROM package_versions WHERE created_at > @month) AS package_versions30d
            """,
            new { day = session.Now.AddDays(-1), week = session.Now.AddDays(-7), month = session.Now.AddDays(-30) }))!,
        cancellation);

    /// <summary>Scopes that have something to show, the latest change first: a version of one of their packages, or their own description.</summary>
    public async Task<IReadOnlyList<SitemapEntry>> ListScopesAsync(CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            session => session.ListAsync<Row>(
                """
                SELECT s.scope, CASE WHEN v.last > s.updated_at THEN v.last ELSE s.updated_at END AS last FROM scopes s
                JOIN (SELECT x.scope, MAX(x.created_at) AS last FROM package_versions x JOIN packages p ON p.scope = x.scope AND p.name = x.name
                      WHERE x.is_yanked = FALSE AND p.is_archived = FALSE GROUP BY x.scope) v ON v.scope = s.scope
                ORDER BY last DESC, s.scope LIMIT @MostEntries
                """,
                new { MostEntries }),
            cancellation)).Select(r => new SitemapEntry($"/@{r.Scope}", r.Last)),
    ];

    /// <summary>Packages that have a version which is not yanked, the latest change first.</summary>
    public async Task<IReadOnlyList<SitemapEntry>> ListPackagesAsync(CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            session => session.ListAsync<Row>(
                """
                SELECT p.scope, p.name, CASE WHEN v.last > p.updated_at THEN v.last ELSE p.updated_at END AS last FROM packages p
                JOIN (SELECT scope, name, MAX(created_at) AS last FROM package_versions WHERE is_yanked = FALSE GROUP BY scope, name) v ON v.scope = p.scope AND v.name = p.name
                WHERE p.is_archived = FALSE ORDER BY last DESC, p.scope, p.name LIMIT @MostEntries
                """,
                new { MostEntries }),
            cancellation)).Select(r => new SitemapEntry($"/@{r.Scope}/{r.Name}", r.Last)),
    ];

    private sealed class Row
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public DateTimeOffset Last { get; set; }
    }
}
