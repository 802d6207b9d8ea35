using System.Globalization;

namespace Kiln.TypeScript.Parsing;

/// <summary>One line of <c>Cases/first-errors.txt</c>.</summary>
/// <param name="Code">Of the first diagnostic in source order.</param>
/// <param name="Start">Its UTF-16 offset.</param>
/// <param name="IsFromChecker">typescript reports it from its checker; Kiln's parser reports it because it is an error in every program.</param>
internal sealed record FirstErrorCase(int Code, int Start, bool IsFromChecker, string Text)
{
    public static IReadOnlyList<FirstErrorCase> All { get; } = [.. ReadAll()];

    private static IEnumerable<FirstErrorCase> ReadAll()
    {
        var assembly = typeof(FirstErrorCase).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith("first-errors.txt", StringComparison.Ordinal)))!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var parts = line.Split('\t', 3);
            yield return new FirstErrorCase(
                int.Parse(parts[0].TrimEnd('*'), CultureInfo.InvariantCulture),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[0].EndsWith('*'),
                Unescape(parts[2]));
        }
    }

    /// <summary><c>\n</c> is a line break, <c>\\</c> a backslash.</summary>
    private static string Unescape(string text) => string.Join('\\', text.Split("\\\\").Select(part => part.Replace("\\n", "\n", StringComparison.Ordinal)));
}
