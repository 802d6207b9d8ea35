using System.Globalization;
using System.Text;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript.Tests.Grammar;

namespace Kiln.Conformance.Grammar;

/// <summary>
/// Reports of both sides on many files, counted by code, and the result sheet docs/conformance/grammar-checks.txt, which is rewritten only when
/// <c>KILN_UPDATE_SUMMARY</c> is set.
/// </summary>
internal sealed class GrammarReport
{
    private readonly SortedDictionary<int, Count> counts = [];

    public GrammarReport(IEnumerable<(string File, SyntaxError[] Kiln, SyntaxError[] TypeScript)> files)
    {
        foreach (var (file, kiln, typescript) in files)
        {
            var theirs = typescript.Select(e => e.Code).Where(Owned.Contains).Distinct().ToList();
            foreach (var code in theirs)
            {
                var found = kiln.Any(e => e.Code == code);
                Of(code).Expected++;
                Of(code).Found += found ? 1 : 0;
                if (!found && !Shared.Contains(code))
                {
                    Missed.Add($"{file}: {typescript.First(e => e.Code == code)}");
                }
            }

            foreach (var error in kiln)
            {
                var isConfirmed = typescript.Any(e => e.Code == error.Code && e.Line == error.Line);
                Of(error.Code).Reported++;
                Of(error.Code).Confirmed += isConfirmed ? 1 : 0;
                if (!isConfirmed)
                {
                    Unconfirmed.TryAdd(file, error.ToString());
                }
            }
        }
    }

    /// <summary>The codes that are checked: those of the cases, which cover all.</summary>
    public static IReadOnlySet<int> Owned { get; } = GrammarCase.All.SelectMany(c => c.Expected).Select(e => e.Code).ToHashSet();

    /// <summary>Codes that typescript also uses for what other parts of Kiln check: they say nothing about what is missed here.</summary>
    private static HashSet<int> Shared { get; } = [1005, 1141, 1156, 1184, 2300, 2567, 18016];

    /// <summary>Files with a report of Kiln that typescript does not make with the same code on the same line; the first of each.</summary>
    public Dictionary<string, string> Unconfirmed { get; } = new(StringComparer.Ordinal);

    /// <summary>What typescript reports and Kiln does not.</summary>
    public List<string> Missed { get; } = [];

    /// <summary>Pairs of file and code that typescript reports.</summary>
    public int Expected => counts.Where(c => !Shared.Contains(c.Key)).Sum(c => c.Value.Expected);

    /// <summary>How many of them Kiln reports too.</summary>
    public int Found => counts.Where(c => !Shared.Contains(c.Key)).Sum(c => c.Value.Found);

    public void Write(int files)
    {
        if (Environment.GetEnvironmentVariable("KILN_UPDATE_SUMMARY") is not { Length: > 0 })
        {
            return;
        }

        var places = GrammarCase.All.SelectMany(c => c.Expected).GroupBy(e => e.Code).ToDictionary(g => g.Key, g => g.Count());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            What TypeScript's binder and checker report about syntax outside its parser, as Kiln's GrammarChecker reports it.
            Compared with typescript 5.9 (one-file programs without libraries). Written by tests/Conformance with {TypeScriptCase.FolderVariable} and KILN_UPDATE_SUMMARY=1.

            Own cases (tests/Kiln.TypeScript.Tests/Grammar/Cases): {GrammarCase.All.Count} sources, {places.Values.Sum()} places, {places.Count} codes; both sides report the same codes on the same lines.
            TypeScript's own cases: {files} files that both parsers accept. Of {Expected} pairs of file and code that typescript reports Kiln reports {Found};
            of {counts.Values.Sum(c => c.Reported)} reports of Kiln typescript makes {counts.Values.Sum(c => c.Confirmed)} with the same code on the same line.
            Published packages: Kiln reports nothing; an exception would stand in tests/Conformance/Grammar/corpora.txt.

            code   own cases   TypeScript's cases: files   of these Kiln   reports of Kiln   confirmed

            """);
        foreach (var code in places.Keys.Union(counts.Keys).Order())
        {
            var count = counts.GetValueOrDefault(code) ?? new Count();
            var expected = Shared.Contains(code) ? "shared" : count.Expected.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{code,-7}{places.GetValueOrDefault(code),9}   {expected,25}   {count.Found,13}   {count.Reported,15}   {count.Confirmed,9}\n");
        }

        text.Append('\n').Append(File.ReadAllText(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Grammar", "left-out.txt")));
        var folder = Path.Combine(ToolPaths.Root, "docs", "conformance");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "grammar-checks.txt"), text.ToString());
    }

    private Count Of(int code) => counts.TryGetValue(code, out var count) ? count : counts[code] = new Count();

    private sealed class Count
    {
        public int Expected { get; set; }

        public int Found { get; set; }

        public int Reported { get; set; }

        public int Confirmed { get; set; }
    }
}
