namespace Kiln.Conformance.Syntax;

/// <summary>A committed table of files on which Kiln and typescript may differ: on each line a path, a tab, the reason.</summary>
internal static class AllowedDifferences
{
    private const string Corpora = "allowed-differences.txt";
    private const string Cases = "allowed-case-differences.txt";
    private const string Alarms = "allowed-case-alarms.txt";

    /// <param name="damaged">The entries of damaged files, or those of the files as published.</param>
    public static IReadOnlyDictionary<string, string> Load(bool damaged) =>
        Read(Corpora, damaged);

    /// <summary>The entries of TypeScript's own cases, by <see cref="TypeScriptCase.Name"/>.</summary>
    /// <param name="damaged">The entries of damaged cases, or those of the cases as they are.</param>
    public static IReadOnlyDictionary<string, string> LoadCases(bool damaged) => Read(Cases, damaged);

    /// <summary>Of TypeScript's own cases, those that a check after parsing refuses although typescript has nothing to say.</summary>
    public static IReadOnlyDictionary<string, string> LoadCaseAlarms() => Read(Alarms, damaged: false);

    /// <summary>The names of damaged files start with a slash and the number of the damage.</summary>
    private static Dictionary<string, string> Read(string table, bool damaged) =>
        KnownDifferences.Load($"Syntax/{table}").Where(entry => entry.Key[0] == '/' == damaged).ToDictionary(StringComparer.Ordinal);
}
