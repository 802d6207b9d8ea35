using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>A committed table of files on which Kiln and typescript may differ: on each line a path, a tab, the reason.</summary>
internal static class AllowedDifferences
{
    private const string Corpora = "allowed-differences.txt";
    private const string Cases = "allowed-case-differences.txt";

    /// <param name="damaged">The entries of damaged files, or those of the files as published.</param>
    public static IReadOnlyDictionary<string, string> Load(bool damaged) =>
        Read(Corpora).Where(entry => entry.Key[0] == '/' == damaged).ToDictionary(StringComparer.Ordinal);

    /// <summary>The entries of TypeScript's own cases, by <see cref="TypeScriptCase.Name"/>.</summary>
    public static IReadOnlyDictionary<string, string> LoadCases() => Read(Cases);

    private static Dictionary<string, string> Read(string table) =>
        File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Syntax", table))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var file, { Length: > 0 } reason] ? (file, reason) : throw new InvalidDataException($"No reason given: {line}"))
            .ToDictionary(e => e.file, e => e.reason, StringComparer.Ordinal);
}
