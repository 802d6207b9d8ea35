namespace Kiln.Registry.Downloads;

/// <summary><c>GET …/downloads</c> (registry.md §2.2): of each day with any.</summary>
/// <param name="RecentVersions">The newest stable versions that have any, highest first.</param>
public sealed record PackageDownloads(IReadOnlyList<DownloadPoint> Total, IReadOnlyList<VersionDownloads> RecentVersions);

public sealed record VersionDownloads(string Version, IReadOnlyList<DownloadPoint> Downloads);

/// <param name="TimeBucket">The beginning of the day, UTC.</param>
/// <param name="Kind"><c>jsr_meta</c> or <c>npm_tarball</c>.</param>
public sealed record DownloadPoint(DateTimeOffset TimeBucket, string Kind, long Count);
