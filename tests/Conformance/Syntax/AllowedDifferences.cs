using System.Globalization;
using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>A committed table of files on which Kiln and typescript may differ: on each line a path, a tab, the reason.</summary>
internal static class AllowedDifferences
{
    private const string Corpora = "allowed-differences.txt";
    private const string Cases = "allowed-case-differences.txt";
    private const string Alarms = "allowed-case-alarms.txt";
    private const int ShownInAssertion = 6000;

    /// <param name="damaged">The entries of damaged files, or those of the files as published.</param>
    public static IReadOnlyDictionary<string, string> Load(bool damaged) =>
        Read(Corpora, damaged);

    /// <summary>The entries of TypeScript's own cases, by <see cref="TypeScriptCase.Name"/>.</summary>
    /// <param name="damaged">The entries of damaged cases, or those of the cases as they are.</param>
    public static IReadOnlyDictionary<string, string> LoadCases(bool damaged) => Read(Cases, damaged);

    /// <summary>Of TypeScript's own cases, those that a check after parsing refuses although typescript has nothing to say.</summary>
    public static IReadOnlyDictionary<string, string> LoadCaseAlarms() => Read(Alarms, damaged: false);

    /// <summary>Fails for a difference that the table does not list, and for an entry of the table that is no difference any more.</summary>
    /// <param name="differences">What differs, by file.</param>
    public static void MustList(this IReadOnlyDictionary<string, string> allowed, IReadOnlyDictionary<string, string> differences)
    {
        var text = new StringBuilder();
        foreach (var (file, why) in differences.Where(d => !allowed.ContainsKey(d.Key)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file}: {why}\n");
        }

        foreach (var file in allowed.Keys.Where(a => !differences.ContainsKey(a)).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file}: is in the table of allowed differences, but there is none any more\n");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } path)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.True(text.Length == 0, text.Length > ShownInAssertion ? text.ToString(0, ShownInAssertion) + "…" : text.ToString());
    }

    /// <summary>The names of damaged files start with a slash and the number of the damage.</summary>
    private static Dictionary<string, string> Read(string table, bool damaged) =>
        File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Syntax", table))
            .Where(line => line.Length > 0 && line[0] != '#' && line[0] == '/' == damaged)
            .Select(line => line.Split('\t') is [var file, { Length: > 0 } reason] ? (file, reason) : throw new InvalidDataException($"No reason given: {line}"))
            .ToDictionary(e => e.file, e => e.reason, StringComparer.Ordinal);
}
