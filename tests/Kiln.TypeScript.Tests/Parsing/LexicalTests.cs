using Kiln.TypeScript.Support;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Parsing;

public sealed class LexicalTests
{
    [Fact]
    public void Comments_are_listed_once_with_their_kind()
    {
        const string Source = "#!/bin/x\n// a\n/* b */ /** c */ f(/* d */ (e /* f */), /**/ g) // h\n;(i /* j */) => k";
        var comments = Sources.ParseValid(Source).Comments;
        Assert.Equal(
            ["Shebang #!/bin/x", "Line // a", "Block /* b */", "JsDoc /** c */", "Block /* d */", "Block /* f */", "Block /**/", "Line // h", "Block /* j */"],
            comments.Select(c => $"{c.Kind} {Source[c.Start..c.End]}"));
    }

    [Theory]
    [InlineData("ünïcode")]
    [InlineData("$_a1")]
    [InlineData("日本語")]
    [InlineData("𠮷野")]
    [InlineData("a\u200Db")]
    [InlineData("\u2118x")]
    [InlineData("\\u0061b")]
    [InlineData("a\\u{62}")]
    public void Identifiers_may_use_all_of_Unicode(string name)
    {
        var file = Sources.ParseValid(name);
        var identifier = Assert.IsType<Identifier>(Assert.IsType<ExpressionStatement>(Assert.Single(file.Statements)).Expression);
        Assert.Equal((0, name.Length), (identifier.Start, identifier.End));
    }

    [Fact]
    public void An_escaped_identifier_has_its_real_name()
    {
        var file = Sources.ParseValid("\\u0061\\u{62}c");
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(file.Statements));
        Assert.Equal("abc", file.GetName(Assert.IsType<Identifier>(statement.Expression)));
    }

    [Theory]
    [InlineData("'a\\n\\x41\\u0042\\u{1F600}\\\r\n\\0\\q\\''", "a\nAB😀\0q'")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("'\u2028'", "\u2028")]
    public void String_literals_have_values(string source, string value)
    {
        var file = Sources.ParseValid(source);
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(file.Statements));
        Assert.Equal(value, file.GetStringValue(Assert.IsType<StringLiteral>(statement.Expression)));
    }

    [Fact]
    public void A_lone_surrogate_stays_in_a_strings_value()
    {
        var file = Sources.ParseValid("'\\ud800'");
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(file.Statements));
        Assert.Equal(0xD800, Assert.Single(file.GetStringValue(Assert.IsType<StringLiteral>(statement.Expression))));
    }

    [Theory]
    [InlineData("a\u00A0+\uFEFFb\u2003")]
    [InlineData("a\u2028b\u2029c")]
    [InlineData("a\rb\r\nc")]
    public void White_space_and_line_ends_of_Unicode_separate_tokens(string source) => Sources.ParseValid(source);

    [Theory]
    [InlineData("a/b/c; x = /[/\\]]+/dgimsuvy")]
    [InlineData("if (a) /b/.test(c)")]
    [InlineData("`${/}/}`")]
    [InlineData("f(/=/)")]
    [InlineData("x = a ? /b/ : /c/")]
    [InlineData("({}) / 1 / 2")]
    public void Slashes_divide_or_quote_by_context(string source) => Sources.ParseValid(source);
}
