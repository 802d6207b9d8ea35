using Kiln.Analysis.Docs.Difference;

namespace Kiln.Analysis.Tests.Docs.Difference;

/// <summary>The name of a pair and what is expected of it; its sources are the judge's.</summary>
internal sealed record DifferenceCase(string Name, ChangeSeverity Severity, string[] Rules)
{
    public static IEnumerable<DifferenceCase> ReadAll(string path)
    {
        string? name = null;
        var isExpectation = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                name = line[4..];
            }
            else if (line.StartsWith("--- ", StringComparison.Ordinal))
            {
                isExpectation = line == "--- expect";
            }
            else if (isExpectation && line.Length > 0)
            {
                var words = line.Split(' ');
                yield return new DifferenceCase(name!, Enum.Parse<ChangeSeverity>(words[0], ignoreCase: true), words[1..]);
            }
        }
    }
}
