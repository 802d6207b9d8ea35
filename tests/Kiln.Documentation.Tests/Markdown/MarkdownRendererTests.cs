using Kiln.Documentation.Markdown;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Tests.Markdown;

/// <summary>What Kiln adds to Markdown; that the rest is read as others read it is <see cref="GitHubMarkdownTests"/>.</summary>
public sealed class MarkdownRendererTests
{
    [Theory]
    [InlineData("> [!NOTE]\n> text", "<div class=\"alert alert-note\"><p class=\"alert-title\">Note</p>\n<p>text</p>\n</div>\n")]
    [InlineData("> [!warning] My *title*\n> text", "<div class=\"alert alert-warning\"><p class=\"alert-title\">My *title*</p>\n<p>text</p>\n</div>\n")]
    [InlineData("> [!TIP]", "<div class=\"alert alert-tip\"><p class=\"alert-title\">Tip</p>\n</div>\n")]
    [InlineData("> [!OTHER]\n> text", "<blockquote>\n<p>[!OTHER]\ntext</p>\n</blockquote>\n")]
    [InlineData("> text\n> [!NOTE]", "<blockquote>\n<p>text\n[!NOTE]</p>\n</blockquote>\n")]
    public void Alerts(string markdown, string expected) => Assert.Equal(expected, Html(markdown));

    [Theory]
    [InlineData("a^2^", "<p>a<sup>2</sup></p>\n")]
    [InlineData("2^32 and 2^64", "<p>2^32 and 2^64</p>\n")]
    [InlineData("term\n:   what it is", "<dl>\n<dt>term</dt><dd><p>what it is</p>\n</dd>\n</dl>\n")]
    public void Superscript_and_descriptions(string markdown, string expected) => Assert.Equal(expected, Html(markdown));

    [Theory]
    [InlineData("[demo](https://ok.test/a.mp4)", "<p><video src=\"https://ok.test/a.mp4\" controls=\"\" preload=\"none\" aria-label=\"demo\"></video></p>\n")]
    [InlineData("https://ok.test/a.MOV?x=1", "<p><video src=\"https://ok.test/a.MOV?x=1\" controls=\"\" preload=\"none\"></video></p>\n")]
    [InlineData("See the [demo](https://ok.test/a.mp4).", "<p>See the <a href=\"https://ok.test/a.mp4\" rel=\"nofollow ugc noopener\">demo</a>.</p>\n")]
    [InlineData("[demo](http://ok.test/a.mp4)", "<p><a href=\"http://ok.test/a.mp4\" rel=\"nofollow ugc noopener\">demo</a></p>\n")]
    public void A_video_that_stands_alone_is_shown(string markdown, string expected) => Assert.Equal(expected, Html(markdown));

    // docs.md §10.6: label in front, behind a pipe, behind a blank, none; as code; URL, path, fragment, symbol, module.
    [Theory]
    [InlineData("{@link Foo}", "<a href=\"BASE/~/Foo\">Foo</a>")]
    [InlineData("{@link Foo.bar | the bar}", "<a href=\"BASE/~/Foo.bar\">the bar</a>")]
    [InlineData("{@link Foo|the bar}", "<a href=\"BASE/~/Foo\">the bar</a>")]
    [InlineData("{@link Foo the bar}", "<a href=\"BASE/~/Foo\">the bar</a>")]
    [InlineData("[the bar]{@link Foo}", "<a href=\"BASE/~/Foo\">the bar</a>")]
    [InlineData("{@linkcode Foo}", "<a href=\"BASE/~/Foo\"><code>Foo</code></a>")]
    [InlineData("{@linkplain Foo}", "<a href=\"BASE/~/Foo\">Foo</a>")]
    [InlineData("{@link [mod/sub].Foo label}", "<a href=\"BASE/~/[mod/sub].Foo\">label</a>")]
    [InlineData("{@link Unknown}", "Unknown")]
    [InlineData("{@linkcode Unknown|label}", "<code>label</code>")]
    [InlineData("{@link https://ok.test/ here}", "<a href=\"https://ok.test/\" rel=\"nofollow ugc noopener\">here</a>")]
    [InlineData("{@link ./docs/a.md}", "<a href=\"BASE/src/./docs/a.md\">./docs/a.md</a>")]
    [InlineData("{@link Foo\nbar}", "<a href=\"BASE/~/Foo\">bar</a>")]
    [InlineData("`{@link Foo}`", "<code>{@link Foo}</code>")]
    [InlineData("{@link}", "{@link}")]
    [InlineData("{@link Foo", "{@link Foo")]
    [InlineData("{@linked Foo}", "{@linked Foo}")]
    [InlineData("[see {@link Foo}](https://ok.test/)", "<a href=\"https://ok.test/\" rel=\"nofollow ugc noopener\">see Foo</a>")]
    public void Link_tags(string markdown, string expected) =>
        Assert.Equal($"<p>{expected.Replace("BASE", DocAddresses.Base, StringComparison.Ordinal)}</p>\n", Html(markdown));

    [Fact]
    public void A_link_tag_in_a_fence_is_code() => Assert.Contains("<code>{@link Foo}</code>", Html("```\n{@link Foo}\n```"), StringComparison.Ordinal);

    [Fact]
    public void Hidden_lines_are_copied_and_not_shown()
    {
        const string Expected = "<div class=\"code-block\"><pre class=\"highlight\" tabindex=\"0\"><code># x\na();</code></pre><button class=\"copy\" type=\"button\" data-copy=\"import a;\n\n# x\na();\">Copy</button></div>\n";
        Assert.Equal(Expected, Html("```js,ignore\n# import a;\n#\n## x\na();\n```").Replace("<span class=\"hl-function\">a</span>", "a", StringComparison.Ordinal));
        Assert.DoesNotContain("data-copy", Html("```python\n# a comment\n```"), StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_get_ids_once_on_a_page_and_links_of_the_text_find_them()
    {
        var anchors = new AnchorNames();
        anchors.AddUserContent("usage");
        var rendered = MarkdownRenderer.Render("[a](#usage) [b](#usage-1) [c](#Other)\n\n# Usage\n\n## Usage\n\nx\n===\n", new MarkdownContext { Anchors = anchors, HeadingOffset = 2 });
        Assert.Equal(
            [("user-content-usage-1", "Usage", 3), ("user-content-usage-1-1", "Usage", 4), ("user-content-x", "x", 3)],
            rendered.Headings.Select(h => (h.Id, h.Text, h.Level)));
        var html = rendered.Html.ToString();
        Assert.StartsWith("<p><a href=\"#user-content-usage-1\">a</a> <a href=\"#user-content-usage-1-1\">b</a> <a href=\"#user-content-other\">c</a></p>\n<h3 id=\"user-content-usage-1\">Usage", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"anchor\" href=\"#user-content-usage-1\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("###### deep", 3, 6)]
    [InlineData("# top", -3, 1)]
    public void Levels_stay_between_one_and_six(string markdown, int offset, int level) =>
        Assert.Equal(level, Assert.Single(MarkdownRenderer.Render(markdown, new MarkdownContext { HeadingOffset = offset }).Headings).Level);

    [Fact]
    public void An_id_of_an_author_is_one_that_a_link_finds()
    {
        Assert.Equal(
            "<p><a id=\"user-content-api\"></a><a href=\"#user-content-api\">x</a></p>\n",
            Html("<a name=\"API\"></a>[x](#API)"));
    }

    [Theory]
    [InlineData("First *line*\nof it.\n\nSecond.", "First <em>line</em> of it.")]
    [InlineData("# Title\n\ntext", "Title")]
    [InlineData("<p align=center>x</p>\n\ntext <b>bold</b> ![alt](x.png) `c` {@link Foo}", "text <b>bold</b> alt <code>c</code> <a href=\"\u0001/~/Foo\">Foo</a>")]
    [InlineData("- a\n- b", "")]
    [InlineData("```ts\nx\n```", "")]
    [InlineData("> [!NOTE]\n> text", "text")]
    [InlineData("", "")]
    public void A_summary_is_the_first_block_in_a_line(string markdown, string expected) => Assert.Equal(expected, MarkdownRenderer.RenderSummary(markdown, Context()).ToString());

    [Theory]
    [InlineData("# A *b* `c`\n\n[d](x) {@link E|f} ![g](h)\n\n- i\n- j", 100, "A b c d f g i j")]
    [InlineData("one two three four", 13, "one two…")]
    [InlineData("onetwothreefour", 8, "onetwot…")]
    [InlineData("a <b>c</b> &amp; d", 100, "a c & d")]
    [InlineData("", 10, "")]
    public void Plain_text(string markdown, int length, string expected) => Assert.Equal(expected, MarkdownRenderer.ToPlainText(markdown, length));

    private static string Html(string markdown) => MarkdownRenderer.Render(markdown, Context()).Html.ToString();

    private static MarkdownContext Context() => new()
    {
        ResolveUrl = (url, isImage) => DocAddresses.Base + (isImage ? "/raw/" : "/src/") + url,
        ResolveSymbol = target => target.StartsWith("Unknown", StringComparison.Ordinal) ? null : new SymbolLink(DocAddresses.Base + "/~/" + target),
    };
}
