using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Site;

/// <summary>What a static site is made of.</summary>
public sealed class SiteRequest
{
    public required PackageDocs Docs { get; init; }

    /// <summary>Text files of the package by their absolute path in it (<c>/mod.ts</c>), in the order in which they are listed.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the package has another file of this path. Asked for what pages link to: images, videos, guides, licenses.</summary>
    public Func<string, bool> HasFile { get; init; } = static _ => false;

    /// <summary>The text of such a file; null for one that is no text, or too large to be shown.</summary>
    public Func<string, string?> ReadText { get; init; } = static _ => null;

    /// <summary>Where other packages are documented: <c>https://host</c>; null for none.</summary>
    public string? Registry { get; init; }
}
