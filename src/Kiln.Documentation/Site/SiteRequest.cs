using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Site;

/// <summary>What a static site is made of.</summary>
public sealed class SiteRequest
{
    public required PackageDocs Docs { get; init; }

    /// <summary>Text files of the package by their absolute path in it (<c>/mod.ts</c>), in the order in which they are listed.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>Other files that pages may show: images and videos, by their absolute path in the package.</summary>
    public IReadOnlySet<string> Media { get; init; } = new HashSet<string>();

    /// <summary>Where other packages are documented: <c>https://host</c>; null for none.</summary>
    public string? Registry { get; init; }
}
