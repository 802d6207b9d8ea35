using System.Globalization;
using System.Text.Json;
using Kiln.Analysis.Declarations;
using Kiln.Analysis.Symbols;
using Kiln.Conformance.Emission;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Declarations;

/// <summary>
/// On the files of the corpora whose types are explicit, Kiln's declarations are those of <c>ts.transpileDeclaration</c> and of oxc's
/// <c>isolatedDeclaration</c>. Files that differ stand in a table with the reason; an entry that is no longer needed fails the test too.
/// </summary>
public sealed class DeclarationOutputTests
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Equal_typescript_s_and_oxc_s_output()
    {
        var root = ToolPaths.Corpora;
        var files = EmittedFiles.All();
        var lines = new string[files.Count];
        var broken = new string?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            var path = Path.Combine(root, files[i]);
            var file = Parser.Parse(SyntaxOracle.Read(path), SyntaxOracle.LanguageOf(path), ParseOptions.Module);
            var result = DeclarationEmitter.Emit(file, new DeclarationOptions { Public = PublicApi.TraceFile(file) });
            lines[i] = JsonSerializer.Serialize(new { path, code = result.Text });

            // Whatever the types are, the result is a declaration file.
            if (file.Diagnostics.Length == 0 && SyntaxChecker.Check(Parser.Parse(result.Text, Language.Declaration)) is [var first, ..])
            {
                broken[i] = $"{files[i]}: {first.Message} at {first.Span.Start}";
            }
        });
        Assert.Equal([], broken.OfType<string>());

        var oracle = Path.Combine(ToolPaths.Scripts, "declaration-output-oracle.mjs");
        var run = await Child.RunAsync(ToolPaths.Node, ["--stack-size=4000", oracle, ToolPaths.ClientModules], input: string.Join('\n', lines), seconds: 900);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();
        Assert.Equal(files.Count, verdicts.Count);

        Judge("typescript", "ts.transpileDeclaration", verdicts.Where(v => v.TypeScript is not null).Select(v => (v.Path, v.TypeScript!)), atLeast: 3_500);
        _ = ToolPaths.OxcTransform;
        Judge("oxc", "oxc's isolatedDeclaration", verdicts.Where(v => v.Oxc is not null).Select(v => (v.Path, v.Oxc!)), atLeast: 3_000);
    }

    private static void Judge(string name, string tool, IEnumerable<(string Path, Comparison Result)> compared, int atLeast)
    {
        var all = compared.ToList();
        Assert.InRange(all.Count, atLeast, int.MaxValue);
        var differences = all.Where(c => !c.Result.Same).ToDictionary(c => Path.GetRelativePath(ToolPaths.Corpora, c.Path), c => c.Result, StringComparer.Ordinal);
        var known = DeclarationDifferences.Load($"Declarations/{name}-differences.txt");
        known.MustList(differences.Select(d => KeyValuePair.Create(d.Key, $"\n  Kiln  {d.Value.Kiln}\n  {name}  {d.Value.Theirs}")));

        // The target: what differs is no more than one file in fifty.
        Assert.InRange(differences.Count, 0, all.Count / 50);
        Summary.Record(
            $"declarations against {name}",
            string.Create(CultureInfo.InvariantCulture, $"{all.Count - differences.Count} of {all.Count} files with explicit types ({100.0 * (all.Count - differences.Count) / all.Count:F2} %) equal the output of {tool} after typescript has printed both; the others stand in {name}-differences.txt with their reasons"));
    }

    private sealed record Verdict(string Path, Comparison? TypeScript, Comparison? Oxc);

    private sealed record Comparison(bool Same, string? Kiln, string? Theirs);
}
