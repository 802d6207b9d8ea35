using System.Collections.Concurrent;
using System.Globalization;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tests.Grammar;

namespace Kiln.Conformance.Grammar;

/// <summary>Kiln's grammar checks beside those of typescript: on the cases of tests/Kiln.TypeScript.Tests/Grammar, on published packages and on TypeScript's own cases.</summary>
public sealed class GrammarTests
{
    /// <summary>
    /// Every expectation of the cases is what typescript says: it is asked here, and the checker itself is held to the same table by its own tests.
    /// </summary>
    [Fact]
    public async Task Expectations_of_the_cases_are_those_of_typescript()
    {
        var cases = GrammarCase.All.ToDictionary(c => $"/{c.Group}/{c.Name}", StringComparer.Ordinal);
        var asked = await AskAsync(cases.Select(c => (c.Key, c.Value.Source)));
        var differences = new List<string>();
        foreach (var (path, one) in cases)
        {
            var theirs = Describe(asked[path].Where(e => GrammarReport.Owned.Contains(e.Code)).Select(e => (e.Line, e.Code)).Distinct().Order());
            if (theirs != Describe(one.Expected))
            {
                differences.Add($"{path}: stated {Describe(one.Expected)}; typescript {theirs}");
            }
        }

        Assert.Equal([], differences);
        Assert.InRange(GrammarCase.All.Sum(c => c.Expected.Length), 550, int.MaxValue);
        Summary.Record("grammar checks", string.Create(CultureInfo.InvariantCulture,
            $"{cases.Count} cases, {GrammarCase.All.Sum(c => c.Expected.Length)} places, {GrammarReport.Owned.Count} codes: the same code on the same line as typescript"));
    }

    /// <summary>Published code passed typescript. What is reported all the same stands in <c>corpora.txt</c> with its reason.</summary>
    [Fact]
    public void Reports_nothing_in_published_packages()
    {
        var root = ToolPaths.Corpora;
        var files = Corpus.TypeScriptFiles();
        Assert.InRange(files.Count, 5_000, int.MaxValue);
        var alarms = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(files, path =>
        {
            if (SyntaxOracle.AskKiln(path, SyntaxOracle.Read(Path.Combine(root, path)), GrammarChecker.Check) is [var first, ..])
            {
                alarms[path] = first.ToString();
            }
        });
        KnownDifferences.Load("Grammar/corpora.txt").MustList(alarms);
    }

    /// <summary>What no list of cases thinks of: each report on a generated program has typescript's code on the same line, and nearly none is missed.</summary>
    [Fact]
    public async Task Agrees_with_typescript_on_generated_programs()
    {
        var programs = new GeneratedPrograms(seed: 20).Take(6_000).ToList();
        var parsing = await SyntaxOracle.AskTypeScriptAsync(programs);
        var whole = programs.Where(p => parsing[p.Path].Length == 0 && SyntaxOracle.AskKiln(p.Path, p.Text).Length == 0).ToList();
        Assert.InRange(whole.Count, 4_000, programs.Count);
        var typescript = await AskAsync(whole);
        var report = new GrammarReport(whole.Select(p => (p.Text, SyntaxOracle.AskKiln(p.Path, p.Text, CheckAsTypeScriptDoes), typescript[p.Path])).DistinctBy(p => p.Text));
        Assert.True(report.Unconfirmed.Count == 0, string.Join("\n\n", report.Unconfirmed.Select(u => $"{u.Key}\n{u.Value}")));
        TestContext.Current.TestOutputHelper?.WriteLine($"{whole.Count} programs, found {report.Found} of {report.Expected}\n{string.Join('\n', report.Missed.Take(40))}");
        Assert.InRange(report.Found, 0.995 * report.Expected, report.Expected);
        Summary.Record("grammar checks on generated programs", string.Create(CultureInfo.InvariantCulture,
            $"{whole.Count} programs that both parsers accept; of {report.Expected} pairs of program and code that typescript reports Kiln reports {report.Found}, and nothing that typescript does not"));
    }

    /// <summary>
    /// On TypeScript's own cases: each report has typescript's code on the same line, and of what typescript reports with the codes that are checked
    /// at most one in twenty is missed. docs/conformance/grammar-checks.txt is the result sheet.
    /// </summary>
    [Trait("Needs", "checkout")]
    [Fact]
    public async Task Agrees_with_typescript_on_its_own_cases()
    {
        var cases = TypeScriptCase.LoadAll().Where(c => SyntaxOracle.LanguageOf(c.Name) is Language.TypeScript or Language.Tsx or Language.Declaration).ToList();
        Assert.InRange(cases.Count, 3_000, int.MaxValue);
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        Parallel.ForEach(cases, c =>
        {
            if (SyntaxOracle.AskKiln(c.Name, c.Text).Length == 0)
            {
                kiln[c.Name] = SyntaxOracle.AskKiln(c.Name, c.Text, CheckAsTypeScriptDoes);
            }
        });
        var parsing = await SyntaxOracle.AskTypeScriptAsync(cases.Select(c => (c.Name, c.Text)));
        var whole = cases.Where(c => parsing[c.Name].Length == 0 && kiln.ContainsKey(c.Name)).ToList();
        var typescript = await AskAsync(whole.Select(c => (c.Name, c.Text)));
        var report = new GrammarReport(whole.Select(c => (c.Name, kiln[c.Name], typescript[c.Name])));
        report.Write(whole.Count);
        KnownDifferences.Load("Grammar/unconfirmed.txt").MustList(report.Unconfirmed);
        Assert.InRange(report.Found, 0.95 * report.Expected, report.Expected);
    }

    /// <summary>One-file programs for the newest language with the standard decorators, whatever a case's own options: those decide no code that is checked.</summary>
    private static Task<Dictionary<string, SyntaxError[]>> AskAsync(IEnumerable<(string Path, string Text)> texts) =>
        SyntaxOracle.AskTypeScriptForEverythingAsync(texts.Select(t => new TypeScriptCase(t.Path, t.Text, new Dictionary<string, string>())));

    /// <summary>By default typescript takes a file for a script when nothing shows that it is a module.</summary>
    private static Diagnostic[] CheckAsTypeScriptDoes(SourceFile file) =>
        GrammarChecker.Check(file.IsModule ? file : Parser.Parse(file.Text, file.Language, new ParseOptions(SourceGoal.Script)));

    private static string Describe(IEnumerable<(int Line, int Code)> problems) =>
        string.Join(' ', problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Line}:{p.Code}")));
}
