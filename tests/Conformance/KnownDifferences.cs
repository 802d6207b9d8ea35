using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance;

/// <summary>A committed table of named differences: a name, a tab, the reason. What is not in it fails, and what is in it without need fails too.</summary>
internal static class KnownDifferences
{
    /// <param name="file">Below tests/Conformance.</param>
    public static IReadOnlyDictionary<string, string> Load(string file) =>
        File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var name, { Length: > 0 } reason] ? (name, reason) : throw new InvalidDataException($"No reason given: {line}"))
            .ToDictionary(entry => entry.name, entry => entry.reason, StringComparer.Ordinal);

    public static bool Match(IDictionary<string, string> found, IReadOnlyDictionary<string, string> known, out string report)
    {
        var text = new StringBuilder();
        foreach (var (name, what) in found.Where(d => !known.ContainsKey(d.Key)).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(": ").AppendLine(what);
        }

        foreach (var name in known.Keys.Where(k => !found.ContainsKey(k)))
        {
            text.Append(name).AppendLine(": is in the table of known differences, but there is none any more");
        }

        report = text.Length > 8000 ? text.ToString(0, 8000) + "…" : text.ToString();
        return text.Length == 0;
    }
}
