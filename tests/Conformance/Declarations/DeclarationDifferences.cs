using Kiln.Tooling;

namespace Kiln.Conformance.Declarations;

/// <summary>A committed table of files whose declarations differ: path, tab, the name of a reason. A line <c>name = text</c> explains a reason.</summary>
internal static class DeclarationDifferences
{
    /// <param name="file">Below tests/Conformance.</param>
    /// <returns>The reason by file.</returns>
    public static IReadOnlyDictionary<string, string> Load(string file)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", file)))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split('\t') is [var path, var reason])
            {
                Assert.True(reasons.ContainsKey(reason), $"No reason is named {reason}.");
                files.Add(path, reasons[reason]);
            }
            else if (line.Split(" = ") is [var name, { Length: > 0 } text])
            {
                reasons.Add(name, text);
            }
            else
            {
                throw new InvalidDataException($"Neither a file nor a reason: {line}");
            }
        }

        return files;
    }
}
