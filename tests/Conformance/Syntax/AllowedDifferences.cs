using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>The committed table of files on which Kiln and typescript may differ: a path, a tab, the reason.</summary>
internal static class AllowedDifferences
{
    /// <param name="damaged">The entries of damaged files, or those of the files as published.</param>
    public static IReadOnlyCollection<string> Load(bool damaged) =>
    [
        .. File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Syntax", "allowed-differences.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var file, { Length: > 0 }] ? file : throw new InvalidDataException($"No reason given: {line}"))
            .Where(file => file[0] == '/' == damaged),
    ];
}
