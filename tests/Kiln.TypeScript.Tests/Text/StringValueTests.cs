namespace Kiln.TypeScript.Text;

public sealed class StringValueTests
{
    [Theory]
    [InlineData(@"\101\7\08\377\400", "A\u0007\08\u00FF 0")]
    [InlineData(@"\b\f\v\t\r\n", "\b\f\v\t\r\n")]
    [InlineData(@"\8\9", "89")]
    [InlineData(@"\u{1F4A9}", "\U0001F4A9")]
    public void Decode_follows_the_rules_of_sloppy_scripts(string text, string value) => Assert.Equal(value, StringValue.Decode(text));

    [Theory]
    [InlineData("a\\nb", "a\nb")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData(@"\0", "\0")]
    [InlineData(@"\01", null)]
    [InlineData(@"\x4", null)]
    [InlineData(@"\u{}", null)]
    [InlineData(@"\u{110000}", null)]
    [InlineData(@"\8", null)]
    public void A_template_with_an_invalid_escape_has_no_cooked_value(string text, string? value) => Assert.Equal(value, StringValue.DecodeTemplate(text));

    [Theory]
    [InlineData("a &amp; b &lt;&nbsp;&hearts;&#65;&#x42;&#x1F600;", "a & b <\u00A0\u2665AB\U0001F600")]
    [InlineData("a & b &unknown; &;&#xZZ; &amp", "a & b &unknown; &;&#xZZ; &amp")]
    [InlineData("a\n  b", "a\n  b")]
    public void Attributes_decode_character_references_only(string text, string value) => Assert.Equal(value, JsxValue.DecodeAttribute(text));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("  a  ", "  a  ")]
    [InlineData("\n  a\n  b  \n", "a b")]
    [InlineData(" a \n\n b ", " a b ")]
    [InlineData("\n  \n", null)]
    [InlineData("  ", "  ")]
    [InlineData("\n&nbsp;\n", "\u00A0")]
    public void JSX_text_joins_its_lines(string text, string? value) => Assert.Equal(value, JsxValue.DecodeText(text));
}
