using System.Text;

namespace Kiln.TypeScript.Tests.Grammar;

public sealed class GrammarCheckerTests
{
    [Theory]
    [InlineData(Language.JavaScript)]
    [InlineData(Language.Jsx)]
    public void Judges_no_JavaScript(Language language) => Assert.Empty(GrammarChecker.Check(Parser.Parse("const o = { a: 1, a: 2 };", language)));

    [Fact]
    public void Judges_no_file_with_syntax_errors() => Assert.Empty(GrammarChecker.Check(Parser.Parse("class A { static public a; } )", Language.TypeScript)));

    [Fact]
    public void Gives_the_first_problems_in_source_order()
    {
        var source = string.Concat(Enumerable.Repeat("class A { static public a; }\n", 100));
        var found = GrammarChecker.Check(Parser.Parse(source, Language.TypeScript));
        Assert.Equal(GrammarChecker.MaxDiagnostics, found.Length);
        Assert.Equal(found.Select(d => d.Span.Start).Order(), found.Select(d => d.Span.Start));
        Assert.Equal("static ".Length + "class A { ".Length, found[0].Span.Start);
    }

    [Fact]
    public void Says_which_modifiers_are_meant()
    {
        var found = GrammarChecker.Check(Parser.Parse("class A { static public a; readonly static b; }", Language.TypeScript));
        Assert.Equal(["'public' modifier must precede 'static' modifier.", "'static' modifier must precede 'readonly' modifier."], found.Select(d => d.Message));
    }

    [Fact]
    public void Says_what_TypeScript_says_about_abstract_members()
    {
        var found = GrammarChecker.Check(Parser.Parse("abstract class A { static abstract a; private abstract b; abstract c() {} }", Language.TypeScript));
        Assert.Equal(
            [
                "'static' modifier cannot be used with 'abstract' modifier.",
                "'private' modifier cannot be used with 'abstract' modifier.",
                "Method 'c' cannot have an implementation because it is marked abstract.",
            ],
            found.Select(d => d.Message));
    }

    /// <summary>Whether a file without imports and exports is a module is an option of TypeScript's (moduleDetection); a declaration file is none.</summary>
    [Theory]
    [InlineData(Language.TypeScript, SourceGoal.Detect, "")]
    [InlineData(Language.TypeScript, SourceGoal.Module, "2435")]
    [InlineData(Language.TypeScript, SourceGoal.Script, "5061 2436 2669")]
    [InlineData(Language.Declaration, SourceGoal.Detect, "5061 2436 2669")]
    public void Judges_no_augmentation_in_what_may_be_a_module(Language language, SourceGoal goal, string codes)
    {
        const string Source = "declare module 'a' { module 'b' { } } declare module 'c*d*e' { } declare module './f' { } declare global { }";
        var found = GrammarChecker.Check(Parser.Parse(Source, language, new ParseOptions(goal)));
        Assert.Equal(codes, string.Join(' ', found.Select(d => d.Code)));
    }

    /// <summary>Chains that the parser reads in loops make trees of any depth: the walk must not recurse into them.</summary>
    [Theory]
    [InlineData("let x = a", "+a", ";")]
    [InlineData("let x = a", ".b", ";")]
    [InlineData("let x = a", "[0]", ";")]
    [InlineData("let x = a", "()", ";")]
    [InlineData("let x = a", "!", ";")]
    [InlineData("let x = a", " as T", ";")]
    [InlineData("let x = a", " satisfies T", ";")]
    [InlineData("let x = a", "``", ";")]
    [InlineData("type T = A", "[]", ";")]
    [InlineData("type T = A", "[0]", ";")]
    [InlineData("type T = A", "|A", ";")]
    [InlineData("type T = A", ".B", ";")]
    [InlineData("@a", ".b", " class C {}")]
    [InlineData("enum E { a = 1", "+1", " }")]
    [InlineData("enum E { a = ''", "+1", ", b }")]
    [InlineData("class C extends A", ".B", " {}")]
    [InlineData("class C implements A", ".B", " {}")]
    [InlineData("declare const a = b", ".c", ";")]
    public void Walks_long_chains(string start, string link, string end)
    {
        var source = new StringBuilder(start).Insert(start.Length, link, 100_000).Append(end).ToString();
        var file = Parser.Parse(source, Language.TypeScript);
        Assert.Empty(file.Diagnostics);
        Assert.DoesNotContain(GrammarChecker.Check(file), d => d.Code >= 90_000);
    }

    [Theory]
    [InlineData("", "if (a) b; else ", "c;", "", 1_900)]
    [InlineData("let x = ", "a = ", "1", ";", 1_900)]
    [InlineData("let x = ", "a ? b : ", "c", ";", 400)]
    [InlineData("let x = ", "(", "a", ")", 400)]
    [InlineData("let x = ", "!", "a", "", 400)]
    [InlineData("", "{", "a;", "}", 400)]
    [InlineData("", "namespace N {", "let x;", "}", 150)]
    [InlineData("", "class A { m() {", "a;", "}}", 100)]
    [InlineData("let x = ", "{a:", "1", "}", 150)]
    [InlineData("let x = ", "[", "1", "]", 150)]
    [InlineData("", "f(() => ", "1", ")", 100)]
    [InlineData("let x: ", "{a: ", "1", "}", 150)]
    [InlineData("let x: ", "T extends A ? B : ", "C", "", 150)]
    [InlineData("let x: ", "(a: ", "C", ") => D", 100)]
    [InlineData("let ", "{a: ", "b", "}", 150)]
    public void Walks_what_the_parser_nests(string start, string open, string middle, string close, int count)
    {
        var source = start + string.Concat(Enumerable.Repeat(open, count)) + middle + string.Concat(Enumerable.Repeat(close, count));
        var file = Parser.Parse(start == "let " ? source + " = c" : source, Language.TypeScript);
        Assert.DoesNotContain(file.Diagnostics, d => d.Code >= 90_000);
        Assert.DoesNotContain(GrammarChecker.Check(file), d => d.Code >= 90_000);
    }

    /// <summary>Long lists are looked up, not searched.</summary>
    [Theory]
    [InlineData("class A {{ {0} }}", "p{0};")]
    [InlineData("class A {{ {0} }}", "m{0}() {{}}")]
    [InlineData("abstract class A {{ {0} }}", "abstract m{0}(): void;")]
    [InlineData("interface I {{ {0} }}", "p{0}: 1;")]
    [InlineData("let o = {{ {0} }};", "p{0}: 1,")]
    [InlineData("enum E {{ {0} }}", "p{0},")]
    [InlineData("{0}", "function f{0}() {{}}\n")]
    [InlineData("{0}", "function f{0}(): void;\nfunction f{0}() {{}}\n")]
    [InlineData("{0}", "namespace N{0} {{ let x; }} class N{0}x {{}}\n")]
    [InlineData("{0}", "enum E{0} {{ a }}\n")]
    [InlineData("function f({0}) {{}}", "p{0}?,")]
    public void Takes_long_lists(string frame, string item)
    {
        var items = string.Concat(Enumerable.Range(0, 50_000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, item, i)));
        var source = string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, items);
        var file = Parser.Parse(source, Language.TypeScript);
        Assert.Empty(file.Diagnostics);
        Assert.Empty(GrammarChecker.Check(file));
    }
}
