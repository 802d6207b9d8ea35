using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown.Parsing;
using Markdig.Extensions.DefinitionLists;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// A tree of Markdown as markup: blocks here, inlines in the other part. The depth of blocks is bounded by the parser, that of inlines here.
/// </summary>
internal sealed partial class MarkdownWriter(MarkdownContext context, bool inlineOnly) : IAuthorsAddresses
{
    private readonly MarkupWriter writer = new();
    private readonly List<string> codeBlocks = [];
    private readonly List<MarkdownHeading> headings = [];
    private readonly Dictionary<HeadingBlock, MarkdownHeading> headingOf = [];

    /// <summary>Ids by what a link of this text calls them.</summary>
    private readonly Dictionary<string, string> fragments = new(StringComparer.Ordinal);

    public IReadOnlyList<MarkdownHeading> Headings => headings;

    /// <summary>Null when there was too much of it.</summary>
    public string? Write(MarkdownDocument document)
    {
        CollectHeadings(document);
        foreach (var block in document)
        {
            WriteBlock(block);
            writer.EndPiece();
        }

        return Finish();
    }

    private string? Finish() => writer.Finish() is { } markup ? CodeSlots.Fill(markup, codeBlocks) : null;

    /// <summary>Before anything is written, because links may lead to a heading below.</summary>
    private void CollectHeadings(MarkdownDocument document)
    {
        var local = new AnchorNames();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var text = HtmlText.Clean(InlineText.Of(heading.Inline, 1_000)).Trim();
            var slug = local.Add(text);
            var id = context.Anchors.AddUserContent(slug);
            fragments.TryAdd(slug, id);
            var entry = new MarkdownHeading(id, text, Level(heading.Level));
            headings.Add(entry);
            headingOf[heading] = entry;
        }
    }

    private int Level(int level) => Math.Clamp(level + context.HeadingOffset, 1, 6);

    private void WriteChildren(ContainerBlock container)
    {
        foreach (var block in container)
        {
            WriteBlock(block);
        }
    }

    private void WriteBlock(Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                WriteParagraph(paragraph);
                break;
            case HeadingBlock heading:
                WriteHeading(heading);
                break;
            case CodeBlock code:
                WriteCode(code);
                break;
            case HtmlBlock html:
                new AuthorsHtmlReader(html.Lines.ToString(), writer, this, inlineOnly).Read();
                writer.Raw("\n");
                break;
            case ListBlock list:
                WriteList(list);
                break;
            case QuoteBlock quote:
                WriteQuote(quote);
                break;
            case TableBlock table:
                WriteTable(table);
                break;
            case DefinitionList list:
                WriteDescriptions(list);
                break;
            case ThematicBreakBlock:
                writer.Void("hr");
                writer.Raw("\n");
                break;
            case BlankLineBlock or LinkReferenceDefinitionGroup or LinkReferenceDefinition:
                break;
            case ContainerBlock container:
                WriteChildren(container);
                break;
            case LeafBlock leaf:
                WriteInlines(leaf.Inline);
                break;
        }
    }

    private void WriteParagraph(ParagraphBlock paragraph)
    {
        // The items of a tight list have no paragraphs; neither has one that only shows a video.
        if (paragraph.Parent is ListItemBlock { Parent: ListBlock { IsLoose: false } })
        {
            WriteInlines(paragraph.Inline);
            writer.Raw("\n");
            return;
        }

        writer.Open("p");
        if (!TryWriteVideo(paragraph.Inline))
        {
            WriteInlines(paragraph.Inline);
        }

        writer.Close();
        writer.Raw("\n");
    }

    private void WriteHeading(HeadingBlock heading)
    {
        var entry = headingOf[heading];
        writer.Open($"h{entry.Level}", new AttributeList().AddOnce("id", entry.Id).ToString());
        WriteInlines(heading.Inline);
        writer.Open("a", new AttributeList().AddOnce("class", "anchor").AddOnce("href", "#" + entry.Id).AddOnce("aria-label", "Link to this section").ToString());
        writer.Close();
        writer.Close();
        writer.Raw("\n");
    }

    private void WriteCode(CodeBlock block)
    {
        var fenced = block as FencedCodeBlock;
        var markup = CodeBlockMarkup.Of(block.Lines.ToString(), fenced?.Info ?? "");
        writer.Raw(CodeSlots.Slot(codeBlocks.Count));
        codeBlocks.Add(markup);
    }

    private void WriteList(ListBlock list)
    {
        var isTasks = list.OfType<ListItemBlock>().Any(i => TaskMark.IsDone(i) is not null);
        var attributes = new AttributeList();
        if (list.IsOrdered && list.OrderedStart is { } start && start != "1" && start.Length <= 9)
        {
            attributes.AddOnce("start", start.TrimStart('0') is { Length: > 0 } number ? number : "0");
        }

        attributes.AddOnce("class", isTasks ? "tasks" : null);
        writer.Open(list.IsOrdered ? "ol" : "ul", attributes.ToString());
        writer.Raw("\n");
        foreach (var block in list)
        {
            if (block is not ListItemBlock item)
            {
                WriteBlock(block);
                continue;
            }

            var done = TaskMark.IsDone(item);
            writer.Open("li", done is null ? "" : " class=\"task\"");
            if (done is not null)
            {
                writer.Raw(done.Value
                    ? "<span class=\"task-mark done\" role=\"img\" aria-label=\"Done\"></span> "
                    : "<span class=\"task-mark\" role=\"img\" aria-label=\"To do\"></span> ");
            }

            WriteChildren(item);
            writer.Close();
            writer.Raw("\n");
        }

        writer.Close();
        writer.Raw("\n");
    }

    private void WriteQuote(QuoteBlock quote)
    {
        var alert = AlertReader.Of(quote);
        if (alert is null)
        {
            writer.Open("blockquote");
        }
        else
        {
            writer.Open("div", $" class=\"alert alert-{alert.Name}\"");
            writer.Open("p", " class=\"alert-title\"");
            writer.Text(alert.Title);
            writer.Close();
        }

        writer.Raw("\n");
        WriteChildren(quote);
        writer.Close();
        writer.Raw("\n");
    }

    private void WriteTable(TableBlock table)
    {
        // A region of its own that scrolls, and that a keyboard can reach.
        writer.Open("div", " class=\"table-scroll\" tabindex=\"0\"");
        writer.Open("table");
        for (var i = 0; i < table.Count; i++)
        {
            if (i == 0)
            {
                writer.Open("thead");
            }
            else if (i == 1)
            {
                writer.Open("tbody");
            }

            writer.Open("tr");
            var row = (TableRow)table[i];
            for (var column = 0; column < row.Count; column++)
            {
                var align = table.Columns[column] switch
                {
                    TableAlignment.Left => " align=\"left\"",
                    TableAlignment.Center => " align=\"center\"",
                    TableAlignment.Right => " align=\"right\"",
                    _ => "",
                };
                writer.Open(i == 0 ? "th" : "td", align);
                WriteInlines(((TableCell)row[column]).Inline);
                writer.Close();
            }

            writer.Close();
            writer.Raw("\n");
            if (i == 0 || i == table.Count - 1)
            {
                writer.Close();
            }
        }

        writer.Close();
        writer.Close();
        writer.Raw("\n");
    }

    private void WriteDescriptions(DefinitionList list)
    {
        writer.Open("dl");
        writer.Raw("\n");
        foreach (var item in list.OfType<DefinitionItem>())
        {
            var isOpen = false;
            foreach (var block in item)
            {
                if (block is DefinitionTerm term)
                {
                    if (isOpen)
                    {
                        writer.Close();
                        isOpen = false;
                    }

                    writer.Open("dt");
                    WriteInlines(term.Inline);
                    writer.Close();
                    continue;
                }

                if (!isOpen)
                {
                    writer.Open("dd");
                    isOpen = true;
                }

                WriteBlock(block);
            }

            if (isOpen)
            {
                writer.Close();
            }

            writer.Raw("\n");
        }

        writer.Close();
        writer.Raw("\n");
    }

    string? IAuthorsAddresses.Link(string url) => LinkAddress(url);

    string? IAuthorsAddresses.Image(string url) => Addresses.Image(url, context);

    string? IAuthorsAddresses.Id(string name)
    {
        var slug = AnchorNames.Anchorize(name);
        if (slug.Length == 0)
        {
            return null;
        }

        var id = context.Anchors.AddUserContent(slug);
        fragments.TryAdd(slug, id);
        return id;
    }

    string IAuthorsAddresses.HeadingLevel(string element) =>
        element.Length == 2 && element[0] == 'h' && char.IsAsciiDigit(element[1]) ? $"h{Level(element[1] - '0')}" : element;
}
