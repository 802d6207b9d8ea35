using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Kiln.Documentation.Markdown;
using Kiln.Tooling;

namespace Kiln.Documentation.Tests.Markdown;

/// <summary>
/// Markdown means what it means elsewhere: the structure of every case is that of <c>deno doc --html</c> (generate.mjs). What both put around it, classes, ids, icons,
/// anchors, is left out. A case that differs names a reason of differences.txt, and must differ.
/// </summary>
public sealed class GitHubMarkdownTests
{
    private static readonly string Folder = Path.Combine(ToolPaths.Root, "tests/Kiln.Documentation.Tests/Markdown");

    public static TheoryData<string> Names => [.. Cases().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_structure_is_that_of_deno(string name)
    {
        var (_, markdown, expected) = Cases().Single(c => c.Name == name);
        var difference = "";
        if (markdown.StartsWith("@ difference ", StringComparison.Ordinal))
        {
            var end = markdown.IndexOf('\n', StringComparison.Ordinal);
            difference = markdown["@ difference ".Length..end];
            markdown = markdown[(end + 1)..];
            Assert.Contains(Differences(), d => d == difference);
        }

        var rendered = MarkdownRenderer.Render(markdown, new MarkdownContext { ResolveUrl = (url, _) => url.StartsWith('/') ? url : "./" + url });
        Assert.False(rendered.IsShownAsText);
        var actual = Structure(rendered.Html.ToString());
        if (difference.Length == 0)
        {
            Assert.Equal(Structure(expected), actual);
        }
        else
        {
            Assert.NotEqual(Structure(expected), actual);
        }
    }

    [Fact]
    public void Every_difference_is_one_of_a_case() =>
        Assert.Equal(Differences().Order(StringComparer.Ordinal), Cases().Where(c => c.Markdown.StartsWith("@ difference ", StringComparison.Ordinal)).Select(c => c.Markdown.Split('\n')[0]["@ difference ".Length..]).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Differences() => File.ReadLines(Path.Combine(Folder, "differences.txt")).Where(l => l.Contains(": ", StringComparison.Ordinal)).Select(l => l.Split(": ")[0]);

    private static List<(string Name, string Markdown, string Expected)> Cases()
    {
        var cases = new List<(string, string, string)>();
        foreach (var part in File.ReadAllText(Path.Combine(Folder, "Cases/markdown.txt")).Split("\n=== ").Skip(1))
        {
            var line = part.IndexOf('\n', StringComparison.Ordinal);
            var body = part[(line + 1)..] + "\n";
            var end = body.LastIndexOf("\n---\n", StringComparison.Ordinal);
            cases.Add((part[..line], body[..end], body[(end + 5)..]));
        }

        return cases;
    }

    private static string Structure(string html)
    {
        var structure = new StructureWriter();
        structure.Write(new HtmlParser().ParseDocument("<body>" + html).Body!, isCode: false);
        return structure.ToString();
    }

    /// <summary>Elements, the attributes that mean something, and text; blanks at the borders of blocks mean nothing.</summary>
    private sealed class StructureWriter
    {
        private static readonly HashSet<string> Inlines = new(StringComparer.Ordinal) { "a", "b", "br", "code", "del", "em", "i", "img", "kbd", "strong", "sup" };

        private readonly StringBuilder text = new();
        private bool isAtBorder = true;

        public void Write(INode node, bool isCode)
        {
            foreach (var child in node.ChildNodes)
            {
                if (child is IText run)
                {
                    Text(run.Data, isCode);
                }
                else if (child is IElement element)
                {
                    Element(element, isCode);
                }
            }
        }

        public override string ToString() => text.ToString();

        private void Element(IElement element, bool isCode)
        {
            // What each puts around it: buttons, boxes of tasks, anchors. The button of a code block stands inside the block.
            if (element.LocalName is "button" or "input" || element.ClassName is "anchor" or "task-mark" or "task-mark done" || (element.LocalName == "code" && isCode && element.PreviousElementSibling is not null))
            {
                return;
            }

            if (element.LocalName == "span" || element.ClassName is "table-scroll" or "code-block")
            {
                Write(element, isCode);
                return;
            }

            var isBlock = !Inlines.Contains(element.LocalName);
            Border(isBlock);
            text.Append('<').Append(element.LocalName).Append(element.ClassName?.StartsWith("alert", StringComparison.Ordinal) == true ? " alert" : "");
            foreach (var name in (string[])["href", "src", "alt", "title", "align", "start", "open"])
            {
                if (element.GetAttribute(name) is { } value)
                {
                    text.Append(' ').Append(name).Append('=').Append(value.StartsWith("./", StringComparison.Ordinal) ? value[2..] : value);
                }
            }

            text.Append('>');
            isAtBorder = isBlock;
            Write(element, isCode || element.LocalName == "pre");
            Border(isBlock);
            text.Append("</>");
            isAtBorder = isBlock;
        }

        private void Text(string data, bool isCode)
        {
            var shown = isCode ? data.TrimEnd('\n') : System.Text.RegularExpressions.Regex.Replace(isAtBorder ? data.TrimStart() : data, @"\s+", " ");
            text.Append(shown);
            isAtBorder &= shown.Length == 0;
        }

        private void Border(bool isBlock)
        {
            while (isBlock && text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
            }
        }
    }
}
