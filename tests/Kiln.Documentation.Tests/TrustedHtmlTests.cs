using Kiln.Documentation.Html;

namespace Kiln.Documentation.Tests;

public sealed class TrustedHtmlTests
{
    [Theory]
    [InlineData("<script>", "&lt;script&gt;")]
    [InlineData("Größe 漢字", "Größe 漢字")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("\" onload='x'", "&quot; onload=&#x27;x&#x27;")]
    public void Text_is_encoded_for_elements_and_quoted_attributes(string text, string expected) => Assert.Equal(expected, TrustedHtml.Encode(text).ToString());

    [Fact]
    public void Nothing_is_empty() => Assert.True(TrustedHtml.Empty.IsEmpty && TrustedHtml.Empty.ToString().Length == 0);
}
