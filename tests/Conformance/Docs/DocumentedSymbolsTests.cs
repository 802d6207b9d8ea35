using System.Globalization;
using System.Text.Json;
using Kiln.Analysis.Docs;
using Kiln.Conformance.FastCheck;
using Kiln.Packages.Scoring;
using Kiln.Tooling;

namespace Kiln.Conformance.Docs;

/// <summary>The share of documented symbols in published packages, counted again by a script of its own from deno's documentation.</summary>
public sealed class DocumentedSymbolsTests
{
    [Fact]
    public async Task Counts_what_the_script_counts()
    {
        var lines = new List<string>();
        foreach (var name in FastCheckPackage.Names)
        {
            using var modules = await PreparedModules.CreateAsync(name);
            var deno = (await modules.AskDenoAsync("--json")).MustSucceed().Output;
            var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "documented-symbols.mjs")], input: deno);
            using var counted = JsonDocument.Parse(run.MustSucceed().Output);
            var inputs = ScoreReader.Read(new ScoreRequest
            {
                Documentation = DocBuilder.Build(modules.Request, TestContext.Current.CancellationToken),
                EntryPoints = [.. modules.Roots.Select(root => new ScoreEntryPoint(root, root))],
                PathOf = path => path,
                SlowTypes = 0,
            });
            Assert.Equal((name, counted.RootElement.GetProperty("documented").GetInt32(), counted.RootElement.GetProperty("total").GetInt32()), (name, inputs.DocumentedSymbols, inputs.Symbols));
            Assert.Equal(
                counted.RootElement.GetProperty("missing").EnumerateArray().Select(m => m.GetString()!),
                inputs.UndocumentedSymbols.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Text} {p.Line}")));
            lines.Add($"{name} {inputs.DocumentedSymbols}/{inputs.Symbols}");
        }

        Assert.True(lines.Count >= 15);
        Summary.Record("documented symbols of published packages", string.Join(", ", lines));
    }
}
