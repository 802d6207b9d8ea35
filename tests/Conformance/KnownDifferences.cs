using System.Globalization;
using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance;

/// <summary>A committed table of named differences: on each line a name, a tab, the reason.</summary>
internal static class KnownDifferences
{
    private const int ShownInAssertion = 8000;

    /// <param name="file">Below tests/Conformance.</param>
    public static IReadOnlyDictionary<string, string> Load(string file) =>
        File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var name, { Length: > 0 } reason] ? (name, reason) : throw new InvalidDataException($"No reason given: {line}"))
            .ToDictionary(entry => entry.name, entry => entry.reason, StringComparer.Ordinal);

    /// <summary>
    /// Fails for a difference that the table does not list, and for an entry of the table that is no difference any more. <c>KILN_DIFFERENCES</c>
    /// names a file that receives the whole list.
    /// </summary>
    /// <param name="found">What differs, by name.</param>
    public static void MustList(this IReadOnlyDictionary<string, string> known, IEnumerable<KeyValuePair<string, string>> found)
    {
        var differences = found.ToDictionary(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var (name, what) in differences.Where(d => !known.ContainsKey(d.Key)).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {what}\n");
        }

        foreach (var name in known.Keys.Where(k => !differences.ContainsKey(k)).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: is in the table of known differences, but there is none any more\n");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } path)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.True(text.Length == 0, text.Length > ShownInAssertion ? text.ToString(0, ShownInAssertion) + "…" : text.ToString());
    }
}
