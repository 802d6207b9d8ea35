using System.Globalization;
using System.Text.Json;
using Kiln.Tooling;
using Kiln.TypeScript.Support;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Parsing;

/// <summary>What the first message says and where it points, for each kind of mistake; typescript is asked the same.</summary>
public sealed class FirstErrorTests
{
    [Fact]
    public void The_first_message_is_the_one_expected()
    {
        var wrong = FirstErrorCase.All
            .Select(c => (Case: c, Found: Sources.Parse(c.Text).Diagnostics))
            .Where(r => r.Found.Length == 0 || (r.Found[0].Code, r.Found[0].Span.Start) != (r.Case.Code, r.Case.Start))
            .Select(r => $"{r.Case.Text} expected {r.Case.Code} at {r.Case.Start}, found {string.Join(", ", r.Found.Select(d => $"{d.Code} at {d.Span.Start} {d.Message}"))}");
        Assert.Equal([], wrong);
        Assert.InRange(FirstErrorCase.All.Count, 100, int.MaxValue);
    }

    [Theory]
    [InlineData("type A = [string?, B<C>?, (D | E)?, typeof f?, x?, 'y'?, -1?, a.b[c]?]", Language.TypeScript)]
    [InlineData("type A<T> = T extends B ? | C : D; type E<T> = T extends F ? (G) : H", Language.TypeScript)]
    [InlineData("import { from, as as b } from 'x'; export { from } from 'y'", Language.TypeScript)]
    [InlineData("class A { constructor() {} get; set; static; public; async; number: 1; }", Language.TypeScript)]
    [InlineData("interface A { readonly; get; function; asserts\n[b: string]: c }", Language.TypeScript)]
    [InlineData("var a\nvar b = 1\nfor (var c in d); for (const e of f);", Language.TypeScript)]
    [InlineData("declare\nfoo; interface\ntype\nnamespace\nmodule", Language.TypeScript)]
    [InlineData("module 'x' {}", Language.TypeScript)]
    [InlineData("function f(this: A, public = 1, readonly?: B) {}", Language.TypeScript)]
    [InlineData("a.\nb in c; a.\nb instanceof c; for (a.\nb of c);", Language.JavaScript)] // typescript takes `in` for a name here
    [InlineData("private in x; static instanceof y; public\nz", Language.JavaScript)]
    [InlineData("x = <a/>; y = (<b/>) < c", Language.Tsx)]
    public void What_looks_wrong_but_is_not_is_accepted(string text, Language language) => Assert.Equal([], Sources.Parse(text, language).Diagnostics.Select(d => $"{d.Span.Start} {d.Code} {d.Message}"));

    [Fact]
    public async Task Typescript_says_the_same()
    {
        var parser = await AskAsync();
        var program = await AskAsync("--everything");
        var wrong = new List<string>();
        for (var i = 0; i < FirstErrorCase.All.Count; i++)
        {
            var expected = FirstErrorCase.All[i];
            var place = (expected.Code, expected.Start);
            var agrees = expected.IsFromChecker ? parser[i].Count == 0 && program[i].Contains(place) : parser[i].Count > 0 && parser[i].MinBy(e => e.Start) == place;
            if (!agrees)
            {
                wrong.Add($"{expected.Text} expected {place}, parser {string.Join(' ', parser[i])}, program {string.Join(' ', program[i])}");
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Code and offset of every error that typescript reports, by case.</summary>
    private static async Task<List<List<(int Code, int Start)>>> AskAsync(params string[] switches)
    {
        var input = string.Join('\n', FirstErrorCase.All.Select((c, i) => JsonSerializer.Serialize(new { path = i.ToString(CultureInfo.InvariantCulture) + ".ts", text = c.Text })));
        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "syntax-oracle.mjs"), ToolPaths.ClientModules, "--json", .. switches], input: input);
        return
        [
            .. run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) =>
            {
                var lines = new LineMap(FirstErrorCase.All[i].Text);
                return JsonDocument.Parse(line).RootElement.GetProperty("errors").EnumerateArray()
                    .Select(e => (e.GetProperty("code").GetInt32(), lines.GetLineStart(e.GetProperty("line").GetInt32() - 1) + e.GetProperty("column").GetInt32() - 1))
                    .ToList();
            }),
        ];
    }
}
