using Kiln.Analysis.Graph;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>What the npm tarball is made from.</summary>
internal sealed record NpmPackageInput
{
    public required PackageReference Name { get; init; }

    public required PackageVersion Version { get; init; }

    /// <summary>With a trailing slash.</summary>
    public required string RegistryUrl { get; init; }

    /// <summary>Of every entry.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    public required IReadOnlyList<PackageFile> Files { get; init; }

    public required ModuleGraph Graph { get; init; }

    public required IReadOnlyList<PackageExport> Exports { get; init; }

    /// <summary>What the module graph asks for.</summary>
    public required IReadOnlyList<PackageRequirement> Requirements { get; init; }

    /// <summary>An SPDX expression.</summary>
    public required string License { get; init; }

    public required NpmSettings Settings { get; init; }
}
