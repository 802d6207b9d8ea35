using Kiln.Analysis.Emit;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests.Emit;

/// <summary>Cases kept as text: <c>=== name</c>, the source, and after <c>--- part</c> what is expected of it.</summary>
internal static class CaseFile
{
    public sealed record Case(string Name, string Source, IReadOnlyDictionary<string, string> Parts)
    {
        public string FileName => Name.EndsWith(".tsx", StringComparison.Ordinal) ? "a.tsx"
            : Name.EndsWith(".jsx", StringComparison.Ordinal) ? "a.jsx"
            : Name.EndsWith(".js", StringComparison.Ordinal) ? "a.js"
            : "a.ts";
    }

    public static string Folder { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Emit");

    public static IReadOnlyList<Case> Read(string path)
    {
        var cases = new List<Case>();
        foreach (var section in File.ReadAllText(path).Split("\n=== ", StringSplitOptions.None))
        {
            var text = section.StartsWith("=== ", StringComparison.Ordinal) ? section[4..] : section;
            var nameEnd = text.IndexOf('\n', StringComparison.Ordinal);
            var pieces = text[(nameEnd + 1)..].Split("\n--- ");
            var parts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var piece in pieces.Skip(1))
            {
                var end = piece.IndexOf('\n', StringComparison.Ordinal);
                parts[end < 0 ? piece.Trim() : piece[..end].Trim()] = end < 0 ? "" : piece[(end + 1)..].TrimEnd('\n');
            }

            cases.Add(new Case(text[..nameEnd].Trim(), pieces[0].TrimEnd('\n') + "\n", parts));
        }

        return cases;
    }

    public static EmitResult Emit(string source, string fileName, EmitOptions? options = null)
    {
        var language = Path.GetExtension(fileName) switch
        {
            ".tsx" => Language.Tsx,
            ".jsx" => Language.Jsx,
            ".js" => Language.JavaScript,
            _ => Language.TypeScript,
        };
        var file = Parser.Parse(source, language);
        Assert.True(file.Diagnostics.Length == 0, string.Join("\n", file.Diagnostics.Select(d => $"{file.Lines.GetPosition(d.Span.Start)} {d.Message}")));
        return JavaScriptEmitter.Emit(file, options ?? new EmitOptions());
    }
}
