using System.Globalization;

namespace Kiln.TypeScript.RegularExpressions;

/// <summary>One line of <c>Cases</c>.</summary>
/// <param name="Literal">With slashes and flags.</param>
/// <param name="Code">The code of the first diagnostic, 0 when the literal is valid.</param>
/// <param name="Feature">What an engine must know before it can agree; null when every engine does.</param>
internal sealed record RegularExpressionCase(string Literal, int Code, string? Feature)
{
    public static IReadOnlyList<RegularExpressionCase> All { get; } = [.. ReadAll(".RegularExpressions.Cases.")];

    /// <summary>The cases to which TypeScript gives another first code, with that code.</summary>
    public static IReadOnlyDictionary<string, int> TypeScriptDifferences { get; } =
        ReadAll(".RegularExpressions.TypeScriptDifferences.").ToDictionary(c => c.Literal, c => c.Code, StringComparer.Ordinal);

    private static IEnumerable<RegularExpressionCase> ReadAll(string part)
    {
        var assembly = typeof(RegularExpressionCase).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(part, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                var blank = line.IndexOf(' ', StringComparison.Ordinal);
                var expected = line[..blank].Split('+');
                var code = expected[0] == "ok" ? 0 : int.Parse(expected[0], CultureInfo.InvariantCulture);
                yield return new RegularExpressionCase(line[blank..].TrimStart(), code, expected.Length > 1 ? expected[1] : null);
            }
        }
    }
}
