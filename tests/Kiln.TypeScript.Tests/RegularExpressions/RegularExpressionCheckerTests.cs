using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

public sealed class RegularExpressionCheckerTests
{
    /// <summary>Spans that TypeScript 5.9 gives.</summary>
    [Theory]
    [InlineData("/a/gg", 1500, 4, 5)]
    [InlineData("/a/k", 1499, 3, 4)]
    [InlineData("/a/uv", 1502, 4, 5)]
    [InlineData("/(a/", 1005, 3, 3)]
    [InlineData("/a)/u", 1508, 2, 3)]
    [InlineData("/(?ii:a)/", 1500, 4, 5)]
    [InlineData("/(?-:a)/", 1504, 3, 4)]
    [InlineData("/(?g:a)/", 1509, 3, 4)]
    [InlineData("/(?i)/", 1005, 4, 4)]
    [InlineData("/(?<>a)/", 1514, 4, 4)]
    [InlineData("/(?<a b>x)/", 1005, 5, 5)]
    [InlineData("/(?<a>b)(?<a>c)/", 1515, 11, 12)]
    [InlineData("/\\k/u", 1510, 1, 3)]
    [InlineData("/\\k<ab>/u", 1532, 4, 6)]
    [InlineData("/\\12(a)/u", 1533, 2, 4)]
    [InlineData("/a{1}{2}/", 1507, 5, 8)]
    [InlineData("/a{2,1}/", 1506, 3, 6)]
    [InlineData("/a{,1}/u", 1505, 3, 3)]
    [InlineData("/a{1,2/u", 1005, 6, 6)]
    [InlineData("/[b-a]/", 1517, 2, 5)]
    [InlineData("/[a-\\d]/u", 1516, 4, 6)]
    [InlineData("/[\\d-a]/u", 1516, 2, 4)]
    [InlineData("/[[a]-b]/v", 1516, 2, 5)]
    [InlineData("/\\c/u", 1512, 1, 3)]
    [InlineData("/[\\1]/u", 1536, 2, 4)]
    [InlineData("/\\01/u", 1487, 1, 4)]
    [InlineData("/\\x1/u", 1125, 4, 4)]
    [InlineData("/\\u{110000}/u", 1198, 4, 10)]
    [InlineData("/\\😀/u", 1535, 1, 4)]
    [InlineData("/\\p{foo}/u", 1529, 4, 7)]
    [InlineData("/\\p{sc=foo}/u", 1526, 7, 10)]
    [InlineData("/\\p{foo=L}/u", 1524, 4, 7)]
    [InlineData("/\\p{RGI_Emoji}/u", 1528, 4, 13)]
    [InlineData("/[a&&b--c]/v", 1519, 6, 8)]
    [InlineData("/[a&&bc]/v", 1005, 6, 6)]
    [InlineData("/[a!!b]/v", 1522, 3, 5)]
    [InlineData("/[a&&]/v", 1520, 5, 5)]
    [InlineData("/[\\q]/v", 1521, 2, 4)]
    public void Points_at_the_place(string literal, int code, int start, int end)
    {
        var before = "let r = "; // spans are offsets in the file
        var text = before + literal + ".source";
        var diagnostics = new List<Diagnostic>();
        RegularExpressionChecker.Check(text, before.Length, before.Length + literal.Length, diagnostics);
        var found = Assert.Single(diagnostics);
        Assert.Equal((code, new TextSpan(start + before.Length, end + before.Length)), (found.Code, found.Span));
    }

    [Theory]
    [InlineData("/[\\1]/u", "Octal escape sequences and backreferences are not allowed in a character class. If this was intended as an escape sequence, use the syntax '\\x01' instead.")]
    [InlineData("/(?i)/", "':' expected.")]
    [InlineData("/[a--bc]/v", "'--' expected.")]
    [InlineData("/}/u", "Unexpected '}'. Did you mean to escape it with backslash?")]
    [InlineData("/(a)\\2/u", "This backreference refers to a group that does not exist. There are only 1 capturing groups in this regular expression.")]
    [InlineData("/\\k<a>/u", "There is no capturing group named 'a' in this regular expression.")]
    [InlineData("/\\P/u", "'\\P' must be followed by a Unicode property value expression enclosed in braces.")]
    public void Says_it_in_TypeScripts_words(string literal, string message) => Assert.Equal(message, Assert.Single(Literals.Check(literal)).Message);

    [Fact]
    public void Every_code_has_a_text() =>
        Assert.All(RegularExpressionCase.All.Where(c => c.Code != 0), c => Assert.DoesNotContain("Syntax error", DiagnosticMessages.Format(c.Code, null), StringComparison.Ordinal));

    [Fact]
    public void Pattern_and_flags_each_have_their_say() =>
        Assert.Equal([DiagnosticCodes.TokenExpected, DiagnosticCodes.DuplicateFlag], Literals.Check("/(/ggx").Select(d => d.Code));

    [Fact]
    public void An_unclosed_group_names_its_parenthesis()
    {
        var related = Assert.Single(Literals.Check("/a(?:b(c)/")).Related;
        Assert.Equal(new TextSpan(2, 3), related?.Span);
        Assert.Equal("The parser expected to find a ')' to match the '(' token here.", related?.Message);
    }

    /// <summary>The lexer has reported these.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/(")]
    [InlineData("/[/")]
    [InlineData("/a\\/")]
    [InlineData("/[b-a/]")]
    public void A_literal_without_its_end_is_passed_over(string literal)
    {
        var diagnostics = new List<Diagnostic>();
        RegularExpressionChecker.Check(literal, 0, literal.Length, diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(DiagnosticCodes.UnterminatedRegularExpression, Literals.FirstCode(literal));
    }

    [Fact]
    public void Usual_literals_allocate_nothing()
    {
        const string Text = "/^(?:[a-z_$][\\w$]*|\\d+(?:\\.\\d+)?)\\s*[=:]\\s*(?=[^\\]]{1,3}?)(\\u0041|\\x41|.)\\1$/gi /[\\p{L}--[a-z]]\\p{sc=Grek}+\\u{1f600}/v /\\k(a){2}/";
        var first = Text.IndexOf(' ', StringComparison.Ordinal);
        var second = Text.LastIndexOf(' ');
        var diagnostics = new List<Diagnostic>(4);
        long before = 0;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            RegularExpressionChecker.Check(Text, 0, first, diagnostics);
            RegularExpressionChecker.Check(Text, first + 1, second, diagnostics);
            RegularExpressionChecker.Check(Text, second + 1, Text.Length, diagnostics);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Empty(diagnostics);
        Assert.Equal(0, allocated);
    }
}
