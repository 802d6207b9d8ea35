using Kiln.Documentation.Html;

namespace Kiln.Documentation.Tests;

public sealed class TrustedHtmlTests
{
    [Theory]
    [InlineData("<script>", "&lt;script&gt;")]
    [InlineData("Größe 漢字", "Größe 漢字")]
    [InlineData("a\u0001b\uFFFEc", "abc")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("\" onload='x'", "&quot; onload=&#39;x&#39;")]
    public void Text_is_encoded_for_elements_and_quoted_attributes(string text, string expected) => Assert.Equal(expected, TrustedHtml.Encode(text).ToString());

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("half \uFFFD", TrustedHtml.Encode("half \uD83D").ToString());

    [Fact]
    public void Nothing_is_empty() => Assert.True(TrustedHtml.Empty.IsEmpty && TrustedHtml.Empty.ToString().Length == 0);
}
