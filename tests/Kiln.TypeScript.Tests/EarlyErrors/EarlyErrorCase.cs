using System.Reflection;

namespace Kiln.TypeScript.EarlyErrorTests;

/// <summary>One line of a case file: its header tells the columns.</summary>
/// <param name="Code">0: nothing is wrong.</param>
/// <param name="EngineAccepts">The judge's verdict.</param>
public sealed record EarlyErrorCase(int Code, bool EngineAccepts, SourceGoal Goal, string Source)
{
    private static readonly SourceGoal[] AllGoals = [SourceGoal.Script, SourceGoal.Module, SourceGoal.CommonJs];

    /// <summary>A line for all goals gives one case for each.</summary>
    public static IEnumerable<EarlyErrorCase> Read(string file)
    {
        var name = $"Kiln.TypeScript.Tests.EarlyErrors.Cases.{file}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No resource {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split('\t') is not [var verdict, var goal, var source])
            {
                throw new InvalidDataException($"Not a case: {line}");
            }

            foreach (var each in goal == "all" ? AllGoals : [Enum.Parse<SourceGoal>(goal, ignoreCase: true)])
            {
                var code = verdict == "ok" ? 0 : int.Parse(verdict.TrimEnd('!'), System.Globalization.CultureInfo.InvariantCulture);
                yield return new EarlyErrorCase(code, code == 0 || verdict.EndsWith('!'), each, Unescape(source));
            }
        }
    }

    private static string Unescape(string source) => source.Replace("\\\\", "\u0001", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace('\u0001', '\\');
}
