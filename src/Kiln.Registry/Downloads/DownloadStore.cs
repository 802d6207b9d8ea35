using Kiln.Registry.Data;

namespace Kiln.Registry.Downloads;

internal static class DownloadStore
{
    /// <summary>Of time: the finest that is kept.</summary>
    public static readonly TimeSpan Piece = TimeSpan.FromHours(4);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How long pieces of four hours are kept.</summary>
    private static readonly TimeSpan KeepPieces = TimeSpan.FromDays(7);

    /// <summary>How long it is known which batches were added.</summary>
    private static readonly TimeSpan KeepBatches = TimeSpan.FromDays(30);

    /// <summary>Whoever is older could have been added and forgotten.</summary>
    private static readonly TimeSpan OldestBatch = TimeSpan.FromDays(28);

    /// <summary>
    /// Adds a batch, once: null when it has been added before or is too old to tell, else the number of its downloads that were counted. Versions that do not exist are left out. Each statement is
    /// right by itself: the row of the id keeps all others with that id waiting until the end, and counts are added to what is there. A version that is deleted meanwhile makes it fail, and the
    /// next attempt leaves it out.
    /// </summary>
    public static async Task<long?> AddAsync(Session session, DownloadBatch batch)
    {
        if (batch.Time < session.Now - OldestBatch || batch.Time > session.Now + Day
            || await session.ExecuteAsync("INSERT INTO download_batches (id, created_at) VALUES (@Id, @Now) ON CONFLICT (id) DO NOTHING", new { batch.Id, session.Now }) == 0)
        {
            return null;
        }

        var counted = 0L;
        var isRecent = batch.Time >= session.Now - KeepPieces;
        // In one order everywhere: two processes that add at once must not wait for each other in a circle.
        foreach (var (subject, count) in batch.Counts
            .OrderBy(c => c.Subject.Scope, StringComparer.Ordinal).ThenBy(c => c.Subject.Package, StringComparer.Ordinal).ThenBy(c => c.Subject.Version, StringComparer.Ordinal).ThenBy(c => c.Subject.Kind))
        {
            if (isRecent)
            {
                await AddAsync(session, "version_download_counts_4h", Floor(batch.Time, Piece), subject, count);
            }

            counted += await AddAsync(session, "version_download_counts_24h", Floor(batch.Time, Day), subject, count) > 0 ? count : 0;
        }

        return counted;
    }

    /// <summary>Deletes what is over. Gives the number of rows.</summary>
    public static async Task<int> PruneAsync(Session session) =>
        await session.ExecuteAsync("DELETE FROM version_download_counts_4h WHERE time_bucket < @before", new { before = session.Now - KeepPieces })
        + await session.ExecuteAsync("DELETE FROM download_batches WHERE created_at < @before", new { before = session.Now - KeepBatches });

    /// <summary>Of a whole package, by day and kind.</summary>
    public static Task<IReadOnlyList<Row>> ListTotalAsync(Session session, string scope, string package, DateTimeOffset since) => session.ListAsync<Row>(
        """
        SELECT time_bucket, kind, CAST(SUM(count) AS BIGINT) AS count FROM version_download_counts_24h
        WHERE scope = @scope AND name = @package AND time_bucket >= @since GROUP BY time_bucket, kind ORDER BY time_bucket, kind
        """,
        new { scope, package, since });

    /// <summary>Of the newest stable versions that have any, highest first, each by day and kind.</summary>
    public static Task<IReadOnlyList<Row>> ListRecentAsync(Session session, string scope, string package, DateTimeOffset since, int versions) => session.ListAsync<Row>(
        """
        SELECT v.version, d.time_bucket, d.kind, d.count
        FROM (SELECT scope, name, version, sort_key FROM package_versions p
              WHERE p.scope = @scope AND p.name = @package AND p.is_yanked = FALSE AND p.is_prerelease = FALSE
                AND EXISTS (SELECT 1 FROM version_download_counts_24h c WHERE c.scope = p.scope AND c.name = p.name AND c.version = p.version AND c.time_bucket >= @since)
              ORDER BY sort_key DESC LIMIT @versions) v
        JOIN version_download_counts_24h d ON d.scope = v.scope AND d.name = v.name AND d.version = v.version AND d.time_bucket >= @since
        ORDER BY v.sort_key DESC, d.time_bucket, d.kind
        """,
        new { scope, package, since, versions });

    public static Task<long> SumAsync(Session session, string scope, string package, DateTimeOffset since) => session.CountAsync(
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM version_download_counts_24h WHERE scope = @scope AND name = @package AND time_bucket >= @since", new { scope, package, since });

    public static DateTimeOffset FloorToDay(DateTimeOffset time) => Floor(time, Day);

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan piece) => new(time.UtcTicks - (time.UtcTicks % piece.Ticks), TimeSpan.Zero);

    private static Task<int> AddAsync(Session session, string table, DateTimeOffset bucket, DownloadSubject subject, long count) => session.ExecuteAsync(
        $"""
        INSERT INTO {table} (scope, name, version, time_bucket, kind, count)
        SELECT v.scope, v.name, v.version, @bucket, @kind, @count FROM package_versions v WHERE v.scope = @Scope AND v.name = @Package AND v.version = @Version
        ON CONFLICT (scope, name, version, time_bucket, kind) DO UPDATE SET count = {table}.count + excluded.count
        """,
        new { bucket, kind = DownloadKinds.NameOf(subject.Kind), count, subject.Scope, subject.Package, subject.Version });

    internal sealed class Row
    {
        public string Version { get; set; } = "";

        public DateTimeOffset TimeBucket { get; set; }

        public string Kind { get; set; } = "";

        public long Count { get; set; }

        public DownloadPoint ToPoint() => new(TimeBucket, Kind, Count);
    }
}
