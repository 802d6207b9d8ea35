using Kiln.Tooling;

namespace Kiln.Conformance.Emission;

/// <summary>
/// The committed table of files whose JavaScript differs from typescript's: a mode (<c>elided</c>, <c>verbatim</c> or <c>both</c>), the path and a
/// reason's name, separated by tabs. A line <c>name = text</c> explains a reason.
/// </summary>
internal static class EmissionDifferences
{
    /// <returns>The reason's name by file.</returns>
    public static IReadOnlyDictionary<string, string> Load(bool verbatim)
    {
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Emission", "typescript-differences.txt")))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split('\t') is [var mode, var file, var reason])
            {
                Assert.True(reasons.Contains(reason), $"No reason is named {reason}.");
                if (mode == "both" || mode == (verbatim ? "verbatim" : "elided"))
                {
                    files.Add(file, reason);
                }
            }
            else if (line.Split(" = ") is [var name, { Length: > 0 }])
            {
                reasons.Add(name);
            }
            else
            {
                throw new InvalidDataException($"Neither a file nor a reason: {line}");
            }
        }

        return files;
    }
}
