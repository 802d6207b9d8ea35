using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiln.Analysis.Graph;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Packages.Publishing;
using Kiln.Tooling;

namespace Kiln.Conformance.FastCheck;

/// <summary>A published package from tests/tools/fast-check/packages.json, made ready as its author would publish it, and what deno said about its types.</summary>
internal sealed class FastCheckPackage : IModuleSource
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<string, byte[]> files;

    private FastCheckPackage(Description description, Dictionary<string, byte[]> files)
    {
        Name = description.Name;
        Exports = description.Exports;
        this.files = files;
    }

    public string Name { get; }

    /// <summary>Export key and source file, <c>./mod.ts</c>.</summary>
    public IReadOnlyDictionary<string, string> Exports { get; }

    /// <summary>Source files by absolute path.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => files;

    public static IReadOnlyList<string> Names { get; } = [.. Describe().Select(d => d.Name)];

    /// <summary>The lines that <c>record.mjs</c> wrote: the verdict, then one line a problem.</summary>
    public static string[] AnswerOfDeno(string name) => File.ReadAllLines(Path.Combine(ToolPaths.Root, "tests", "Conformance", "FastCheck", "Packages", name + ".txt"));

    public static async Task<FastCheckPackage> PrepareAsync(string name)
    {
        var description = Describe().Single(d => d.Name == name);
        using var folder = new TemporaryFolder();
        _ = ToolPaths.Corpora;
        (await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "prepare-package.mjs"), ToolPaths.ClientModules, Path.Combine(ToolPaths.Tools, description.From), description.Source, folder["out"]])).MustSucceed();
        return new FastCheckPackage(description, Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories)
            .ToDictionary(f => "/" + Path.GetRelativePath(folder["out"], f), File.ReadAllBytes, StringComparer.Ordinal));
    }

    public ModuleGraph BuildGraph() => ModuleGraph.Build(
        new ModuleGraphInput
        {
            Exports = [.. Exports],
            Source = this,
            Requirements = new GraphRequirements(Parse<PackageReference>(PackageReference.TryParse, "@real/package"), Parse<PackageVersion>(PackageVersion.TryParse, "1.0.0")),
        },
        TestContext.Current.CancellationToken);

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        var found = files.TryGetValue(path, out var content);
        bytes = content;
        return found;
    }

    private delegate bool TryParse<T>(string? text, [NotNullWhen(true)] out T? value)
        where T : class;

    private static T Parse<T>(TryParse<T> tryParse, string text)
        where T : class => tryParse(text, out var value) ? value : throw new FormatException(text);

    private static Description[] Describe() =>
        JsonSerializer.Deserialize<Description[]>(File.ReadAllText(Path.Combine(ToolPaths.Scripts, "fast-check", "packages.json")), Camel)!;

    private sealed record Description(string Name, string From, string Source, Dictionary<string, string> Exports);
}
