using System.Text;
using System.Text.RegularExpressions;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Graph;
using Kiln.Conformance.FastCheck;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Tooling;

namespace Kiln.Conformance.Docs;

/// <summary>The modules of a published package on disk, for deno, and as a graph. What they import of other packages is out of sight for both.</summary>
internal sealed partial class PreparedModules : IModuleSource, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    /// <summary>Paths with a leading slash, in the order of the exports.</summary>
    public required List<string> Roots { get; init; }

    public required ModuleGraph Graph { get; set; }

    public static async Task<PreparedModules> CreateAsync(string name)
    {
        var package = await FastCheckPackage.PrepareAsync(name);
        var prepared = new PreparedModules { Roots = [.. package.Exports.Values.Select(target => target[1..])], Graph = null! };
        foreach (var (path, content) in package.Files)
        {
            // Deno would have to load packages to say which file of them is meant; one that it has by itself does as well.
            var local = path.EndsWith(".json", StringComparison.Ordinal) ? content : Encoding.UTF8.GetBytes(NpmSpecifier().Replace(Encoding.UTF8.GetString(content), "$1node:fs$1"));
            prepared.files.Add(path, local);
            Directory.CreateDirectory(Path.GetDirectoryName(prepared.folder[path[1..]])!);
            await File.WriteAllBytesAsync(prepared.folder[path[1..]], local, TestContext.Current.CancellationToken);
        }

        prepared.Graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = [.. prepared.Roots.Select(root => KeyValuePair.Create(root, root))],
                Source = prepared,
                Requirements = new GraphRequirements(PackageReference.Parse("@unnamed/unnamed"), PackageVersion.Parse("0.0.0")),
                AllErrors = true,
                OnlyLoads = true,
            },
            TestContext.Current.CancellationToken);
        return prepared;
    }

    public DocRequest Request => new() { Graph = Graph, Roots = Roots, Specifier = path => path, MaxParallelism = 2 };

    /// <summary>The absolute path of a module, as deno shows it, becomes that of the graph.</summary>
    public string PathOf(string shown) => shown[folder[""].TrimEnd('/').Length..];

    public Task<ChildResult> AskDenoAsync(params string[] arguments) =>
        Child.RunAsync(ToolPaths.Deno, ["doc", .. arguments, .. Roots.Select(root => root[1..])], folder[""], new Dictionary<string, string?> { ["NO_COLOR"] = "1", ["DENO_NO_UPDATE_CHECK"] = "1", ["DENO_DIR"] = folder["deno"] }, seconds: 120);

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        var isFound = files.TryGetValue(path, out var content);
        bytes = content;
        return isFound;
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("""(["'])npm:[^"'\n]*\1""", RegexOptions.None, 10_000)]
    private static partial Regex NpmSpecifier();
}
