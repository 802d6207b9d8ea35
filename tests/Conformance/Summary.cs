using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance;

/// <summary>
/// The committed result sheet, docs/conformance.md. Rewritten only when <c>KILN_UPDATE_SUMMARY</c> is set; otherwise tests leave it alone.
/// </summary>
internal static class Summary
{
    private static readonly Lock Gate = new();

    /// <summary>Replaces the lines of one part. Lines must not depend on the machine or the clock.</summary>
    public static void Record(string part, params string[] lines)
    {
        if (Environment.GetEnvironmentVariable("KILN_UPDATE_SUMMARY") is not { Length: > 0 })
        {
            return;
        }

        lock (Gate)
        {
            var path = Path.Combine(ToolPaths.Root, "docs", "conformance.md");
            var parts = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
            var current = "";
            foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
            {
                if (line.StartsWith("## ", StringComparison.Ordinal))
                {
                    current = line[3..];
                }
                else if (current.Length > 0 && line.Length > 0)
                {
                    (parts.TryGetValue(current, out var known) ? known : parts[current] = []).Add(line);
                }
            }

            parts[part] = [.. lines.Select(l => "- " + l)];
            var text = new StringBuilder("# Conformance\n\nMeasured by `./test Conformance` with `KILN_UPDATE_SUMMARY=1`; the packages are listed in tests/tools.\n");
            foreach (var (name, content) in parts)
            {
                text.Append("\n## ").Append(name).Append("\n\n").AppendJoin('\n', content).Append('\n');
            }

            File.WriteAllText(path, text.ToString());
        }
    }
}
