using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>Analysis and emission over the sources of real packages, judged by acorn and by typescript.</summary>
public sealed class EmissionTests
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Packages { get; } = [.. RealPackage.Names];

    [Fact]
    public void Covers_at_least_eight_packages() => Assert.InRange(RealPackage.Names.Count, 8, int.MaxValue);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task The_module_graph_finds_every_module(string name)
    {
        var package = await RealPackage.PrepareAsync(name);

        var graph = ModuleGraph.Build(package.ToGraphInput(), CancellationToken.None);

        // Some of these packages augment global types or name libraries, which a registry of this kind refuses; nothing else may be wrong.
        var refusals = new[] { null, AnalysisErrorCodes.GlobalTypeAugmentation, AnalysisErrorCodes.BannedTripleSlashDirectives };
        Assert.True(refusals.Contains(graph.Error?.Code), graph.Error?.Message);
        Assert.InRange(graph.Modules.Count, 5, package.Files.Count);
        foreach (var module in graph.Modules)
        {
            Assert.True(module.SourceFile is null || module.IsParsed, $"{module.Path} has syntax errors");
            Assert.All(module.Dependencies, d => Assert.True((d.Value.Code ?? d.Value.Types)?.Kind is TargetKind.File or TargetKind.Package or TargetKind.External, $"{module.Path}: {d.Key}"));
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Emitted_files_parse_and_export_what_typescript_s_output_exports(string name)
    {
        var package = await RealPackage.PrepareAsync(name);
        var input = new StringBuilder();
        var count = 0;
        foreach (var (path, bytes) in package.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (SyntaxOracle.LanguageOf(path) is not (Language.TypeScript or Language.Tsx) || !path.EndsWith("ts", StringComparison.Ordinal) && !path.EndsWith(".tsx", StringComparison.Ordinal))
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
            var result = JavaScriptEmitter.Emit(Parser.Parse(text, SyntaxOracle.LanguageOf(path)), new EmitOptions { SourceMap = true, OutputFileName = "x.js", SourcePath = "./x.ts" });
            Assert.True(result.Diagnostics.Count == 0, $"{path}: {string.Join("; ", result.Diagnostics)}");
            Assert.NotNull(result.SourceMap);
            input.AppendLine(JsonSerializer.Serialize(new { path, text, code = result.Code }));
            count++;
        }

        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "export-oracle.mjs"), ToolPaths.ClientModules], input: input.ToString());
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();

        Assert.Equal(count, verdicts.Count);
        Assert.InRange(count, 5, int.MaxValue);
        var problems = verdicts.Where(v => v.Error is not null || v.ReferenceError is not null || !v.Exports.SequenceEqual(v.Expected, StringComparer.Ordinal))
            .Select(v => v.Error is not null ? $"{v.Path}: acorn: {v.Error}" : v.ReferenceError is not null ? $"{v.Path}: typescript's output: {v.ReferenceError}"
                : $"{v.Path}: only Kiln [{string.Join(", ", v.Exports.Except(v.Expected))}], only typescript [{string.Join(", ", v.Expected.Except(v.Exports))}]")
            .ToList();
        Assert.True(problems.Count == 0, $"{problems.Count} of {count} files:\n{string.Join('\n', problems.Take(30))}");
        Summary.Record($"emission of {name}", string.Create(CultureInfo.InvariantCulture, $"{count} files emitted; all parse with acorn, and the {verdicts.Sum(v => v.Exports.Length)} export names are those of ts.transpileModule's output"));
    }

    private sealed record Verdict(string Path, string? Error, string[] Exports, string[] Expected, string? ReferenceError);
}
