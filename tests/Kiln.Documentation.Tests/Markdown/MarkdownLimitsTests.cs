using System.Text;
using Kiln.Documentation.Markdown;

namespace Kiln.Documentation.Tests.Markdown;

/// <summary>
/// The bombs of security.md §0.5, P8 and P9 and relatives of theirs. Nothing is said about time, but a quadratic step with half a million characters would never end here.
/// </summary>
public sealed class MarkdownLimitsTests
{
    public static TheoryData<string, string, bool> Bombs => new()
    {
        // name, text, shown as text
        { "table that grows with its square", Table(8_000, 8_000), true },
        { "table of 100 columns and 150 rows", Table(100, 150), false },
        { "table of 101 columns", Table(101, 2), true },
        { "more than 20,000 cells", Table(100, 201), true },
        { "more than 20,000 cells in many tables", Repeat(Table(10, 20) + "\n", 101), true },
        { "brackets that open", Repeat("[a](", 40_000), true },
        { "definitions", Numbered(n => $"[a{n}]: /u\n", 40_000), true },
        { "1,000 definitions", Numbered(n => $"[a{n}]: /u\n\n", 1_000), false },
        { "1,001 definitions", Numbered(n => $"[a{n}]: /u\n\n", 1_001), true },
        { "a thousand levels of lists", Numbered(n => new string(' ', 2 * n) + "- a\n", 700), false },
        { "lists in one line", Repeat("- ", 250_000) + "x", false },
        { "quotes in one line", Repeat(">", 500_000) + "x", false },
        { "growing runs of backquotes", Numbered(n => new string('`', n) + "a", 1_000), true },
        { "nested b", Repeat("<b>", 100_000), true },
        { "nested div", Repeat("<div>", 100_000), false },
        { "nested div, closed", Repeat("<div>", 50_000) + Repeat("</div>", 40_000), false },
        { "items without end", Repeat("<li>a", 100_000), true },
        { "emphasis that opens", Repeat("*a ", 150_000), true },
        { "emphasis that closes", Repeat("**a ", 2_000) + Repeat("b** ", 2_000), false },
        { "brackets", Repeat("[", 500_000), true },
        { "tags without end", "x " + Repeat("<a ", 150_000), true },
        { "comments without end", "x " + Repeat("<!--", 100_000), true },
        { "descriptions", Repeat("a\n:   b\n\nx\n\n", 30_000), true },
        { "underlined headings", Repeat("a\n===\n", 80_000), true },
        { "headings", Repeat("# a\n", 20_000), false },
        { "output of more than 4 MiB", Repeat("[a](https://ok.test/)\n\n", 20_000) + Repeat("# a\n", 20_000), true },
        { "code", Repeat("```ts\nlet a = 1;\n```\n", 10_000), false },
        { "blank lines", Repeat("- a\n", 10) + Repeat("\n", 500_000), false },
        { "one word", new string('a', MarkdownLimits.Readme), false },
        { "one character too many", new string('a', MarkdownLimits.Readme + 1), true },
        { "links of tags", Repeat("{@link ", 60_000), true },
        { "controls", new string('\u0001', 500_000), false },
        { "lone surrogates", new string('\uD800', 500_000), false },
    };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void What_is_beyond_a_bound_is_shown_as_text(string name, string text, bool asText)
    {
        var rendered = MarkdownRenderer.Render(text, new MarkdownContext());
        Assert.True(asText == rendered.IsShownAsText, name);
        Assert.InRange(rendered.Html.ToString().Length, 0, MarkdownLimits.Output + 1_000);
        Assert.Equal(asText, rendered.Html.ToString().StartsWith("<p class=\"shown-as-text\">", StringComparison.Ordinal));
        Assert.True(MarkdownRenderer.RenderSummary(text, new MarkdownContext()).ToString().Length <= MarkdownLimits.Output);
        Assert.InRange(MarkdownRenderer.ToPlainText(text, 200).Length, 0, 200);
    }

    /// <summary>60 MB: only its beginning is shown.</summary>
    [Fact]
    public void A_huge_text_does_not_become_a_huge_page()
    {
        var rendered = MarkdownRenderer.Render(new string('<', 60_000_000), new MarkdownContext());
        Assert.True(rendered.IsShownAsText);
        Assert.InRange(rendered.Html.ToString().Length, 1, 5 * MarkdownLimits.Readme);
    }

    [Fact]
    public void A_comment_has_a_smaller_bound() =>
        Assert.True(MarkdownRenderer.Render(new string('a', MarkdownLimits.Comment + 1), new MarkdownContext { MaximumLength = MarkdownLimits.Comment }).IsShownAsText);

    /// <summary>Depth must not depend on how much stack the caller's thread has.</summary>
    [Fact]
    public void A_small_stack_is_enough()
    {
        string[] texts = [Repeat("> ", 200) + "x", Repeat("- ", 400) + "x", Repeat("<div>", 300) + "x", Repeat("*a _b ", 100) + Repeat("c_ d* ", 100), Repeat("[", 300) + Repeat("](x)", 300)];
        foreach (var text in texts)
        {
            var expected = MarkdownRenderer.Render(text, new MarkdownContext()).Html.ToString();
            string? actual = null;
            var thread = new Thread(() => actual = MarkdownRenderer.Render(text, new MarkdownContext()).Html.ToString(), 256 * 1024);
            thread.Start();
            thread.Join();
            Assert.Equal(expected, actual);
        }
    }

    private static string Table(int columns, int rows) =>
        Repeat("|a", columns) + "|\n" + Repeat("|-", columns) + "|\n" + Repeat(rows > 1_000 ? "|a\n" : Repeat("|b", columns) + "|\n", rows - 1);

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Numbered(Func<int, string> text, int count)
    {
        var all = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            all.Append(text(i));
        }

        return all.ToString();
    }
}
