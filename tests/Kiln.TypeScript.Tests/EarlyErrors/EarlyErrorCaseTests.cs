using System.Text;
using System.Text.Json;
using Kiln.Tooling;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.EarlyErrorTests;

/// <summary>The case files, judged by Kiln and by V8.</summary>
public sealed class EarlyErrorCaseTests
{
    [Theory]
    [InlineData("javascript", Language.JavaScript)]
    [InlineData("typescript", Language.TypeScript)]
    public void The_first_diagnostic_is_the_expected_one(string file, Language language)
    {
        var wrong = new StringBuilder();
        foreach (var test in EarlyErrorCase.Read(file))
        {
            var found = SyntaxChecker.Check(Parser.Parse(test.Source, language, new ParseOptions(test.Goal)));
            if ((found.Length > 0 ? found[0].Code : 0) != test.Code)
            {
                wrong.AppendLine($"{test}: {(found.Length > 0 ? $"{found[0].Span} {found[0].Code} {found[0].Message}" : "accepted")}");
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    /// <summary>What the table says is what an engine does; the expectation is not Kiln's own.</summary>
    [Fact]
    public async Task V8_agrees_with_the_table()
    {
        var cases = EarlyErrorCase.Read("javascript").ToList();
        Assert.True(cases.Count > 300);
        var lines = cases.Select(c => JsonSerializer.Serialize(new { goal = c.Goal.ToString(), source = c.Source }));
        var run = await Child.RunAsync(
            ToolPaths.Node,
            ["--no-warnings", "--experimental-vm-modules", Path.Combine(ToolPaths.Scripts, "compile-oracle.mjs")],
            input: string.Join('\n', lines),
            seconds: 120);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, verdicts.Length);
        var wrong = cases.Zip(verdicts).Where(p => p.First.EngineAccepts != (p.Second == "ok")).Select(p => $"{p.First}: {p.Second}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("let a; let a;", 11, 12)]
    [InlineData("({ a = 1 });", 5, 6)]
    [InlineData("function f() { await 1; }", 15, 20)]
    [InlineData("x: while (1) { (() => { break x; }); }", 24, 32)]
    public void A_diagnostic_spans_what_is_wrong(string source, int start, int end) =>
        Assert.Equal(new TextSpan(start, end), Assert.Single(EarlyErrors.Check(Parser.Parse(source, Language.JavaScript))).Span);

    [Fact]
    public void A_file_that_does_not_parse_has_no_early_errors_and_a_declaration_file_neither()
    {
        Assert.Empty(EarlyErrors.Check(Parser.Parse("let a; let a; )", Language.JavaScript)));
        Assert.Empty(EarlyErrors.Check(Parser.Parse("declare let a: 1; declare let a: 2;", Language.Declaration)));
    }

    [Fact]
    public void Diagnostics_are_capped_and_ordered()
    {
        var found = EarlyErrors.Check(Parser.Parse("let a;" + string.Concat(Enumerable.Repeat("let a; 1 = 2;", 1_000)), Language.JavaScript));
        Assert.Equal(20, found.Length);
        Assert.Equal(found.OrderBy(d => d.Span.Start), found);
    }
}
