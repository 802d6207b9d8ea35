using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Downloads;

public sealed class DownloadService(Database database)
{
    /// <summary>Days that are told about, today among them.</summary>
    private const int Days = 90;

    private const int RecentVersions = 5;

    public Task<Result<PackageDownloads>> GetAsync(string scope, string package, CancellationToken cancellation) => database.SnapshotAsync<Result<PackageDownloads>>(
        async session =>
        {
            if (await PackageStore.FindAsync(session, scope, package) is null)
            {
                return new ApiError(ApiErrors.PackageNotFound, $"There is no package @{scope}/{package}.");
            }

            var since = DownloadStore.FloorToDay(session.Now).AddDays(1 - Days);
            var total = await DownloadStore.ListTotalAsync(session, scope, package, since);
            var recent = await DownloadStore.ListRecentAsync(session, scope, package, since, RecentVersions);
            return new PackageDownloads(
                [.. total.Select(r => r.ToPoint())],
                [.. recent.GroupBy(r => r.Version, StringComparer.Ordinal).Select(v => new VersionDownloads(v.Key, [.. v.Select(r => r.ToPoint())]))]);
        },
        cancellation);

    /// <summary>Adds counts that were taken elsewhere. False when they have been added before.</summary>
    public async Task<bool> AddAsync(DownloadBatch batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await database.FencedAsync(s => DownloadStore.AddAsync(s, batch), cancellation) is not null;
    }

    internal Task<int> PruneAsync(CancellationToken cancellation) => database.FencedAsync(DownloadStore.PruneAsync, cancellation);

    /// <summary>Adds the downloads in an access log (<see cref="AccessLog"/>).</summary>
    /// <exception cref="InvalidDataException">It is no text, or holds more than is counted at once.</exception>
    public static async Task<AccessLogImport> ImportAsync(Database database, Stream log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var (added, left) = (0L, 0L);
        foreach (var batch in await AccessLog.ReadAsync(log, cancellation))
        {
            var counted = await database.FencedAsync(s => DownloadStore.AddAsync(s, batch), cancellation) ?? 0;
            added += counted;
            left += batch.Counts.Sum(c => c.Count) - counted;
        }

        return new AccessLogImport(added, left);
    }
}
