namespace Kiln.Cli.Tests.Text;

public sealed class SourceLineTests
{
    [Theory]
    [InlineData("let a = ;", 8, 9, "let a = ;", 8, 1)]
    [InlineData("let a", 5, 5, "let a", 5, 1)]
    [InlineData("", 0, 0, "", 0, 1)]
    [InlineData("\tx", 1, 2, "    x", 4, 1)]
    [InlineData("ab\tx", 3, 4, "ab  x", 4, 1)]
    [InlineData("日本 x", 3, 4, "日本 x", 5, 1)]
    [InlineData("日本 x", 0, 2, "日本 x", 0, 4)]
    [InlineData("e\u0301 x", 3, 4, "e\u0301 x", 2, 1)]
    [InlineData("👨‍👩‍👧 x", 9, 10, "👨‍👩‍👧 x", 3, 1)]
    [InlineData("a\u001b[0mb", 5, 6, "a\uFFFD[0mb", 5, 1)]
    [InlineData("a\u202Eb", 2, 3, "a\uFFFDb", 2, 1)]
    public void The_mark_stands_under_its_text(string line, int from, int to, string expected, int indent, int width)
    {
        SourceLine.Render(line, from, to, out var shown, out var actualIndent, out var actualWidth);
        Assert.Equal((expected, indent, width), (shown, actualIndent, actualWidth));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(500_000)]
    [InlineData(999_999)]
    public void Of_a_long_line_the_surroundings_are_shown(int at)
    {
        var line = string.Concat(Enumerable.Range(0, 1_000_000).Select(i => (char)('a' + (i % 26))));
        SourceLine.Render(line, at, at + 1, out var shown, out var indent, out var width);
        Assert.InRange(shown.Length, 20, 120);
        Assert.Equal(1, width);
        Assert.Equal(line[at], shown[indent]);
        Assert.Equal(at > 80, shown[0] == '…');
        Assert.Equal(at < 999_900, shown[^1] == '…');
    }

    [Fact]
    public void A_line_without_width_ends_too()
    {
        SourceLine.Render("x" + new string('\u0301', 1_000_000), 0, 1, out var shown, out _, out _);
        Assert.InRange(shown.Length, 1, 2000);
    }
}
