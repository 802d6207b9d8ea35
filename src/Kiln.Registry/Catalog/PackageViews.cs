using System.Text;
using System.Text.Json;
using Kiln.Packages.Scoring;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Downloads;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Catalog;

/// <summary>What pages show of a package: one snapshot of the database each.</summary>
public sealed class PackageViews(Database database)
{
    /// <summary>Null when there is no such package or version.</summary>
    /// <param name="version">Null shows the newest one: the highest stable, else the highest pre-release, else whatever there is; yanked ones last.</param>
    public Task<PackageView?> FindAsync(string scope, string name, string? version, CancellationToken cancellation) =>
        database.SnapshotAsync(session => FindAsync(session, scope, name, version), cancellation);

    /// <summary>The files of a version; null when there is no such version. For the version itself see <see cref="FindAsync(string, string, string?, CancellationToken)"/>.</summary>
    public Task<IReadOnlyList<PublishedFile>> ListFilesAsync(string scope, string name, string version, CancellationToken cancellation) =>
        database.ReadAsync(session => VersionStore.ListFilesAsync(session, scope, name, version), cancellation);

    /// <summary>The score of the latest stable version, <c>GET …/score</c>; null when there is no such version, or nothing is known of it yet.</summary>
    public Task<Result<PackageScore?>> FindScoreAsync(string scope, string name, CancellationToken cancellation) => database.SnapshotAsync<Result<PackageScore?>>(
        async session =>
        {
            if (await PackageStore.FindAsync(session, scope, name) is not { } package)
            {
                return new ApiError(ApiErrors.PackageNotFound, $"There is no package @{scope}/{name}.");
            }

            if (package.LatestVersion is not { } latest || await VersionStore.FindAsync(session, scope, name, latest) is not { } row)
            {
                return new Result<PackageScore?>((PackageScore?)null);
            }

            return new Result<PackageScore?>(ScoreOf(await DocumentationOf(session, scope, name, latest), package, row));
        },
        cancellation);

    private static async Task<PackageView?> FindAsync(Session session, string scope, string name, string? version)
    {
        if (await PackageStore.FindAsync(session, scope, name) is not { } package)
        {
            return null;
        }

        package = package with { DependentCount = (int)await PackageStore.CountDependentsAsync(session, scope, name) };
        var row = version is null ? await VersionStore.FindShownAsync(session, scope, name) : await VersionStore.FindAsync(session, scope, name, version);
        if (row is null)
        {
            return version is null ? new PackageView { Package = package } : null;
        }

        var publisher = row.UserId is { } id ? await UserStore.FindAsync(session, id) : null;
        var documentation = await DocumentationOf(session, scope, name, row.Version);
        return new PackageView
        {
            Package = package,
            Version = row.ToVersion() with { Publisher = publisher?.ToPublic(), NewerVersionsCount = (int)await VersionStore.CountNewerAsync(session, row) },
            IsPinned = version is not null,
            Exports = [.. JsonSerializer.Deserialize<OrderedDictionary<string, string>>(row.Exports)!],
            DependencyCount = (int)await PackageStore.CountDependenciesAsync(session, scope, name, row.Version),
            WeeklyDownloads = await DownloadStore.SumAsync(session, scope, name, DownloadStore.FloorToDay(session.Now).AddDays(-6)),
            Documentation = documentation,
            Score = ScoreOf(documentation, package, row),
        };
    }

    private static async Task<VersionDocumentation> DocumentationOf(Session session, string scope, string name, string version)
    {
        if (await VersionDocsStore.FindAsync(session, scope, name, version) is { } row)
        {
            return new VersionDocumentation
            {
                State = DocumentationState.Ready,
                Pages = ObjectKeys.DocPages(scope, name, version, row.Pages),
                SymbolCount = row.SymbolCount,
                Score = ScoreInputs.TryRead(Encoding.UTF8.GetBytes(row.Score), out var inputs) ? inputs : null,
            };
        }

        return await JobStore.FindAsync(session, DocumentationJob.JobKind, JobSubject.Of(scope, name, version)) is { Status: "failed" } failed
            ? new VersionDocumentation { State = DocumentationState.Failed, Reason = failed.Error }
            : VersionDocumentation.Pending;
    }

    private static PackageScore? ScoreOf(VersionDocumentation documentation, Package package, VersionStore.Row version) =>
        documentation.Score is null ? null : PackageScore.Compute(documentation.Score, package.FactsOf(version.RekorLogId is not null));
}
