using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Types;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Comments;

/// <summary>What a comment says, on a page.</summary>
/// <param name="page">The page.</param>
/// <param name="scope">Where names in the comment are looked up.</param>
/// <param name="headingLevel">Of the headings around: those in the text are deeper.</param>
internal sealed class CommentRenderer(PageContext page, NameScope scope, int headingLevel)
{
    /// <summary>A comment has this many examples, or a page would be one.</summary>
    private const int MaxExamples = 50;

    private const string Remarks = "@remarks";

    public NameScope Scope => scope;

    public RenderedMarkdown Markdown(string text) => MarkdownRenderer.Render(text, page.Markdown(scope, PageContext.PathOf(scope.File), Headings.Offset(text, headingLevel)));

    /// <summary>The notice of a deprecation; nothing without one.</summary>
    public void Deprecation(HtmlWriter html, DocComment? comment)
    {
        var tag = comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Deprecated);
        if (tag is null)
        {
            return;
        }

        html.Raw("<div class=\"doc-deprecated\"><p class=\"doc-deprecated-title\">Deprecated</p>");
        if (!string.IsNullOrWhiteSpace(tag.Text))
        {
            html.Raw("<div class=\"doc-prose\">").Raw(Markdown(tag.Text).Html).Raw("</div>");
        }

        html.Raw("</div>");
    }

    /// <summary>The text, <c>@remarks</c>, <c>@since</c> and the default value.</summary>
    /// <returns>The headings of the text.</returns>
    public IReadOnlyList<MarkdownHeading> Body(HtmlWriter html, DocComment? comment)
    {
        if (comment is null)
        {
            return [];
        }

        var headings = new List<MarkdownHeading>();
        Prose(comment.Text);
        foreach (var tag in comment.Tags)
        {
            if (tag is { Kind: JsDocTagKind.Unsupported, Text: { } raw } && raw.StartsWith(Remarks, StringComparison.Ordinal) && raw.Length > Remarks.Length && char.IsWhiteSpace(raw[Remarks.Length]))
            {
                Prose(raw[Remarks.Length..].Trim());
            }
        }

        return headings;

        void Prose(string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                var rendered = Markdown(text);
                headings.AddRange(rendered.Headings);
                html.Raw("<div class=\"doc-prose\">").Raw(rendered.Html).Raw("</div>");
            }
        }
    }

    /// <summary><c>@since</c> and <c>@default</c>, in a line of small print.</summary>
    public static void Facts(HtmlWriter html, DocComment? comment)
    {
        if (comment is null)
        {
            return;
        }

        foreach (var tag in comment.Tags)
        {
            if (tag.Kind == JsDocTagKind.Since && !string.IsNullOrWhiteSpace(tag.Text))
            {
                html.Raw("<p class=\"doc-fact\">Since ").Text(Names.Shown(tag.Text.Trim())).Raw("</p>");
            }
            else if (tag.Kind == JsDocTagKind.Default && tag.Default is not null)
            {
                html.Raw("<p class=\"doc-fact\">Default: <code>").Text(Names.Shown(tag.Default)).Raw("</code>");
                if (!string.IsNullOrWhiteSpace(tag.Text))
                {
                    html.Raw(" ").Text(tag.Text);
                }

                html.Raw("</p>");
            }
        }
    }

    /// <summary>Every example with its title, ready for the page; titles are in the table of contents.</summary>
    public IEnumerable<(string Id, string Title, HtmlWriter Html)> Examples(DocComment? comment, bool isOpen = true)
    {
        var number = 0;
        foreach (var tag in (comment?.Tags ?? []).Where(t => t.Kind == JsDocTagKind.Example && !string.IsNullOrWhiteSpace(t.Text)).Take(MaxExamples))
        {
            var (title, body) = SplitTitle(tag.Text!);
            number++;
            var id = page.Anchors.Add($"example_{number - 1}");
            var shown = title is null ? $"Example {number}" : MarkdownRenderer.ToPlainText(title, 120);
            var html = new HtmlWriter().Raw("<div class=\"doc-example\"").Attribute("id", id).Raw(isOpen ? "><details open><summary>" : "><details><summary>");
            if (title is null)
            {
                html.Text(shown);
            }
            else
            {
                html.Raw(MarkdownRenderer.RenderSummary(title, new MarkdownContext { MaximumLength = MarkdownLimits.Comment }));
            }

            html.Raw("</summary>");
            if (body.Length > 0)
            {
                html.Raw("<div class=\"doc-prose\">").Raw(Markdown(body).Html).Raw("</div>");
            }

            // Beside the summary, not in it: that is a button.
            yield return (id, shown, html.Raw("</details>").Anchor(id, shown).Raw("</div>"));
        }
    }

    /// <summary>Up to the first empty line or fence it is the title (docs.md §10.8).</summary>
    internal static (string? Title, string Body) SplitTitle(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n');
        var end = text.Length;
        foreach (var mark in (string[])["\n\n", "```", "~~~"])
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            end = at >= 0 && at < end ? at : end;
        }

        var title = text[..end].Trim().ReplaceLineEndings(" ");
        return title.Length == 0 ? (null, text.Trim('\n')) : (title, text[end..].Trim('\n'));
    }

    /// <summary>Throws, See and whatever else a comment can say behind its text.</summary>
    public static IEnumerable<DocTag> Tags(DocComment? comment, JsDocTagKind kind) =>
        (comment?.Tags ?? []).Where(t => t.Kind == kind && (t.Type is not null || !string.IsNullOrWhiteSpace(t.Text)));

    /// <summary>What the comment says about a parameter.</summary>
    public static DocTag? Parameter(DocComment? comment, string name) =>
        comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Param && t.Name == name);

    public static DocTag? TypeParameter(DocComment? comment, string name) =>
        comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Template && t.Name == name);

    public void Prose(HtmlWriter html, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            html.Raw("<div class=\"doc-prose\">").Raw(Markdown(text).Html).Raw("</div>");
        }
    }
}
