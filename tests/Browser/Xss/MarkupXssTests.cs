using System.Text;
using System.Text.Encodings.Web;
using Kiln.Browser.Harness;
using Kiln.Documentation.Highlighting;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Pages;

namespace Kiln.Browser.Xss;

/// <summary>
/// Every payload through everything that makes markup of an author's text. The page has no content security policy: nothing but the markup keeps them quiet.
/// </summary>
public sealed class MarkupXssTests(Chromium chromium)
{
    private const int BoxesAtOnce = 400;

    /// <summary>Name, and what the author's text becomes.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string>> Fields = new Dictionary<string, Func<string, string>>(StringComparer.Ordinal)
    {
        ["readme"] = Readme,
        ["comment"] = text => Render(text, MarkdownLimits.Comment),
        ["in a list"] = text => Readme("- " + text + "\n- x"),
        ["in a quote"] = text => Readme("> " + text),
        ["in an alert"] = text => Readme("> [!NOTE] " + text + "\n> " + text),
        ["in a cell"] = text => Readme("| a | b |\n|---|---|\n| " + text + " | x |"),
        ["in a heading"] = text => Readme("## " + text),
        ["in emphasis"] = text => Readme("**" + text + "**"),
        ["in a code span"] = text => Readme("`" + text + "`"),
        ["in folding"] = text => Readme("<details open><summary>" + text + "</summary>\n\n" + text + "\n\n</details>"),
        ["in a centred block"] = text => Readme("<p align=\"center\">\n" + text + "\n</p>\n\ntext"),
        ["in a table of HTML"] = text => Readme("<table><tr><td>" + text + "</td></tr></table>"),
        ["in an attribute"] = text => Readme("<img alt=\"" + text + "\" src=\"x\"> <a title='" + text + "' href=x>y</a> <p align=" + text + ">"),
        ["as the text of a link"] = text => Readme("[" + text + "](https://ok.test/)"),
        ["as an address"] = text => Readme("[x](" + text + ") ![y](" + text + ") <" + text + "> <a href=\"" + text + "\">z</a> <img src='" + text + "'>"),
        ["as a title"] = text => Readme("[x](https://ok.test/ \"" + text + "\")"),
        ["as a text for an image"] = text => Readme("![" + text + "](x.png)"),
        ["as a definition"] = text => Readme("[x]: " + text + "\n\n[x] ![x]"),
        ["as a fence"] = text => Readme("```" + text + "\nx\n```"),
        ["in a fence"] = text => Readme("```ts\n" + text + "\n```\n\n~~~\n" + text + "\n~~~"),
        ["behind a hidden line"] = text => Readme("```js\n# " + text + "\nx\n```"),
        ["as an id"] = text => Readme("<a id=\"" + text + "\" name='" + text + "'>x</a>"),
        ["as the target of a tag"] = text => Readme("{@link " + text + "} {@linkcode " + text + "|x}"),
        ["as the label of a tag"] = text => Readme("{@link Known|" + text + "} [" + text + "]{@link Known}"),
        ["as the name of a symbol"] = text => MarkdownRenderer.Render("{@link Known}", new MarkdownContext { ResolveSymbol = _ => new SymbolLink(DocAddresses.Base + "/doc", text) }).Html.ToString(),
        ["summary"] = text => MarkdownRenderer.RenderSummary(text, Context()).ToString(),
        ["plain text"] = text => TrustedHtml.Encode(MarkdownRenderer.ToPlainText(text, 500)).ToString(),
        ["too long to be read"] = text => Render(text, 1),
        ["name"] = text => TrustedHtml.Encode(text).ToString(),
        ["name in an attribute"] = text => $"<span title=\"{TrustedHtml.Encode(text)}\">x</span>",
        ["data of a search"] = text => $"<span class=\"data\">{TrustedHtml.Encode(JavaScriptEncoder.Default.Encode(text))}</span>",
        ["code ts"] = text => Code(text, "ts"),
        ["code tsx"] = text => Code(text, "tsx"),
        ["code json"] = text => Code(text, "json"),
        ["code md"] = text => Code(text, "md"),
        ["code sh"] = text => Code(text, "sh"),
        ["code toml"] = text => Code(text, "toml"),
        ["code diff"] = text => Code(text, "diff"),
        ["code html"] = text => Code(text, "html"),
        ["code css"] = text => Code(text, "css"),
        ["code of no language"] = text => Code(text, "none"),
        ["language of code"] = text => Code("x", text),
        ["lines of code"] = text => string.Join("\n", CodeHighlighter.HighlightLines(text + "\n/* " + text, "ts")),
    };

    public static TheoryData<string> FieldNames => [.. Fields.Keys];

    [Fact]
    public void The_corpus_is_large_and_has_no_doubles()
    {
        Assert.InRange(XssCorpus.All.Length, 500, 5_000);
        Assert.Equal(XssCorpus.All.Length, XssCorpus.All.Select(p => p.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(XssCorpus.All.Select(p => p.Category).Distinct(StringComparer.Ordinal).Count(), 15, 100);
    }

    [Theory]
    [MemberData(nameof(FieldNames))]
    public async Task Every_payload_is_inert(string field)
    {
        foreach (var payloads in XssCorpus.All.Chunk(BoxesAtOnce))
        {
            var html = Page(payloads, Fields[field]);
            await chromium.RunAsync(
                async page =>
                {
                    await page.Tab.GotoAsync(PageOptions.SiteAddress);
                    Assert.Equal(payloads.Length, await Inertness.AssertAsync(page, "main > section.box"));

                    // Nothing reached out of its box, and nothing that began in one goes on behind it.
                    var outside = await page.Tab.EvaluateAsync<string[]>("""
                        () => [...document.querySelectorAll('main > span.sentinel')].filter(s => {
                          const style = getComputedStyle(s);
                          return s.previousElementSibling?.className !== 'box' || s.textContent !== 'ok' || s.children.length > 0
                            || style.fontWeight !== '400' || style.fontStyle !== 'normal' || style.textDecorationLine !== 'none';
                        }).map(s => s.dataset.payload).concat([...document.querySelector('main').children].filter(c => c.className !== 'box' && c.className !== 'sentinel').map(c => c.outerHTML.slice(0, 200)))
                        """);
                    Assert.Empty(outside);
                    Assert.Equal(payloads.Length, await page.Tab.Locator("main > span.sentinel").CountAsync());
                    Assert.Equal(2, await page.Tab.Locator("body > *").CountAsync());
                },
                new PageOptions { Site = path => path == "/" ? new SiteResponse(html) : new SiteResponse("", "text/plain", 204), Allowed = ["https://ok.test/"] });
        }
    }

    /// <summary>That a payload would be seen: the same page without any encoding.</summary>
    [Theory]
    [InlineData("<script>JS</script>")]
    [InlineData("<img src=x onerror=JS>")]
    [InlineData("<svg onload=JS>")]
    [InlineData("<a href=\"javascript:JS\">x</a>")]
    [InlineData("<form action=https://EVIL/></form>")]
    [InlineData("<p id=csrf>x</p>")]
    [InlineData("<div style=\"position:fixed;top:0\">x</div>")]
    [InlineData("<div style=\"margin-left:-99px\">x</div>")]
    [InlineData("<img src=http://EVIL/x.png>")]
    public async Task A_page_without_defence_is_found_out(string line)
    {
        var payload = XssCorpus.All.FirstOrDefault(p => p.Text == line) ?? new XssPayload(0, "", line.Replace("JS", "window.__xss=1", StringComparison.Ordinal).Replace("EVIL", XssCorpus.Canary, StringComparison.Ordinal));
        var html = Page([payload], text => text);
        await Assert.ThrowsAnyAsync<Exception>(() => chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(PageOptions.SiteAddress);
                await Inertness.AssertAsync(page, "main > section.box");
            },
            new PageOptions { Site = path => path == "/" ? new SiteResponse(html) : new SiteResponse("", "text/plain", 204) }));
    }

    private static string Page(IEnumerable<XssPayload> payloads, Func<string, string> field)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Test</title><style>.box { display: flow-root; overflow: auto; margin: 4px } .box a { color: blue }</style></head><body><main>");
        foreach (var payload in payloads)
        {
            var name = $"line {payload.Line}, {payload.Category}";
            html.Append("<section class=\"box\" data-payload=\"").Append(name).Append("\">")
                .Append(field(payload.Text).Replace(DocAddresses.Base, "/@s/p", StringComparison.Ordinal))
                .Append("</section><span class=\"sentinel\" data-payload=\"").Append(name).Append("\">ok</span>");
        }

        return html.Append("</main><footer>end</footer></body></html>").ToString();
    }

    private static MarkdownContext Context(int maximumLength = MarkdownLimits.Readme) => new()
    {
        ResolveUrl = (url, isImage) => DocAddresses.Base + (isImage ? "/raw/" : "/src/") + url,
        ResolveSymbol = target => target == "Known" ? new SymbolLink(DocAddresses.Base + "/doc/~/Known") : null,
        MaximumLength = maximumLength,
    };

    private static string Readme(string text) => Render(text, MarkdownLimits.Readme);

    private static string Render(string text, int maximumLength) => MarkdownRenderer.Render(text, Context(maximumLength)).Html.ToString();

    private static string Code(string text, string language) => $"<pre><code>{CodeHighlighter.Highlight(text, language)}</code></pre>";
}
