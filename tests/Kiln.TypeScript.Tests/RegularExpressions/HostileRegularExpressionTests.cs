using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript.RegularExpressions;

/// <summary>No pattern takes the process down, and none takes more than linear time: each of these would run for hours if it did.</summary>
public sealed class HostileRegularExpressionTests
{
    private const int SmallStack = 256 * 1024;

    [Theory]
    [InlineData("(", "", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(?:", "", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(?=", "", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(?<!", "u", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(a|", "", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(?i:", "", DiagnosticCodes.NestedTooDeeply)]
    [InlineData("(?<a>", "", DiagnosticCodes.DuplicateGroupName)]
    public void Nesting_of_a_million_ends_on_any_stack(string open, string flags, int code) =>
        Assert.Equal(code, OnSmallStack($"/{Literals.Repeat(open, 1_000_000)}/{flags}"));

    [Fact]
    public void Classes_of_the_flag_v_nest_as_deeply_as_groups()
    {
        static string Nested(int depth) => "/" + Literals.Repeat("[", depth) + "a" + Literals.Repeat("]", depth) + "/v";
        Assert.Equal(0, OnSmallStack(Nested(RegularExpressionChecker.MaxDepth)));
        Assert.Equal(DiagnosticCodes.NestedTooDeeply, OnSmallStack(Nested(RegularExpressionChecker.MaxDepth + 1)));
        Assert.Equal(DiagnosticCodes.NestedTooDeeply, OnSmallStack(Nested(1_000_000)));
        Assert.Equal(DiagnosticCodes.NestedTooDeeply, OnSmallStack("/" + Literals.Repeat("[a&&[^", 1_000_000) + "]/v"));
    }

    [Fact]
    public void Groups_nest_to_the_limit()
    {
        static string Nested(int depth) => "/" + Literals.Repeat("(?:a|", depth) + Literals.Repeat(")", depth) + "/";
        Assert.Equal(0, OnSmallStack(Nested(RegularExpressionChecker.MaxDepth)));
        Assert.Equal(DiagnosticCodes.NestedTooDeeply, OnSmallStack(Nested(RegularExpressionChecker.MaxDepth + 1)));
    }

    public static TheoryData<string, string, string, int> LongPatterns => new()
    {
        { "", "a", "/", 0 }, { "", "()", "/u", 0 }, { "", "|", "/", 0 }, { "", "[a]", "/v", 0 }, { "[", "a", "]/v", 0 }, { "[", "a-b", "]/", 0 }, { "[", "[a]", "]/v", 0 },
        { "[a", "&&a", "]/v", 0 }, { "[a", "--\\q{a|bc}", "]/v", 0 }, { "[\\q{", "a|", "}]/v", 0 }, { "a{", "1", "}/", 0 }, { "a{1,", "2", "}/u", 0 }, { "a", "{", "/", 0 },
        { "a", "{1", "/", 0 }, { "a", "{1,", "/", 0 }, { "\\u{", "0", "}/u", 0 }, { "\\u{", "0", "/u", DiagnosticCodes.UnexpectedEndOfText }, { "\\p{", "L", "}/u", DiagnosticCodes.UnknownPropertyNameOrValue },
        { "", "\\p{L}", "/u", 0 }, { "", "\\p{sc=", "/u", DiagnosticCodes.PropertyValueExpected }, { "", "\\k<", "/", 0 }, { "", "\\k<a", "/", 0 }, { "", "\\k<a>", "/", 0 }, { "\\k<", "a", "/", 0 },
        { "(?<a>)", "\\k<a>", "/u", 0 }, { "(?<", "a", ">)/", 0 }, { "(?<", "\\u0061", ">)/", 0 }, { "(?<a", "\\u{62}", "/", DiagnosticCodes.TokenExpected }, { "\\", "1", "/u", DiagnosticCodes.BackreferenceWithoutGroups },
        { "", "\\1", "/", 0 }, { "(?<a>)|", "(?<a>)|", "/", 0 }, { "", "(?:(?<a>)|b)|", "/", 0 }, { "(?", "i", ":)/", DiagnosticCodes.DuplicateFlag }, { "a/", "g", "", DiagnosticCodes.DuplicateFlag },
        { "", "\\ud83d", "/u", 0 }, { "", "\\c", "/", 0 }, { "[", "\\c", "]/", 0 }, { "", "(?=", "/", DiagnosticCodes.NestedTooDeeply }, { "", "a*", "/", 0 }, { "", "[]", "/v", 0 }, { "a[", "[", "]/u", 0 }, { "", "\ud83d", "/u", 0 },
    };

    [Theory]
    [MemberData(nameof(LongPatterns))]
    public void A_pattern_of_millions_of_characters_takes_linear_time(string before, string unit, string after, int code) =>
        Assert.Equal(code, OnSmallStack("/" + before + Literals.Repeat(unit, 5_000_000 / unit.Length) + after));

    [Theory]
    [InlineData("(?<n{0}>)", "", 0)]
    [InlineData("(?<n{0}>)|", "", 0)]
    [InlineData("\\k<n{0}>", "", 0)]
    [InlineData("\\k<n{0}>", "(?<a>)", DiagnosticCodes.UnknownGroupName)]
    [InlineData("(?<n{0}>)|(?<n{0}>)\\k<n{0}>|", "", 0)]
    public void Hundreds_of_thousands_of_names_take_linear_time(string unit, string end, int code)
    {
        var names = Enumerable.Range(0, 200_000).Select(i => unit.Replace("{0}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Equal(code, OnSmallStack($"/{string.Concat(names)}{end}/"));
    }

    [Fact]
    public void A_name_deep_inside_every_alternative_takes_linear_time()
    {
        // Each level passes a bar, so every name must be compared through all of them.
        var open = Literals.Repeat("(?:", 500);
        var close = Literals.Repeat("|b)", 500);
        Assert.Equal(0, OnSmallStack("/" + open + Literals.Repeat("(?<a>)|", 500_000) + close + "|(?<a>)/"));
        Assert.Equal(DiagnosticCodes.DuplicateGroupName, OnSmallStack("/" + open + Literals.Repeat("(?<a>)|", 500_000) + close + "(?<a>)/"));
    }

    private static int OnSmallStack(string literal)
    {
        var code = -1;
        var thread = new Thread(() => code = Literals.FirstCode(literal), SmallStack);
        thread.Start();
        thread.Join();
        return code;
    }
}
