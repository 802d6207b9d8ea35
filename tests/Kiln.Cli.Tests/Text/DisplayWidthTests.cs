namespace Kiln.Cli.Tests.Text;

/// <summary>Expectations from UAX #11 (East Asian Width) and UTS #51 (emoji).</summary>
public sealed class DisplayWidthTests
{
    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u0301", 0)]
    [InlineData("\u200B", 0)]
    [InlineData("日", 2)]
    [InlineData("한", 2)]
    [InlineData("ｱ", 1)]
    [InlineData("Ａ", 2)]
    [InlineData("、", 2)]
    [InlineData("\U00020000", 2)]
    [InlineData("😀", 2)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("👍🏽", 2)]
    [InlineData("🇩🇪", 2)]
    [InlineData("❤", 1)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("…", 1)]
    [InlineData("→", 1)]
    public void Is_that_of_what_is_seen(string element, int expected) => Assert.Equal(expected, DisplayWidth.Of(element));
}
