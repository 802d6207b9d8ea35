using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Pages;

/// <summary>All that the documentation of one version is rendered from.</summary>
public sealed class PackageDocs
{
    /// <summary><c>@scope/name</c>; of a folder without a configuration its name.</summary>
    public required string Name { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? Version { get; init; }

    public required DocSet Modules { get; init; }

    /// <summary>In the order of the configuration; of every one of them <see cref="Modules"/> may have a module.</summary>
    public required ImmutableArray<DocEntryPoint> Entries { get; init; }

    /// <summary>The text of the README; null without one.</summary>
    public string? Readme { get; init; }

    /// <summary>The absolute path of the README in the package.</summary>
    public string ReadmePath { get; init; } = "/README.md";

    /// <summary>The overview shows the README even where the main entry has module documentation.</summary>
    public bool PrefersReadme { get; init; }

    /// <summary>Says that the package is on a registry, so that pages can say how to add it.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Built by the first who asks, for all that is made of the same documentation.</summary>
    internal PackageIndex Index(CancellationToken cancellationToken) => index ??= PackageIndex.Build(this, cancellationToken);

    private PackageIndex? index;
}
