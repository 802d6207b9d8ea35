using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// The verdicts on damaged files, where typescript's grammar checks after parsing count too: it parses much that it refuses later, and Kiln
/// refuses some of that at once.
/// </summary>
internal sealed class DamagedComparison
{
    private const int InvalidReferenceDirective = 1084;

    private DamagedComparison(SyntaxComparison verdicts, int refusedLate, SortedDictionary<string, string> differences)
    {
        Verdicts = verdicts;
        RefusedLate = refusedLate;
        Differences = differences;
    }

    /// <summary>Of the parsers alone.</summary>
    public SyntaxComparison Verdicts { get; }

    /// <summary>Files that Kiln's parser refuses and typescript after its parser.</summary>
    public int RefusedLate { get; }

    /// <summary>Files that only one of them refuses in the end, with the lines around the error.</summary>
    public SortedDictionary<string, string> Differences { get; }

    /// <param name="damaged">Texts by name; the extension decides the language.</param>
    public static async Task<DamagedComparison> RunAsync(IReadOnlyDictionary<string, string> damaged)
    {
        var asked = SyntaxOracle.AskTypeScriptAsync(damaged.Select(d => (d.Key, d.Value)));
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        var crashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(damaged, d =>
        {
            try
            {
                kiln[d.Key] = SyntaxOracle.AskKiln(d.Key, d.Value);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or InvalidCastException)
            {
                crashes[d.Key] = e.ToString();
                kiln[d.Key] = [];
            }
        });
        var typescript = await asked;
        foreach (var (file, errors) in typescript.ToList())
        {
            // A damaged `/// <reference` is a comment to the language; what it may say is checked where packages are built.
            typescript[file] = [.. errors.Where(e => e.Code != InvalidReferenceDirective)];
        }

        var verdicts = new SyntaxComparison(kiln, typescript);
        var refused = verdicts.Differences.Keys.Where(f => kiln[f].Length > 0).Select(f => (f, damaged[f])).ToList();
        var later = await SyntaxOracle.AskTypeScriptForGrammarAsync(refused);
        var differences = new SortedDictionary<string, string>(crashes, StringComparer.Ordinal);
        foreach (var (file, difference) in verdicts.Differences.Where(d => !later.TryGetValue(d.Key, out var errors) || errors.Length == 0))
        {
            var place = kiln[file].Concat(typescript[file]).First();
            differences.TryAdd(file, string.Create(CultureInfo.InvariantCulture, $"{difference}\n    {Around(damaged[file], place.Line)}"));
        }

        return new DamagedComparison(verdicts, later.Values.Count(e => e.Length > 0), differences);
    }

    private static string Around(string text, int line) => string.Join("\n    ", text.Split('\n').Skip(Math.Max(0, line - 3)).Take(5));
}
