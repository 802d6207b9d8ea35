using Kiln.Documentation.Markdown;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Tests.Markdown;

/// <summary>security.md B3, B5, B7, B9: what is left of HTML and of addresses. That nothing of it does harm is for a browser to say: tests/Browser.</summary>
public sealed class AuthorsHtmlTests
{
    [Theory]
    [InlineData("<p align=\"center\"><img src=\"./a.png\" width=\"20%\" height=5px alt=x></p>", "<p align=\"center\"><img src=\"BASE/raw/./a.png\" width=\"20%\" height=\"5\" alt=\"x\" loading=\"lazy\"></p>")]
    [InlineData("<center>x</center>", "<div align=\"center\">x</div>")]
    [InlineData("<details open>\n<summary>S</summary>\n\n*x*\n\n</details>", "<details open=\"\">\n<summary>S</summary>\n<p><em>x</em></p>\n</details>")]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<table><tr><td>a<td colspan=2>b<tr><th scope=row>c</table>", "<table><tbody><tr><td>a</td><td colspan=\"2\">b</td></tr><tr><th scope=\"row\">c</th></tr></tbody></table>")]
    [InlineData("<h1 align=center>x</h1>", "<h1 align=\"center\">x</h1>")]
    [InlineData("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"d.png\"><img src=l.png></picture>", "<p><picture><source media=\"(prefers-color-scheme:dark)\" srcset=\"BASE/raw/d.png\"><img src=\"BASE/raw/l.png\" loading=\"lazy\"></picture></p>")]
    [InlineData("<b>x", "<p><b>x</b></p>")]
    [InlineData("x</div></b>", "<p>x</p>")]
    [InlineData("a </br> b<br/>c", "<p>a <br> b<br>c</p>")]
    [InlineData("<div>\n\ntext\n\n</div>", "<div>\n<p>text</p>\n</div>")]
    [InlineData("- <div>\n\n# x", "<ul>\n<li><div>\n</div></li>\n</ul>\n<h1 id=\"user-content-x\">x<a class=\"anchor\" href=\"#user-content-x\" aria-label=\"Link to this section\"></a></h1>")]
    [InlineData("<p class=\"x\" style=\"y\" onclick=\"z\" data-a=\"b\" id=\"Top\">t</p>", "<p id=\"user-content-top\">t</p>")]
    [InlineData("<svg><b>x</b></svg>after", "<p><b>x</b>after</p>")]
    [InlineData("<script>x</script>after", "after")]
    [InlineData("<style>\n\n*x*\n\n</style>\n\ny", "<p>y</p>")]
    [InlineData("<font color=red>x</font>", "<p>x</p>")]
    [InlineData("<a href=\"https://ok.test/\" target=_blank>x</a>", "<p><a href=\"https://ok.test/\" rel=\"nofollow ugc noopener\">x</a></p>")]
    [InlineData("<a href=\"docs/a.md\">x</a>", "<p><a href=\"BASE/src/docs/a.md\">x</a></p>")]
    [InlineData("<!-- comment -->x", "x")]
    [InlineData("a &copy; b &amp;lt; &#1; c", "<p>a © b &amp;lt;  c</p>")]
    [InlineData("<i title='\"&lt;'>x</i>", "<p><i title=\"&quot;&lt;\">x</i></p>")]
    public void Html(string markdown, string expected) =>
        Assert.Equal(Normalize(expected.Replace("BASE", DocAddresses.Base, StringComparison.Ordinal)), Normalize(Render(markdown)));

    // The text after the arrow is the address that a link gets; nothing means that there is no link.
    [Theory]
    [InlineData("https://ok.test/a b\"c", "https://ok.test/a%20b%22c")]
    [InlineData("HTTPS://ok.test/", "HTTPS://ok.test/")]
    [InlineData("http://ok.test/", "http://ok.test/")]
    [InlineData("mailto:a@ok.test", "mailto:a@ok.test")]
    [InlineData("//ok.test/a", "https://ok.test/a")]
    [InlineData("a/b.md?x=1#y", "BASE/src/a/b.md?x=1#y")]
    [InlineData("/LICENSE", "BASE/src//LICENSE")]
    [InlineData("#frag", "#user-content-frag")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData(" java\tscript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("ftp://ok.test/", null)]
    [InlineData("tel:1", null)]
    [InlineData("mailto:", null)]
    [InlineData("https:ok.test", null)]
    [InlineData("https:///ok.test", null)]
    [InlineData("http://", null)]
    [InlineData("", null)]
    public void Addresses_of_links(string address, string? expected)
    {
        var html = Render($"<a href=\"{address.Replace("\"", "&quot;", StringComparison.Ordinal)}\">x</a>");
        Assert.Equal(expected is null ? "<p><a>x</a></p>" : $"<p><a href=\"{expected.Replace("BASE", DocAddresses.Base, StringComparison.Ordinal)}\"{(expected.Contains(':', StringComparison.Ordinal) ? " rel=\"nofollow ugc noopener\"" : "")}>x</a></p>", html.Trim());
    }

    [Theory]
    [InlineData("https://ok.test/a.png", "https://ok.test/a.png")]
    [InlineData("a.png", "BASE/raw/a.png")]
    [InlineData("http://ok.test/a.png", null)]
    [InlineData("//ok.test/a.png", null)]
    [InlineData("\\\\ok.test/a.png", null)]
    [InlineData("https://127.0.0.1/a.png", null)]
    [InlineData("https://2130706433/a.png", null)]
    [InlineData("https://[::1]/a.png", null)]
    [InlineData("https://localhost/a.png", null)]
    [InlineData("https://router/a.png", null)]
    [InlineData("https://db.internal/a.png", null)]
    [InlineData("data:image/png;base64,AAAA", null)]
    [InlineData("#x", null)]
    public void Addresses_of_images(string address, string? expected) =>
        Assert.Equal(
            expected is null ? "<p>alt</p>" : $"<p><img src=\"{expected.Replace("BASE", DocAddresses.Base, StringComparison.Ordinal)}\" alt=\"alt\" loading=\"lazy\"></p>",
            Render($"![alt](<{address.Replace("\\", "\\\\", StringComparison.Ordinal)}>)").Trim());

    [Fact]
    public void What_a_page_answers_is_looked_at_too()
    {
        var context = new MarkdownContext { ResolveUrl = (url, _) => "javascript:" + url, ResolveSymbol = _ => new SymbolLink("//evil.test/") };
        Assert.Equal("<p>x y z</p>", MarkdownRenderer.Render("[x](a) ![y](b) {@link z}", context).Html.ToString().Trim());
    }

    [Fact]
    public void Nobody_can_forge_the_base_of_an_address()
    {
        foreach (var forged in new[] { "\u0001/x", "&#1;/x", "&#x01;/x" })
        {
            var html = MarkdownRenderer.Render($"{forged} [a]({forged} \"{forged}\") ![{forged}]({forged}) <i title=\"{forged}\">b</i> <a href='{forged}'>c</a> `{forged}`\n\n```{forged}\n{forged}\n```", new MarkdownContext()).Html.ToString();
            Assert.DoesNotContain(DocAddresses.Base, html, StringComparison.Ordinal);
        }
    }

    private static string Render(string markdown) => MarkdownRenderer.Render(markdown, new MarkdownContext { ResolveUrl = (url, isImage) => DocAddresses.Base + (isImage ? "/raw/" : "/src/") + url }).Html.ToString();

    /// <summary>The order of attributes and blanks between blocks say nothing.</summary>
    private static string Normalize(string html)
    {
        var body = new AngleSharp.Html.Parser.HtmlParser().ParseDocument("<body>" + html.ReplaceLineEndings("\n").Trim()).Body!;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            var attributes = element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => (a.Name, a.Value)).ToArray();
            foreach (var (name, _) in attributes)
            {
                element.RemoveAttribute(name);
            }

            foreach (var (name, value) in attributes)
            {
                element.SetAttribute(name, value);
            }
        }

        return System.Text.RegularExpressions.Regex.Replace(body.InnerHtml, @"\s*\n\s*", "\n").Trim();
    }
}
