using System.Globalization;

namespace Kiln.TypeScript.Tests.Grammar;

/// <summary>
/// One source of <c>Cases</c> with the codes that are expected on its lines: <c>=== name.ts</c>, then the source; a line with problems ends in
/// <c>//! code code</c>. The expectations are those of typescript 5.9, which tests/Conformance asks for the same files.
/// </summary>
/// <param name="Expected">Code and line (from 1), each once, sorted.</param>
public sealed record GrammarCase(string Group, string Name, string Source, (int Line, int Code)[] Expected)
{
    private const string Mark = "//! ";

    public static IReadOnlyList<GrammarCase> All { get; } = [.. Read()];

    public Language Language => Name switch
    {
        _ when Name.EndsWith(".d.ts", StringComparison.Ordinal) => Language.Declaration,
        _ when Name.EndsWith(".tsx", StringComparison.Ordinal) => Language.Tsx,
        _ => Language.TypeScript,
    };

    private static IEnumerable<GrammarCase> Read()
    {
        var assembly = typeof(GrammarCase).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(".Grammar.Cases.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var part in ("\n" + reader.ReadToEnd()).Split("\n=== ").Skip(1))
            {
                var nameEnd = part.IndexOf('\n', StringComparison.Ordinal);
                var source = part[(nameEnd + 1)..];
                yield return new GrammarCase(resource, part[..nameEnd], source, [.. Expectations(source)]);
            }
        }
    }

    private static IEnumerable<(int Line, int Code)> Expectations(string source)
    {
        var lines = source.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var mark = lines[i].IndexOf(Mark, StringComparison.Ordinal);
            if (mark >= 0)
            {
                foreach (var code in lines[i][(mark + Mark.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return (i + 1, int.Parse(code, CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
