using Kiln.Tooling;

namespace Kiln.Analysis.Tests.Symbols;

/// <summary>
/// A case in <c>Cases/*.txt</c>: modules behind <c># path</c>, then what the reference leaves of them (<c>--- public</c>) and finds in its trace
/// (<c>--- problems</c>); and where Kiln differs on purpose, why, and what it adds and leaves out (<c>--- differs</c>).
/// </summary>
internal sealed record SymbolCase(string Name, IReadOnlyList<KeyValuePair<string, string>> Modules, IReadOnlyList<string>? Public, IReadOnlyList<string> Problems, IReadOnlyList<string> Differences)
{
    public static string Folder { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Symbols", "Cases");

    public static IEnumerable<SymbolCase> ReadAll(string file) =>
        File.ReadAllText(Path.Combine(Folder, file)).Split("\n=== ").Skip(1).Select(Parse);

    private static SymbolCase Parse(string text)
    {
        var title = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        var sections = text[(title.Length + 1)..].Split("\n--- ");
        var modules = new List<KeyValuePair<string, string>>();
        foreach (var piece in ("\n" + sections[0]).Split("\n# ").Skip(1))
        {
            var end = piece.IndexOf('\n', StringComparison.Ordinal);
            modules.Add(KeyValuePair.Create(piece[..end], piece[(end + 1)..] + "\n"));
        }

        return new SymbolCase(title, modules, Lines("public"), Lines("problems") ?? [], Lines("differs") ?? []);

        string[]? Lines(string part) => sections.FirstOrDefault(s => s == part || s.StartsWith(part + "\n", StringComparison.Ordinal))?.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
    }
}
