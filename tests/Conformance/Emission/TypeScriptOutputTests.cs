using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Emit;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>
/// Kiln's JavaScript of every file of the corpora is that of <c>ts.transpileModule</c> once esbuild has printed both. Files that differ stand in
/// <c>typescript-differences.txt</c> with a reason; an entry that is no longer needed fails the test too.
/// </summary>
public sealed class TypeScriptOutputTests
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Equals_typescript_s_output(bool verbatim)
    {
        var root = ToolPaths.Corpora;
        var files = EmittedFiles.All();
        Assert.InRange(files.Count, 5_000, int.MaxValue);
        var lines = new string[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            var path = Path.Combine(root, files[i]);
            var result = JavaScriptEmitter.Emit(
                Parser.Parse(SyntaxOracle.Read(path), SyntaxOracle.LanguageOf(path)),
                new EmitOptions { Target = EmitTarget.EsNext, VerbatimModuleSyntax = verbatim });
            lines[i] = JsonSerializer.Serialize(new { path, code = result.Code });
        });

        string[] mode = verbatim ? ["--verbatim"] : [];
        var run = await Child.RunAsync(
            ToolPaths.Node, ["--stack-size=4000", Path.Combine(ToolPaths.Scripts, "emission-oracle.mjs"), ToolPaths.ClientModules, .. mode], input: string.Join('\n', lines), seconds: 600);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();
        Assert.Equal(files.Count, verdicts.Count);

        var differences = verdicts.Where(v => !v.Same).ToDictionary(v => Path.GetRelativePath(root, v.Path), StringComparer.Ordinal);
        var allowed = EmissionDifferences.Load(verbatim);
        var report = new StringBuilder();
        foreach (var (file, verdict) in differences.Where(d => !allowed.ContainsKey(d.Key)).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"==== {file}\n---- Kiln\n{verdict.Kiln}\n---- typescript\n{verdict.Typescript}");
        }

        foreach (var file in allowed.Keys.Where(a => !differences.ContainsKey(a)))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"==== {file} is in the table of differences, but there is none any more");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } target)
        {
            await File.WriteAllTextAsync(target + (verbatim ? ".verbatim" : ".elided"), report.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(report.Length == 0, report.Length > 6000 ? report.ToString(0, 6000) + "…" : report.ToString());
        Assert.InRange(differences.Count, 0, files.Count * 5 / 1000);
        Summary.Record(
            verbatim ? "emission against typescript, verbatimModuleSyntax" : "emission against typescript, isolatedModules",
            string.Create(CultureInfo.InvariantCulture, $"{files.Count - differences.Count} of {files.Count} files ({100.0 * (files.Count - differences.Count) / files.Count:F2} %) equal ts.transpileModule's output (target ESNext) after esbuild has printed both; the others stand in typescript-differences.txt with their reasons"));
    }

    private sealed record Verdict(string Path, bool Same, string? Kiln, string? Typescript);
}
