using System.Collections.Immutable;
using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown.Parsing;
using Kiln.Documentation.Markdown.Rendering;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown;

/// <summary>
/// Markdown of strangers as markup that can do no harm (docs.md §11, security.md §0.5, P8, P9, B3, B5, B9). Takes any text, takes time in proportion to its length, and never
/// fails: see <see cref="RenderedMarkdown.IsShownAsText"/>.
/// </summary>
public static class MarkdownRenderer
{
    public static RenderedMarkdown Render(string markdown, MarkdownContext context)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(context);

        // 1. Bounds that can be seen from outside.
        if (markdown.Length > context.MaximumLength)
        {
            return AsText(markdown);
        }

        // 2. Text to a tree; the parsers count and give up.
        if (MarkdownDocuments.Parse(HtmlText.Clean(markdown)) is not { } document)
        {
            return AsText(markdown);
        }

        // 3. The tree to markup: what is ours is encoded, what is the author's HTML goes through the allow-list, twice.
        var writer = new MarkdownWriter(context, inlineOnly: false);
        return writer.Write(document) is { } markup
            ? new RenderedMarkdown { Html = TrustedHtml.FromMarkup(markup), Headings = [.. writer.Headings] }
            : AsText(markdown);
    }

    /// <summary>The first block as inline content, for a row of a list (docs.md §10.3): no headings, no ids, no highlighting, no images. Empty where the first block has no text.</summary>
    public static TrustedHtml RenderSummary(string markdown, MarkdownContext context)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(context);
        if (MarkdownDocuments.Parse(HtmlText.Clean(Beginning(markdown, MarkdownLimits.Comment))) is not { } document)
        {
            return TrustedHtml.FromMarkup(HtmlText.Encode(PlainBeginning(markdown, 200)));
        }

        return FirstText(document) is { } leaf && new MarkdownWriter(context, inlineOnly: true).WriteInlineOnly(leaf.Inline) is { } markup
            ? TrustedHtml.FromMarkup(markup.Trim())
            : TrustedHtml.Empty;
    }

    /// <summary>The text without its marks, blanks joined, at most <paramref name="maxLength"/> characters: cut at the end of a word, with <c>…</c>. Plain text, not encoded.</summary>
    public static string ToPlainText(string markdown, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(markdown);

        // What is far behind the end is not read: marks are rarely four times as long as the text.
        var beginning = HtmlText.Clean(Beginning(markdown, Math.Max(2_048, 4L * maxLength)));
        var text = new StringBuilder();
        if (MarkdownDocuments.Parse(beginning) is { } document)
        {
            foreach (var leaf in document.Descendants<LeafBlock>())
            {
                if (text.Length > 2 * maxLength)
                {
                    break;
                }

                text.Append(' ');
                if (leaf.Inline is not null)
                {
                    InlineText.Append(text, leaf.Inline, text.Length + (2 * maxLength) + 1);
                }
                else if (leaf is CodeBlock)
                {
                    text.Append(leaf.Lines.ToString());
                }
            }
        }
        else
        {
            text.Append(beginning);
        }

        return PlainBeginning(text.ToString(), maxLength);
    }

    private static RenderedMarkdown AsText(string markdown)
    {
        var shown = markdown.Length > MarkdownLimits.Readme ? markdown[..MarkdownLimits.Readme] : markdown;
        var note = shown.Length == markdown.Length
            ? "This text is too complex to be shown with its formatting."
            : "This text is too long: its beginning is shown as it was written.";
        return new RenderedMarkdown
        {
            Html = TrustedHtml.FromMarkup($"<p class=\"shown-as-text\">{note}</p>\n<pre class=\"plain\" tabindex=\"0\">{HtmlText.Encode(shown)}</pre>\n"),
            IsShownAsText = true,
        };
    }

    /// <summary>The first block with inlines, unless one that a line cannot show comes before it.</summary>
    private static LeafBlock? FirstText(MarkdownDocument document)
    {
        ContainerBlock container = document;
        while (true)
        {
            switch (container.FirstOrDefault(b => b is not (HtmlBlock or LinkReferenceDefinitionGroup or BlankLineBlock)))
            {
                case LeafBlock { Inline: not null } leaf:
                    return leaf;
                case ContainerBlock inner and not (TableBlock or ListBlock):
                    container = inner;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>Cut at the end of a line where that is possible.</summary>
    private static string Beginning(string markdown, long length)
    {
        if (markdown.Length <= length)
        {
            return markdown;
        }

        var end = markdown.LastIndexOf('\n', (int)length);
        return markdown[..(end < length / 2 ? (int)length : end)];
    }

    private static string PlainBeginning(string text, int maxLength)
    {
        var joined = new StringBuilder();
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                joined.Append(c);
            }
            else if (joined.Length > 0 && joined[^1] != ' ')
            {
                joined.Append(' ');
            }

            if (joined.Length > maxLength + 1)
            {
                break;
            }
        }

        var result = joined.ToString().TrimEnd();
        if (result.Length <= maxLength)
        {
            return result;
        }

        var cut = Math.Max(0, maxLength - 1);
        var word = cut == 0 ? -1 : result.LastIndexOf(' ', cut);
        cut = word > maxLength / 2 ? word : cut;
        if (cut > 0 && char.IsHighSurrogate(result[cut - 1]))
        {
            cut--;
        }

        return result[..cut].TrimEnd() + "…";
    }
}
