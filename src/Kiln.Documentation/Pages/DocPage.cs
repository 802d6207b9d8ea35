using System.Collections.Immutable;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Pages;

/// <summary>
/// One page of a version's documentation without its frame: the registry puts it into the site, <c>kiln doc --html</c> into a file. Rendered once. Its links start with
/// <see cref="DocAddresses.Base"/> where the place that it is shown at decides.
/// </summary>
public sealed class DocPage
{
    public required DocPageKey Key { get; init; }

    /// <summary>Text for the window: <c>add</c>, <c>./sub</c>, <c>All symbols</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text of the first paragraph, at most 200 characters; empty without one.</summary>
    public string Description { get; init; } = "";

    /// <summary>From the package to this page, which is the last and has no link.</summary>
    public ImmutableArray<DocCrumb> Crumbs { get; init; } = [];

    /// <summary>The way to other entry points, for the place behind the crumbs; empty where there are none.</summary>
    public TrustedHtml Switcher { get; init; }

    public required TrustedHtml Content { get; init; }

    /// <summary>The column beside it: how to use it, top symbols, what is on the page. May be empty.</summary>
    public TrustedHtml Aside { get; init; }
}
