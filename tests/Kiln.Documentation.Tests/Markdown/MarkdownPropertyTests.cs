using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Kiln.Documentation.Markdown;

namespace Kiln.Documentation.Tests.Markdown;

/// <summary>
/// Text made of the pieces that Markdown and HTML are made of, in any order. The markup is read by an independent parser: no error of balance, no name that is not allowed.
/// </summary>
public sealed class MarkdownPropertyTests
{
    private static readonly string[] Pieces =
    [
        "a", "b ", " ", "\n", "\n\n", "\n    ", "\t", "- ", "* ", "1. ", "> ", "# ", "###### ", "---\n", "===\n", "```\n", "```ts\n", "~~~\n", "`", "``", "*", "**", "_", "~~", "^", "[", "]", "](", ")", "![", "](x)", "](#a)", "[a]: /x\n",
        "[a]", "|", "|a|b|\n|-|-|\n", "\\", "&", "&lt;", "&#60;", "&#1;", "{@link ", "{@link A}", "}", "[!NOTE]", "[ ] ", ":   ", "https://ok.test/", "www.ok.test", "<https://ok.test>", "<", ">", "\"", "'", "=", "<!--", "-->", "<![CDATA[", "]]>", "<?",
        "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<div align=center>", "<a href=x>", "<a href='javascript:x'>", "</a>", "<a id=a name=b>", "<img src=x onerror=y>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<ul>", "<li>",
        "</li>", "</ul>", "<details>", "<summary>", "</summary>", "</details>", "<pre>", "</pre>", "<code>", "</code>", "<h1>", "</h1>", "<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<template>", "<form>", "<input>",
        "<br>", "<hr>", "<picture>", "<source srcset=x>", "<video src=x>", "</video>", "<textarea>", "<title>", "<iframe>", "<b a=\"", "</", "<b/", "<sup>", "</sup>", "<blockquote>", "</blockquote>", "<dl><dt>", "<dd>", "<center>", "\u0000", "\u0001", "\u0002", "\u00020\u0002", "\ud83d\ude00", "\ud800",
    ];

    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "blockquote", "br", "button", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
        "var", "video", "wbr",
    };

    private static readonly HashSet<string> AllowedAttributes = new(StringComparer.Ordinal)
    {
        "align", "alt", "aria-label", "class", "colspan", "controls", "data-copy", "dir", "height", "href", "id", "lang", "loading", "media", "open", "preload", "rel", "role", "rowspan", "scope", "src", "srcset", "start", "tabindex", "title",
        "type", "valign", "value", "width", "datetime", "reversed",
    };

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Select(string.Concat);

    [Fact]
    public void Markup_is_balanced_and_has_only_what_is_allowed() => Text.Sample(
        text =>
        {
            var rendered = MarkdownRenderer.Render(text, Context());
            Assert.False(rendered.IsShownAsText, "A text this small is beyond no bound: something failed.");
            Check(rendered.Html.ToString(), text);
            Check(MarkdownRenderer.RenderSummary(text, Context()).ToString(), text);
        },
        iter: 6_000);

    [Fact]
    public void Plain_text_has_no_line_ends_and_keeps_its_length() => Text.Sample(
        text =>
        {
            var plain = MarkdownRenderer.ToPlainText(text, 40);
            return plain.Length <= 40 && !plain.Contains('\n', StringComparison.Ordinal) && plain == plain.Trim();
        },
        iter: 2_000);

    private static void Check(string html, string text)
    {
        Assert.DoesNotContain('\u0002', html);

        // A sentinel before and behind: what the text opens it also closes, and it closes nothing else.
        var document = new HtmlParser().ParseDocument($"<!doctype html><body><main><p id=before></p><section>{html}</section><p id=behind></p></main>");
        var main = document.Body!.FirstElementChild!;
        Assert.True(main.Children.Length == 3 && main.Children[0].Id == "before" && main.Children[1].LocalName == "section" && main.Children[2].Id == "behind", $"{text}\n→ {html}\n→ {main.OuterHtml}");
        Assert.Empty(main.Children[2].ChildNodes);
        foreach (var element in main.Children[1].QuerySelectorAll("*"))
        {
            Assert.True(Allowed.Contains(element.LocalName), $"<{element.LocalName}> of {text}\n→ {html}");
            foreach (var attribute in element.Attributes)
            {
                Assert.True(AllowedAttributes.Contains(attribute.Name), $"{attribute.Name} of {text}\n→ {html}");
                Assert.True(attribute.Name != "id" || attribute.Value.StartsWith("user-content-", StringComparison.Ordinal), html);
                Assert.True(attribute.Name is not ("href" or "src" or "srcset") || attribute.Value is ['#' or '/', ..] || attribute.Value.StartsWith("https://", StringComparison.Ordinal), html);
            }
        }

        CheckBalance(html);
    }

    /// <summary>Every end tag has its beginning: read without a parser that mends.</summary>
    private static void CheckBalance(string html)
    {
        var open = new Stack<string>();
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0; i = html.IndexOf('<', i + 1))
        {
            var end = i + 1;
            while (char.IsAsciiLetterOrDigit(html[end]) || (html[end] == '/' && end == i + 1))
            {
                end++;
            }

            var name = html[(i + 1)..end];
            if (name.StartsWith('/'))
            {
                Assert.True(open.TryPop(out var top) && "/" + top == name, $"{name} in {html}");
            }
            else if (name is not ("br" or "hr" or "img" or "source" or "wbr"))
            {
                open.Push(name);
            }
        }

        Assert.Empty(open);
    }

    private static MarkdownContext Context() => new() { ResolveUrl = (url, _) => "/x/" + url, ResolveSymbol = target => new SymbolLink("/s/" + target) };
}
