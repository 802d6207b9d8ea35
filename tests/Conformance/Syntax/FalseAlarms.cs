using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// What checks after parsing report on cases that parse. typescript makes such checks in its binder and its checker, so its whole one-file
/// program is asked. It lacks the other files and the libraries; their absence can only make it report more.
/// </summary>
internal sealed class FalseAlarms
{
    private FalseAlarms(IReadOnlyList<Alarm> all) => All = all;

    /// <summary>The checks that Kiln makes after parsing.</summary>
    public static Func<SourceFile, IEnumerable<Diagnostic>> Checks => SyntaxChecker.Check;

    /// <summary>Reports that typescript does not confirm with the same code on the same line.</summary>
    public IReadOnlyList<Alarm> All { get; }

    /// <summary>Files about which typescript reports nothing at all, each with Kiln's first report.</summary>
    public IReadOnlyDictionary<string, string> ByFile =>
        All.Where(a => a.IsCorrectFile).GroupBy(a => a.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => $"typescript accepts; Kiln: {g.First().Kiln}", StringComparer.Ordinal);

    /// <summary>Asks <paramref name="check"/> about every case that both parsers accept.</summary>
    public static async Task<FalseAlarms> FindAsync(IReadOnlyCollection<TypeScriptCase> cases, Func<SourceFile, IEnumerable<Diagnostic>> check)
    {
        var reports = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        Parallel.ForEach(cases, c =>
        {
            if (SyntaxOracle.AskKiln(c.Name, c.Text).Length == 0 && SyntaxOracle.AskKiln(c.Name, c.Text, check) is { Length: > 0 } found)
            {
                reports[c.Name] = found;
            }
        });
        var reported = cases.Where(c => reports.ContainsKey(c.Name)).ToList();
        var parsing = await SyntaxOracle.AskTypeScriptAsync(reported.Select(c => (c.Name, c.Text)));
        var typescript = await SyntaxOracle.AskTypeScriptForEverythingAsync(reported.Where(c => parsing[c.Name].Length == 0));
        var alarms = new List<Alarm>();
        foreach (var (file, theirs) in typescript.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            alarms.AddRange(reports[file]
                .Where(ours => !theirs.Any(t => t.Code == ours.Code && t.Line == ours.Line))
                .Select(ours => new Alarm(file, ours, theirs.Length == 0)));
        }

        return new FalseAlarms(alarms);
    }

    /// <summary>One line a code: how many files typescript has nothing to say about, and how many reports it does not confirm.</summary>
    public string CountByCode()
    {
        var text = new StringBuilder();
        foreach (var code in All.GroupBy(a => a.Kiln.Code).OrderBy(g => g.Key))
        {
            var files = code.Where(a => a.IsCorrectFile).DistinctBy(a => a.File, StringComparer.Ordinal).Count();
            text.Append(CultureInfo.InvariantCulture, $"{code.Key}: {files} correct files refused, {code.Count()} reports without the same code on the same line; first: {code.First().File} {code.First().Kiln}\n");
        }

        return text.ToString();
    }

    /// <param name="IsCorrectFile">typescript reports nothing at all about the file.</param>
    internal sealed record Alarm(string File, SyntaxError Kiln, bool IsCorrectFile);
}
