using System.Collections.Immutable;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Markdown;

/// <summary>Markdown as markup.</summary>
public sealed class RenderedMarkdown
{
    /// <summary>Block content.</summary>
    public required TrustedHtml Html { get; init; }

    /// <summary>In the order of the text.</summary>
    public ImmutableArray<MarkdownHeading> Headings { get; init; } = [];

    /// <summary>The text was beyond a bound (security.md P8, P9) and is shown as it was written, with a note.</summary>
    public bool IsShownAsText { get; init; }
}
