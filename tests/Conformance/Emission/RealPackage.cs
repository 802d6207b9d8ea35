using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiln.Analysis.Graph;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Tooling;

namespace Kiln.Conformance.Emission;

/// <summary>A published package from tests/tools/behaviour/packages.json whose shipped TypeScript sources are made ready as an author would publish them.</summary>
internal sealed class RealPackage
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);
    private static readonly ConcurrentDictionary<string, Lazy<Task<RealPackage>>> Prepared = new(StringComparer.Ordinal);

    private RealPackage(Description description, IReadOnlyDictionary<string, byte[]> files)
    {
        Name = description.Name;
        Files = files;
        Entries = description.Entries.ToDictionary(e => e.Key, e => (Source: "/" + e.Value[0], Published: e.Value[1]), StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>Name without what a file name must not contain.</summary>
    public string Id => Name.Replace('/', '-');

    /// <summary>All source files by absolute package path.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Entry points: the source file and the specifier of the same module in the published build.</summary>
    public IReadOnlyDictionary<string, (string Source, string Published)> Entries { get; }

    public static IReadOnlyList<string> Names { get; } = [.. Describe().Select(d => d.Name)];

    /// <summary>Names of the packages whose behaviour is compared too.</summary>
    public static IReadOnlyList<string> RunnableNames { get; } = [.. Describe().Where(d => d.EmitOnly is null).Select(d => d.Name)];

    public static Task<RealPackage> PrepareAsync(string name) => Prepared.GetOrAdd(name, n => new(() => PrepareNowAsync(n))).Value;

    public ModuleGraphInput ToGraphInput() => new()
    {
        Exports = [.. Entries.Select(e => KeyValuePair.Create(e.Key == "index" ? "." : "./" + e.Key, "." + e.Value.Source))],
        Source = new InMemory(Files),
        Requirements = new GraphRequirements(Parse<PackageReference>(PackageReference.TryParse, "@real/package"), Parse<PackageVersion>(PackageVersion.TryParse, "1.0.0")),
    };

    private delegate bool TryParse<T>(string? text, [NotNullWhen(true)] out T? value)
        where T : class;

    private static T Parse<T>(TryParse<T> tryParse, string text)
        where T : class => tryParse(text, out var value) ? value : throw new FormatException(text);

    private static Description[] Describe() =>
        JsonSerializer.Deserialize<Description[]>(File.ReadAllText(Path.Combine(ToolPaths.Scripts, "behaviour", "packages.json")), Camel)!;

    private static async Task<RealPackage> PrepareNowAsync(string name)
    {
        var description = Describe().Single(d => d.Name == name);
        using var folder = new TemporaryFolder();
        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "prepare-package.mjs"), ToolPaths.ClientModules, Path.Combine(ToolPaths.PackageModules, name), description.Source, folder["out"]]);
        using var said = JsonDocument.Parse(run.MustSucceed().Output);
        Assert.Empty(said.RootElement.GetProperty("unresolved").EnumerateArray().Select(u => u.GetString()));
        var files = Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories)
            .ToDictionary(f => "/" + Path.GetRelativePath(folder["out"], f), File.ReadAllBytes, StringComparer.Ordinal);
        return new RealPackage(description, files);
    }

    private sealed record Description(string Name, string Source, Dictionary<string, string[]> Entries, string? EmitOnly);

    private sealed class InMemory(IReadOnlyDictionary<string, byte[]> files) : IModuleSource
    {
        public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
        {
            var found = files.TryGetValue(path, out var content);
            bytes = content;
            return found;
        }
    }
}
