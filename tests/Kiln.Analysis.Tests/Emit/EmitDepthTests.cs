using Kiln.Analysis.Emit;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests.Emit;

/// <summary>
/// A stack overflow ends the process, so the emitter must survive every tree that the parser accepts on the small stack of a busy server's
/// thread: it says 91001 where it cannot go on, or writes the code.
/// </summary>
public sealed class EmitDepthTests
{
    private const int SmallStack = 256 * 1024;

    /// <summary>Makes the binder and every part of the emitter look at what follows.</summary>
    private const string Prelude = "import { x, T } from \"m\"; enum E { A } namespace N { export const n = 1; } class P { constructor(public p = 1) {} } f(x);\n";

    /// <summary>Shapes that the parser reads in a loop: name, what is in front, what repeats, what is behind.</summary>
    public static TheoryData<string, string, string, string, int> Chains => new()
    {
        { "sum", "y = a", " + a", ";", 1_000_000 },
        { "sum of asserted", "y = a", " + a!", ";", 200_000 },
        { "logical or", "y = a", " || a", ";", 1_000_000 },
        { "nullish", "y = a", " ?? a", ";", 1_000_000 },
        { "comma", "a", ", a", ";", 1_000_000 },
        { "members", "a", ".b", ";", 1_000_000 },
        { "optional members", "a", "?.b", ";", 1_000_000 },
        { "elements", "a", "[0]", ";", 1_000_000 },
        { "calls", "f", "()", ";", 1_000_000 },
        { "calls with types", "f", "<T>()", ";", 200_000 },
        { "tags", "f", "``", ";", 1_000_000 },
        { "as", "a", " as T", ";", 1_000_000 },
        { "returned as", "function g() { return <T>a", " as T", "; }", 1_000_000 },
        { "satisfies", "y = a", " satisfies T", ";", 1_000_000 },
        { "non-null", "a", "!", ";", 1_000_000 },
        { "exported in a namespace", "namespace M { export const m = n", " + n", "; }", 1_000_000 },
        { "enum member", "enum F { A = 1", " + 1", " }", 1_000_000 },
        { "enum member of names", "enum F { A = 1, B = A", " + A", " }", 1_000_000 },
        { "enum member of texts", "enum F { A = \"\"", " + \"\"", " }", 1_000_000 },
        { "heritage", "class D extends f", "()", " {}", 1_000_000 },
        { "decorator", "@a", ".b", " class D {}", 1_000_000 },
        { "decorated member", "class D { @a", ".b", " m() {} }", 1_000_000 },
        { "field", "@d class D { static y = this", ".b", "; }", 1_000_000 },
        { "default", "export default a", ".b", ";", 1_000_000 },
        { "resource", "using r = a", ".b", ";", 1_000_000 },
        { "alias", "import q = N", ".b", "; q;", 1_000_000 },
        { "array type", "let t: T", "[]", " = a;", 1_000_000 },
        { "union", "let t: T", " | T", " = a;", 1_000_000 },
        { "type query", "let t: typeof a", ".b", ";", 1_000_000 },
        { "statements", "", "a;", "", 500_000 },
        { "else if", "if (a) b;", " else if (a) b;", "", 1_990 },
        { "else if with types", "if (a) b;", " else if (a as T) type = 1;", "", 1_990 },
        { "assignments", "a", " = a", ";", 1_990 },
        { "asserted assignments", "a", " = (a as T)", ";", 1_990 },
        { "jsx members", "y = <a", ".b", "/>;", 100_000 },
        { "jsx children", "y = <p>", "<q/>", "</p>;", 100_000 },
        { "attributes", "y = <p", " a={b!}", "/>;", 100_000 },
    };

    /// <summary>Shapes that nest: name, opening, innermost, closing.</summary>
    public static TheoryData<string, string, string, string> Nests => new()
    {
        { "parentheses", "(", "a!", ")" },
        { "arrays", "[", "a!", "]" },
        { "objects", "{ a: ", "a!", " }" },
        { "arrows", "(a: T) => ", "a!", "" },
        { "arrow bodies", "(a: T): T => { return ", "a!", "; }" },
        { "functions", "function (a: T) { return ", "a!", "; }" },
        { "assertions", "<T>", "a!", "" },
        { "returned assertions", "() => <T>", "{}", "" },
        { "not", "!", "a!", "" },
        { "await", "await ", "a!", "" },
        { "conditions", "a ? b : ", "a!", "" },
        { "first of conditions", "(a as T) ? ", "a!", " : b" },
        { "assignments", "a = ", "a!", "" },
        { "exponents", "a ** ", "a!", "" },
        { "templates", "`${", "a!", "}`" },
        { "calls", "f<T>(", "a!", ")" },
        { "new", "new A<T>(", "a!", ")" },
        { "classes", "class { y: T = ", "a!", " }" },
        { "decorated classes", "@d class { y = ", "a!", " }" },
        { "decorated members", "class { @d y = ", "a!", " }" },
        { "decorators", "@(", "d", ") class {}" },
        { "accessors", "class { accessor y = ", "a!", " }" },
        { "parameter properties", "class { constructor(public a = ", "b!", ") {} }" },
        { "jsx", "<p a={b!}>", "text", "</p>" },
        { "jsx in expressions", "<p>{", "a!", "}</p>" },
        { "jsx attributes", "<p a={", "a!", "}/>" },
        { "fragments", "<>", "text", "</>" },
    };

    /// <summary>Statements that nest: name, opening, innermost, closing.</summary>
    public static TheoryData<string, string, string, string> NestedStatements => new()
    {
        { "blocks", "{ type A = 1; ", "a!;", " }" },
        { "namespaces", "namespace M { export const m = 1; ", "m;", " }" },
        { "dotted namespaces", "namespace M.L { export const m = 1; ", "m;", " }" },
        { "enums in functions", "function g() { enum F { A } ", "a!;", " }" },
        { "using", "{ using r = a!; ", "r;", " }" },
        { "loops", "for (const a of b as T) ", "a!;", "" },
        { "using loops", "for (using a of b as T) ", "a!;", "" },
        { "labels", "l: ", "a!;", "" },
        { "try", "try { ", "a!;", " } finally {}" },
        { "switch", "switch (a) { case b as T: ", "a!;", " }" },
        { "classes", "class A extends (f as T) { static { ", "a!;", " } }" },
        { "decorated classes", "@d class A { static { ", "a!;", " } }" },
        { "if", "if (a) ", "type = 1;", "" },
        { "else", "if (a) b; else ", "a!;", "" },
        { "with", "with (a) ", "a!;", "" },
        { "functions", "function g(a: T) { ", "a!;", " }" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Writes_chains_of_any_length(string name, string open, string link, string close, int count)
    {
        var source = (name is "alias" ? "namespace N { export const n = 1; } " : Prelude) + open + Repeat(link, count) + close + "\n";
        var (parsed, result) = Emit(source, name.StartsWith("jsx", StringComparison.Ordinal) || name == "attributes" ? Language.Tsx : Language.TypeScript);
        Assert.Empty(parsed.Diagnostics);
        Assert.Empty(result.Diagnostics);
        Assert.NotEqual("", result.Code);
        Assert.True(result.Code.Length <= 1_000_000 + (10L * source.Length));
    }

    [Theory]
    [MemberData(nameof(Nests))]
    public void Survives_expressions_as_deep_as_the_parser_takes_them(string name, string open, string inner, string close)
    {
        var language = open.Contains('<', StringComparison.Ordinal) && !open.Contains("<T>", StringComparison.Ordinal) ? Language.Tsx : Language.TypeScript;
        AssertSurvives(name, depth => $"{Prelude}y = {Repeat(open, depth)}{inner}{Repeat(close, depth)};\n", language);
    }

    [Theory]
    [MemberData(nameof(NestedStatements))]
    public void Survives_statements_as_deep_as_the_parser_takes_them(string name, string open, string inner, string close) =>
        AssertSurvives(name, depth => $"{Prelude}{Repeat(open, depth)}{inner}{Repeat(close, depth)}\n", Language.TypeScript);

    [Theory]
    [InlineData("object", "{ n: ", " }")]
    [InlineData("array", "[", "]")]
    public void Survives_patterns_as_deep_as_the_parser_takes_them(string name, string open, string close)
    {
        AssertSurvives(name, depth => $"{Prelude}const {Repeat(open, depth)}x{Repeat(close, depth)} = f as T;\n", Language.TypeScript);
        AssertSurvives(name, depth => $"{Prelude}namespace M {{ export const {Repeat(open, depth)}q{Repeat(close, depth)} = f as T; }}\n", Language.TypeScript);
        AssertSurvives(name, depth => $"{Prelude}using r = f; export const {Repeat(open, depth)}q{Repeat(close, depth)} = f as T;\n", Language.TypeScript);
    }

    [Theory]
    [InlineData("chain of names", "namespace M", ".M", " { export const m = n; }")]
    [InlineData("enum of nested texts", "enum F { A = f + ", "(\"\" + ", "b")]
    public void Survives_names_and_initialisers_as_deep_as_the_parser_takes_them(string name, string open, string link, string inner) =>
        AssertSurvives(name, depth => $"{Prelude}{open}{Repeat(link, depth)}{inner}{(link[0] == '(' ? Repeat(")", depth) + " }" : "")}\n", Language.TypeScript);

    [Fact]
    public void A_file_of_too_many_nodes_is_refused()
    {
        var (_, result) = Emit("let a: T;\n" + Repeat("a!;", 1_700_000), Language.TypeScript);
        Assert.Equal([91003], result.Diagnostics.Select(d => d.Code));
        Assert.Equal("", result.Code);
    }

    /// <summary>The deepest nesting that the parser accepts, and some below.</summary>
    private static void AssertSurvives(string name, Func<int, string> source, Language language)
    {
        int low = 1, high = 1_024;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Parse(source(middle), language).Diagnostics.Length == 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        Assert.True(low > 20, $"{name}: the parser takes only {low} levels");
        foreach (var depth in (int[])[low, low * 3 / 4, low / 2, 20])
        {
            var (_, result) = Emit(source(depth), language);
            Assert.All(result.Diagnostics, d => Assert.Equal(91001, d.Code));
            if (depth == 20)
            {
                Assert.Empty(result.Diagnostics);
                Assert.NotEqual("", result.Code);
            }
        }
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static SourceFile Parse(string source, Language language) => Run(() => Parser.Parse(source, language), 64 * 1024 * 1024);

    private static (SourceFile File, EmitResult Result) Emit(string source, Language language)
    {
        var file = Parse(source, language);
        return (file, Run(() => JavaScriptEmitter.Emit(file, new EmitOptions { SourceMap = true }), SmallStack));
    }

    private static T Run<T>(Func<T> action, int stack)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = action();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    failure = e;
                }
            },
            stack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result!;
    }
}
