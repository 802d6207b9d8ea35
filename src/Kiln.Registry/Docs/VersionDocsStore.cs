using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;

namespace Kiln.Registry.Docs;

/// <summary>What was made of which version's documentation.</summary>
internal static class VersionDocsStore
{
    internal sealed class Row
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public int Revision { get; set; }

        public string Nodes { get; set; } = "";

        public string Pages { get; set; } = "";

        public int SymbolCount { get; set; }

        /// <summary>JSON: see <see cref="Kiln.Packages.Scoring.ScoreInputs"/>.</summary>
        public string Score { get; set; } = "";

        /// <summary>What the inputs alone give.</summary>
        public int Points { get; set; }

        public DateTimeOffset CreatedAt { get; set; }
    }

    public static Task<Row?> FindAsync(Session session, string scope, string name, string version) => session.FindAsync<Row>(
        "SELECT * FROM version_docs WHERE scope = @scope AND name = @name AND version = @version", new { scope, name, version });

    /// <summary>The newest version that is not yanked and has documentation: the highest stable one, or else the highest pre-release.</summary>
    public static Task<Row?> FindNewestAsync(Session session, string scope, string name) => session.FindAsync<Row>(
        """
        SELECT d.* FROM version_docs d JOIN package_versions v ON v.scope = d.scope AND v.name = d.name AND v.version = d.version
        WHERE d.scope = @scope AND d.name = @name AND v.is_yanked = FALSE
        ORDER BY v.is_prerelease, v.sort_key DESC LIMIT 1
        """,
        new { scope, name });

    public static Task SetAsync(Session session, Row row) => session.ExecuteAsync(
        """
        INSERT INTO version_docs (scope, name, version, revision, nodes, pages, symbol_count, score, points, created_at)
        VALUES (@Scope, @Name, @Version, @Revision, @Nodes, @Pages, @SymbolCount, @Score, @Points, @CreatedAt)
        ON CONFLICT (scope, name, version) DO UPDATE SET
          revision = @Revision, nodes = @Nodes, pages = @Pages, symbol_count = @SymbolCount, score = @Score, points = @Points, created_at = @CreatedAt
        """,
        row);

    /// <summary>
    /// Queues versions whose documentation is missing or was made by an older program, newest first. Those that have failed stay so. Gives their number; fewer than the limit: all are queued.
    /// </summary>
    /// <param name="limit">So many that the statement does not take too long.</param>
    public static Task<int> BackfillAsync(Session session, int revision, int limit) => session.ExecuteAsync(
        """
        INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at)
        SELECT @kind, '@' || v.scope || '/' || v.name || '@' || v.version, 'waiting', @priority, @Now, @Now, @Now
        FROM package_versions v
        LEFT JOIN version_docs d ON d.scope = v.scope AND d.name = v.name AND d.version = v.version
        WHERE (d.revision IS NULL OR d.revision < @revision)
          AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = @kind AND j.subject = '@' || v.scope || '/' || v.name || '@' || v.version)
        ORDER BY v.created_at DESC LIMIT @limit
        ON CONFLICT (kind, subject) DO NOTHING
        """,
        new { kind = DocumentationJob.JobKind, revision, priority = (int)JobPriority.Backfill, limit, session.Now });

    /// <summary>Queues all versions of a package, because something changed that their pages show: the one that its page shows at once, the others when there is time.</summary>
    public static async Task QueueAllAsync(Session session, string scope, string name)
    {
        if (await VersionStore.FindShownAsync(session, scope, name) is not { } shown)
        {
            return;
        }

        await JobStore.AddAsync(session, DocumentationJob.JobKind, JobSubject.Of(scope, name, shown.Version));
        await session.ExecuteAsync(
            $"""
            INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at)
            SELECT @kind, '@' || v.scope || '/' || v.name || '@' || v.version, 'waiting', @priority, @Now, @Now, @Now
            FROM package_versions v WHERE v.scope = @scope AND v.name = @name AND v.version <> @Version
            {JobStore.AskAgain}
            """,
            new { kind = DocumentationJob.JobKind, priority = (int)JobPriority.Backfill, scope, name, shown.Version, session.Now });
    }
}
