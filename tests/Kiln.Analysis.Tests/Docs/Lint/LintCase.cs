using Kiln.Tooling;

namespace Kiln.Analysis.Tests.Docs.Lint;

/// <summary>Modules with what deno's lint says about the first, and what Kiln says otherwise on purpose.</summary>
internal sealed class LintCase
{
    private static readonly string Folder = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Docs", "Lint");

    public required string Area { get; init; }
    public required string Name { get; init; }
    public List<(string Name, string Text)> Files { get; } = [];
    public List<string> Deno { get; } = [];
    public List<(string Reason, string Line)> Differences { get; } = [];

    public IEnumerable<string> Expected => Deno.Except(Differences.Where(d => d.Line[0] == '-').Select(d => d.Line[2..]), StringComparer.Ordinal)
        .Concat(Differences.Where(d => d.Line[0] == '+').Select(d => d.Line[2..])).Order(StringComparer.Ordinal);

    /// <summary>The reasons that <c>differences.txt</c> explains.</summary>
    public static HashSet<string> Reasons() => [.. File.ReadLines(Path.Combine(Folder, "differences.txt")).Where(l => l.Length > 0 && char.IsAsciiLetterLower(l[0])).Select(l => l.Split(':')[0])];

    public static IEnumerable<LintCase> All()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "Cases"), "*.txt").Order(StringComparer.Ordinal))
        {
            LintCase? one = null;
            var section = "";
            var text = new List<string>();
            foreach (var line in File.ReadLines(file).Append("=== "))
            {
                if (!line.StartsWith("=== ", StringComparison.Ordinal) && !line.StartsWith("--- ", StringComparison.Ordinal))
                {
                    text.Add(line);
                    continue;
                }

                one?.Add(section, text);
                text.Clear();
                section = line[4..];
                if (line[0] == '=')
                {
                    if (one is not null)
                    {
                        yield return one;
                    }

                    one = new LintCase { Area = Path.GetFileNameWithoutExtension(file), Name = section };
                    section = "";
                }
            }
        }
    }

    private void Add(string section, List<string> lines)
    {
        switch (section)
        {
            case "":
                break;
            case "deno":
                Deno.AddRange(lines.Where(l => l.Length > 0));
                break;
            case var _ when section.StartsWith("differs ", StringComparison.Ordinal):
                Differences.AddRange(lines.Where(l => l.Length > 0).Select(l => (section[8..], l)));
                break;
            default:
                while (lines is [.., ""])
                {
                    lines.RemoveAt(lines.Count - 1);
                }

                Files.Add((section, string.Join('\n', lines) + "\n"));
                break;
        }
    }
}
