using System.Diagnostics;
using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

/// <summary>security.md P1, P2, P6: no input takes the process down or takes more than linear time.</summary>
public sealed class HostileInputTests
{
    private const int SmallStack = 256 * 1024;

    /// <summary>Generous for a busy machine, and still far from the hours that more than linear time would take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string, string> Shapes => new()
    {
        { "", "(", "" }, { "", "[", "" }, { "", "{", "" }, { "", "`${", "" }, { "x=", "a?b:", "c" }, { "", "a?", "b" }, { "", "!", "x" }, { "", "()=>", "x" },
        { "", "if(a);else ", ";" }, { "", "if(a)", ";" }, { "", "l:", ";" }, { "", "new ", "x" }, { "x=", "1**", "1" }, { "let x:", "A<", "" },
        { "type T=", "A extends B?C:", "D" }, { "type T=", "A extends ", "D" }, { "x=", "<a>", "" }, { "", "@(", "" }, { "x=", "a=", "b" }, { "", "(a,", "" },
        { "", "(a=", "" }, { "", "({a:", "" }, { "", "([", "" }, { "", "a<", "" }, { "", "f(a<b,", "" }, { "x=[", "a<b,", "]" }, { "type T=", "(", "" }, { "type T=", "[", "" },
        { "type T=", "{a:", "" }, { "type T=", "keyof ", "x" }, { "type T=", "(a:", "" }, { "type T=", "({a}:", "" }, { "type T=", "({a:", "" }, { "x=", "<T>(", "" },
        { "", "async (", "" }, { "", "async ", "" }, { "var ", "[", "" }, { "var ", "{a:", "" }, { "", "function f(){", "" }, { "", "class A{m(){", "" },
        { "", "while(1)", "" }, { "", "do ", "" }, { "", "try{", "" }, { "", "switch(a){case 1:", "" }, { "namespace A", ".B", "{}" }, { "", "await ", "x" },
        { "", "yield ", "x" }, { "type T=", "infer A extends ", "" }, { "type T=X extends ", "[infer A extends ", "" }, { "type T=", "`${", "" }, { "x=", "{a:", "" },
        { "x=", "class{a=", "" }, { "x=", "a?(b):c=>", "" }, { "x=", "a?(b=", "" }, { "", "/*", "" }, { "", "\\u{", "" }, { "", "import(", "" }, { "type T=", "import(", "" },
        { "", "<a b={", "" }, { "x=", "<a>{", "" }, { "x=f", "<T>", "" }, { "", "))", "" }, { "", "}", "" }, { "type T=", "{[K in ", "x" }, { "type T=", "abstract new () => ", "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Deep_nesting_ends_in_a_tree_or_an_error_on_any_stack(string before, string unit, string after)
    {
        foreach (var language in (Language[])[Language.TypeScript, Language.Tsx, Language.JavaScript])
        {
            foreach (var count in language == Language.TypeScript ? (int[])[1_000, 100_000] : [1_000])
            {
                var text = before + string.Concat(Enumerable.Repeat(unit, count)) + after;
                Assert.Equal(IsValid(text, language, 0), IsValid(text, language, SmallStack));
            }
        }
    }

    [Theory]
    [InlineData("x=", "a+", "b")]
    [InlineData("x", ".b", "")]
    [InlineData("x", "()", "")]
    [InlineData("x", "[0]", "")]
    [InlineData("", "x,", "x")]
    [InlineData("x", "!", "")]
    [InlineData("x=a", " as T", "")]
    [InlineData("type T=", "A|", "B")]
    [InlineData("type T=A", "[]", "")]
    [InlineData("", "f();", "")]
    [InlineData("x=[", "1,", "]")]
    public void Long_chains_take_no_stack(string before, string unit, string after) =>
        Assert.True(IsValid(before + string.Concat(Enumerable.Repeat(unit, 1_000_000)) + after, Language.TypeScript, SmallStack));

    [Theory]
    [InlineData("if(a);", "else if(a);", "")]
    [InlineData("x=", "exports.a=", "void 0")]
    public void Right_deep_chains_of_a_thousand_links_are_fine(string before, string unit, string after) =>
        Assert.True(IsValid(before + string.Concat(Enumerable.Repeat(unit, 1_000)) + after, Language.TypeScript, SmallStack));

    [Theory]
    [InlineData("(a=", ")")]
    [InlineData("a?(b):c=>", "")]
    [InlineData("a<", "")]
    [InlineData("f(a<b,", ")")]
    [InlineData("[infer A extends ", "]?1:2")]
    [InlineData("({a=", "})")]
    public void Guesses_do_not_multiply(string open, string close)
    {
        // 200 levels of guessing twice would take longer than the universe has.
        var text = "x=" + string.Concat(Enumerable.Repeat(open, 200)) + "0" + string.Concat(Enumerable.Repeat(close, 200));
        var time = Stopwatch.StartNew();
        _ = Sources.Parse(text);
        _ = Sources.Parse("type T=" + text[2..]);
        Assert.True(time.Elapsed < Patience, $"took {time.Elapsed}");
    }

    public static TheoryData<string, string, string> Tokens => new()
    {
        { "'", "a", "'" }, { "`", "a", "`" }, { "/*", "*", "*/" }, { "//", "x", "" }, { "x=/", "a", "/" }, { "", "a", "" }, { "x=", "1", "" }, { "", "\n", "" },
        { "'", "\\n", "'" }, { "", "\\u0061", "" }, { "'", "a", "" }, { "`", "a", "" }, { "/*", "a", "" }, { "", "\u00e4", "" }, { "\"", "\ud800", "\"" },
    };

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_huge_token_takes_linear_time(string before, string unit, string after)
    {
        var text = before + string.Concat(Enumerable.Repeat(unit, 4_000_000)) + after;
        var time = Stopwatch.StartNew();
        _ = Sources.Parse(text);
        Assert.True(time.Elapsed < Patience, $"took {time.Elapsed}");
    }

    [Fact]
    public void Random_changes_to_source_never_throw_and_keep_the_tree_in_order()
    {
        string[] seeds =
        [
            "class A<T> extends B implements C { private x?: T = 1; constructor(readonly a: string) { super(); } @d m<U>(this: A<T>, ...r: U[]): asserts this is B {} static { } }",
            "export const f = async <T,>(a: T, { b, c: [d = 1] }: X): Promise<T> => a ? (b) : c => d as any satisfies Y; import type { Q } from 'q'; export * as ns from 'r';",
            "type M<T> = { readonly [K in keyof T as `get${K & string}`]?: T[K] extends infer U extends string ? [a: U, b?: 1] : never }; declare global { interface W { (x): y } }",
            "for await (const x of y) { label: while (1) { try { if (a) break label; else throw b } catch ({ e }) { } finally { } } } switch (x) { case 1: default: } `a${b}c`;",
        ];
        string[] pieces = ["(", ")", "{", "}", "[", "]", "<", ">", "=>", "=", ":", "?", ";", ",", ".", "`", "'", "/", "*", "@", "#", "async", "await", "class", "type", "<a>", "</a>", "\n", "\\", "${", "\0", "\ud800"];
        var random = new Random(20261);
        for (var round = 0; round < 3_000; round++)
        {
            var text = seeds[round % seeds.Length];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text[..at],
                    1 => text.Insert(at, pieces[random.Next(pieces.Length)]),
                    _ => text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)),
                };
                text = text.Length == 0 ? "x" : text;
            }

            TreeChecks.AssertWellFormed(Sources.Parse(text, (Language)(round % 5)));
        }
    }

    /// <summary>Parses on a thread with the given stack (0: as usual); true when there are no errors.</summary>
    private static bool IsValid(string text, Language language, int stack)
    {
        var valid = false;
        var thread = new Thread(() => valid = Parser.Parse(text, language).Diagnostics.Length == 0, stack);
        thread.Start();
        thread.Join();
        return valid;
    }
}
