using Kiln.Packages.Scoring;
using Kiln.Registry.Docs;

namespace Kiln.Registry.Catalog;

/// <summary>All that the pages of one version of a package share, read at once.</summary>
public sealed record PackageView
{
    public required Package Package { get; init; }

    /// <summary>The version that is shown; null while nothing is published.</summary>
    public PublishedVersion? Version { get; init; }

    /// <summary>The address names the version.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Export keys and their files, in the order of the configuration.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Exports { get; init; } = [];

    /// <summary>Distinct packages that the version needs.</summary>
    public int DependencyCount { get; init; }

    /// <summary>Of the whole package, in the last seven days.</summary>
    public long WeeklyDownloads { get; init; }

    public VersionDocumentation Documentation { get; init; } = VersionDocumentation.Pending;

    /// <summary>Of this version; null until its documentation is there.</summary>
    public PackageScore? Score { get; init; }
}
