using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>
/// The JavaScript that Kiln emits from a package's sources does what the package's own published build does: the same exported names, and the
/// same results of the calls in tests/tools/behaviour.
/// </summary>
public sealed class BehaviourTests
{
    public static TheoryData<string> Packages { get; } = [.. RealPackage.RunnableNames];

    [Fact]
    public void Covers_at_least_five_packages() => Assert.InRange(RealPackage.RunnableNames.Count, 5, int.MaxValue);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Behaves_as_the_published_build(string name)
    {
        var package = await RealPackage.PrepareAsync(name);
        using var folder = new TemporaryFolder();
        var root = Emit(package, folder);

        var published = RunAsync(package, package.Entries.ToDictionary(e => e.Key, e => e.Value.Published));
        var emitted = RunAsync(package, package.Entries.ToDictionary(e => e.Key, e => Path.Combine(root, Path.ChangeExtension(e.Value.Source, ".js").TrimStart('/'))));
        var (theirs, ours) = (await published, await emitted);

        foreach (var entry in package.Entries.Keys)
        {
            Assert.Equal(Strings(theirs.GetProperty("names").GetProperty(entry)), Strings(ours.GetProperty("names").GetProperty(entry)));
        }

        var calls = theirs.GetProperty("results").EnumerateObject().ToList();
        var differences = new StringBuilder();
        foreach (var call in calls)
        {
            var mine = ours.GetProperty("results").TryGetProperty(call.Name, out var result) ? result.GetRawText() : "no result";
            if (call.Value.GetRawText() != mine)
            {
                differences.AppendLine(CultureInfo.InvariantCulture, $"{call.Name}\n  published: {Short(call.Value.GetRawText())}\n  emitted:   {Short(mine)}");
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
        Assert.DoesNotContain(calls, c => c.Value.ValueKind == JsonValueKind.String && c.Value.GetString() == "never finished");
        Assert.InRange(calls.Count, 10, int.MaxValue);
        Summary.Record($"behaviour of {name}", string.Create(CultureInfo.InvariantCulture, $"{package.Entries.Count} entry points with the same exported names; {calls.Count} calls with the same results as the published build in Node"));
    }

    /// <summary>Writes every module that the entries reach as JavaScript, and makes its dependencies findable.</summary>
    private static string Emit(RealPackage package, TemporaryFolder folder)
    {
        var root = folder["emitted/out"];
        var graph = ModuleGraph.Build(package.ToGraphInput(), CancellationToken.None);
        foreach (var module in graph.Modules)
        {
            var target = Path.Combine(root, module.Path.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (module.SourceFile is not { Language: not Language.Declaration } file)
            {
                File.WriteAllBytes(target, package.Files[module.Path]);
                continue;
            }

            var result = JavaScriptEmitter.Emit(file, new EmitOptions
            {
                RewriteSpecifier = (specifier, _) => Rewrite(specifier),
                IsTypeOnlyExport = (specifier, name) => graph.IsTypeOnlyExport(module.Path, specifier, name),
                SourceMap = true,
                OutputFileName = Path.GetFileNameWithoutExtension(target) + ".js",
                SourcePath = "./" + Path.GetFileName(target),
            });
            Assert.Empty(result.Diagnostics);
            File.WriteAllText(Path.ChangeExtension(target, ".js"), result.Code);
        }

        File.WriteAllText(Path.Combine(root, "package.json"), """{ "type": "module" }""");
        // The package's own nested dependencies first, then what is shared, as Node looks for them.
        var own = Path.Combine(ToolPaths.PackageModules, package.Name, "node_modules");
        if (Directory.Exists(own))
        {
            Directory.CreateSymbolicLink(Path.Combine(root, "node_modules"), own);
        }

        Directory.CreateSymbolicLink(folder["emitted/node_modules"], ToolPaths.PackageModules);
        return root;
    }

    /// <summary>What npm's tarball would say: compiled files end in <c>.js</c>, npm names stand alone.</summary>
    private static string? Rewrite(string specifier)
    {
        if (specifier.StartsWith("npm:", StringComparison.Ordinal))
        {
            var rest = specifier["npm:".Length..];
            var at = rest.IndexOf('@', 1);
            var slash = rest.IndexOf('/', at);
            return rest[..at] + (slash < 0 ? "" : rest[slash..]);
        }

        return specifier.StartsWith('.') && !specifier.EndsWith(".json", StringComparison.Ordinal) ? Path.ChangeExtension(specifier, ".js") : null;
    }

    private static async Task<JsonElement> RunAsync(RealPackage package, Dictionary<string, string> entries)
    {
        var calls = Path.Combine(ToolPaths.Scripts, "behaviour", package.Id + ".mjs");
        var run = await Child.RunAsync(
            ToolPaths.Node,
            ["--experimental-import-meta-resolve", "--no-warnings", Path.Combine(ToolPaths.Scripts, "run-behaviour.mjs"), calls, Path.GetDirectoryName(ToolPaths.PackageModules)!, JsonSerializer.Serialize(entries)]);
        return JsonSerializer.Deserialize<JsonElement>(run.MustSucceed().Output);
    }

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString());

    private static string Short(string text) => text.Length > 400 ? text[..400] + "…" : text;
}
