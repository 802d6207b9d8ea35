using System.Collections.Concurrent;
using System.Globalization;
using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// TypeScript's own test cases: accept or refuse as typescript's parser does. Differences on purpose stand in
/// <c>allowed-case-differences.txt</c>; docs/conformance/typescript-cases.txt is the result sheet.
/// </summary>
public sealed class TypeScriptCasesTests
{
    [Trait("Needs", "checkout")]
    [Fact]
    public async Task Agrees_with_typescript_on_its_own_cases()
    {
        var cases = TypeScriptCase.LoadAll();
        Assert.InRange(cases.Count, 4_000, int.MaxValue);
        var asked = SyntaxOracle.AskTypeScriptAsync(cases.Select(c => (c.Name, c.Text)));
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        Parallel.ForEach(cases, c => kiln[c.Name] = SyntaxOracle.AskKiln(c.Name, c.Text));
        var comparison = new SyntaxComparison(kiln, await asked);

        var allowed = AllowedDifferences.LoadCases(damaged: false);
        TypeScriptCasesReport.Write(cases, comparison, allowed);
        allowed.MustList(comparison.Differences);
    }

    /// <summary>The checkout holds nearly no file that typescript's parser refuses; damaged ones show the other direction.</summary>
    [Trait("Needs", "checkout")]
    [Fact]
    public async Task Agrees_with_typescript_on_its_own_cases_when_they_are_damaged()
    {
        var random = new Random(1234);
        var damaged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in TypeScriptCase.LoadAll().Where(c => SyntaxOracle.LanguageOf(c.Name) is not (Language.JavaScript or Language.Jsx)))
        {
            for (var copy = 1; copy <= 3; copy++)
            {
                if (part.Text.Length is > 0 and < 20_000 && SourceDamage.Damage(part.Text, random) is { } broken)
                {
                    damaged[$"/{copy.ToString(CultureInfo.InvariantCulture)}/{part.Name}"] = broken;
                }
            }
        }

        var comparison = await DamagedComparison.RunAsync(damaged);
        var allowed = AllowedDifferences.LoadCases(damaged: true);
        TypeScriptCasesReport.WriteDamaged(damaged.Count, comparison, allowed);
        allowed.MustList(comparison.Differences);
    }

    [Trait("Needs", "checkout")]
    [Fact]
    public async Task Checks_after_parsing_refuse_only_cases_that_typescript_refuses()
    {
        var cases = TypeScriptCase.LoadAll();
        var alarms = await FalseAlarms.FindAsync(cases, FalseAlarms.Checks);
        TestContext.Current.TestOutputHelper?.WriteLine(alarms.CountByCode());
        AllowedDifferences.LoadCaseAlarms().MustList(alarms.ByFile);
    }

    [Fact]
    public async Task A_false_alarm_is_a_check_on_a_file_about_which_typescript_has_nothing_to_say()
    {
        TypeScriptCase[] cases =
        [
            new("correct.ts", "let x: number = 1;", new Dictionary<string, string>()),
            new("wrong-type.ts", "let x: number = '';", new Dictionary<string, string>()),
            new("wrong-target.ts", "enum E { }", new Dictionary<string, string> { ["erasablesyntaxonly"] = "true" }),
            new("unparsable.ts", "let let let", new Dictionary<string, string>()),
        ];
        var alarms = await FalseAlarms.FindAsync(cases, _ => [new Diagnostic(2322, new TextSpan(4, 5)), new Diagnostic(90999, new TextSpan(0, 1))]);
        Assert.Equal("correct.ts", Assert.Single(alarms.ByFile).Key);
        Assert.Equal(
            [(2322, "correct.ts", true), (2322, "wrong-target.ts", false), (90999, "correct.ts", true), (90999, "wrong-target.ts", false), (90999, "wrong-type.ts", false)],
            alarms.All.Select(a => (a.Kiln.Code, a.File, a.IsCorrectFile)).Order());
    }

    [Fact]
    public void A_case_is_cut_at_its_file_names()
    {
        var parts = TypeScriptCase.Split("folder/input.ts", "// @target: es6\r\n// @Filename: a.d.ts\r\ndeclare var a;\r\n//@filename:package.json\r\n{}\r\n  // @FILENAME: /b/c.tsx  \r\nvar b;\n// @filename: a.d.ts\n").ToList();
        Assert.Equal(
            [("folder/input.ts#a.d.ts", "declare var a;\r\n"), ("folder/input.ts#/b/c.tsx", "var b;\n"), ("folder/input.ts#2#a.d.ts", "")],
            parts.Select(p => (p.Name, p.Text)));
        Assert.All(parts, p => Assert.Equal("es6", p.Options["target"]));
        Assert.Equal("only.tsx", Assert.Single(TypeScriptCase.Split("only.tsx", "// a filename: x.ts\nvar x;")).Name);
    }
}
