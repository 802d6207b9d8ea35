using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Emit;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>The JavaScript of every file of the corpora is JavaScript, for Kiln's parser and for acorn, and its tokens stand on the lines of their source.</summary>
public sealed class RoundTripTests
{
    private const string AsWritten = " (as written)";
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Emitted_files_parse_again_and_keep_their_lines(bool verbatim)
    {
        var root = ToolPaths.Corpora;
        var files = EmittedFiles.All();
        Assert.InRange(files.Count, 5_000, int.MaxValue);
        var problems = new ConcurrentBag<string>();
        var lines = new string?[files.Count];
        var lowered = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.For(0, files.Count, i =>
        {
            var path = Path.Combine(root, files[i]);
            var source = Parser.Parse(SyntaxOracle.Read(path), SyntaxOracle.LanguageOf(path));
            var (code, map) = Emit(source, EmitTarget.Es2022, verbatim);
            var again = Parser.Parse(code, Language.JavaScript);
            foreach (var problem in again.Diagnostics)
            {
                problems.Add($"{files[i]}: Kiln: {again.Lines.GetPosition(problem.Span.Start)} {problem.Message}");
            }

            lines[i] = JsonSerializer.Serialize(new { path, code, map, type = source.IsModule ? "module" : "script", erased = !source.NeedsTransform });
            var (asWritten, itsMap) = Emit(source, EmitTarget.EsNext, verbatim);
            if (asWritten != code)
            {
                lowered[files[i]] = JsonSerializer.Serialize(new { path = path + AsWritten, code = asWritten, map = itsMap, type = (string?)null, erased = false });
            }
        });

        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "round-trip-oracle.mjs"), ToolPaths.ClientModules], input: string.Join('\n', lines.Concat(lowered.Values)), seconds: 600);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();
        Assert.Equal(files.Count + lowered.Count, verdicts.Count);
        foreach (var verdict in verdicts)
        {
            // Decorators that become code are called before the class, wherever they stand in it.
            if (lowered.ContainsKey(Path.GetRelativePath(root, verdict.Path)) && verdict is { Error: null, Strays: null })
            {
                continue;
            }

            if (verdict.Error is not null || verdict.Strays > 0 || verdict.Moved > 0)
            {
                problems.Add($"{Path.GetRelativePath(root, verdict.Path)}: {verdict.Error ?? $"{verdict.Strays} tokens are not on their line, first {verdict.First}; {verdict.Moved} segments of {verdict.Segments} lead to another line, first {verdict.FirstMoved}"}");
            }
        }

        var report = new StringBuilder().AppendJoin('\n', problems.Order(StringComparer.Ordinal));
        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } target)
        {
            await File.WriteAllTextAsync(target + (verbatim ? ".lines.verbatim" : ".lines.elided"), report.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(problems.IsEmpty, $"{problems.Count} problems\n{(report.Length > 6000 ? report.ToString(0, 6000) + "…" : report.ToString())}");
        var erased = verdicts.Count(v => v.Strays is not null);
        Assert.InRange(erased, files.Count / 2, files.Count);
        Summary.Record(
            verbatim ? "round trip of emission, verbatimModuleSyntax" : "round trip of emission",
            string.Create(CultureInfo.InvariantCulture, $"{files.Count} files emitted; Kiln's parser and acorn accept all of them as JavaScript"),
            string.Create(CultureInfo.InvariantCulture, $"{verdicts.Where(v => v.Strays is not null).Sum(v => (long)v.Tokens)} tokens of {erased} files that only lose types stand on their source line, by acorn's count; {verdicts.Sum(v => (long?)v.Inserted ?? 0)} more were inserted"),
            string.Create(CultureInfo.InvariantCulture, $"{verdicts.Sum(v => (long)v.Segments)} segments of source maps; {verdicts.Sum(v => v.Moved)} lead to another line than the one they stand on, all of them in the {lowered.Count} files whose decorators become code"));
    }

    private static (string Code, string Map) Emit(SourceFile source, EmitTarget target, bool verbatim)
    {
        var options = new EmitOptions { Target = target, VerbatimModuleSyntax = verbatim, SourceMap = true, OutputFileName = "x.js", SourcePath = "./x.ts" };
        var result = JavaScriptEmitter.Emit(source, options);
        return (result.Code[..result.Code.LastIndexOf("//# sourceMappingURL", StringComparison.Ordinal)], result.SourceMap!);
    }

    private sealed record Verdict(string Path, string? Error, int Tokens, int? Strays, string? First, int? Inserted, int Segments, int Moved, string? FirstMoved);
}
