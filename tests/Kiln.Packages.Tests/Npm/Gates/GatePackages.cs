using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Versions;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Npm.Gates;

/// <summary>
/// The packages in the folders beside this file, each built as it would be published and unpacked into one <c>node_modules</c>, with the programs that use
/// them. A program's <c>use.ts</c> names at the end of a line the error that TypeScript must give there; every other line must be accepted.
/// </summary>
public sealed class GatePackages : IDisposable
{
    private static readonly string[] Dependencies = ["immer", "preact", "rxjs", "zod"];

    private readonly TemporaryFolder folder = new();

    public static string Source { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Packages.Tests", "Npm", "Gates");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetDirectories(Source).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public Dictionary<string, PublishArtifacts> Artifacts { get; } = [];

    public string FullPath => folder.FullPath;

    public void Dispose() => folder.Dispose();

    public async Task BuildAsync()
    {
        foreach (var name in Names.Where(name => !Artifacts.ContainsKey(name)))
        {
            var files = Directory.EnumerateFiles(Path.Combine(Source, name), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "use.ts")
                .Select(file => PackageFile.Create(PackagePath.Parse(file[Path.Combine(Source, name).Length..]), File.ReadAllBytes(file)))
                .ToList();
            var request = new PublishRequest(
                ScopeName.Parse("gates"), PackageName.Parse(name), PackageVersion.Parse("1.0.0"), PackagePath.Parse("/deno.json"), "http://h:1/", DateTimeOffset.UnixEpoch);
            var result = await PackageBuilder.BuildAsync(files, request, TestContext.Current.CancellationToken);
            Assert.True(result.IsSuccess, $"{name}: {result.Error?.Message}");
            Artifacts.Add(name, result.Artifacts);

            File.WriteAllBytes(folder[name + ".tgz"], result.Artifacts.NpmTarball);
            File.Copy(Path.Combine(Source, name, "use.ts"), folder[name + ".ts"]);
            Unpack(result.Artifacts.NpmTarball, folder[$"node_modules/@jsr/gates__{name}"]);
        }

        foreach (var name in Dependencies.Where(name => !Path.Exists(folder["node_modules/" + name])))
        {
            Directory.CreateSymbolicLink(folder["node_modules/" + name], Path.Combine(ToolPaths.PackageModules, name));
        }

        folder.Write("package.json", """{ "type": "module" }""");
    }

    /// <summary>The errors that a program says it has, as <c>"12 TS2322"</c>.</summary>
    public static IReadOnlyList<string> ExpectedErrors(string name)
    {
        const string Mark = "// TS";
        return
        [
            .. File.ReadLines(Path.Combine(Source, name, "use.ts"))
                .Select((line, i) => line.LastIndexOf(Mark, StringComparison.Ordinal) is > 0 and var at ? $"{i + 1} {line[(at + 3)..]}" : null)
                .OfType<string>(),
        ];
    }

    /// <summary>Runs a script of tests/tools with JSON in and JSON out.</summary>
    public static async Task<JsonElement> AskAsync(string script, object input)
    {
        var result = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, script)], input: JsonSerializer.Serialize(input));
        return JsonDocument.Parse(result.MustSucceed().Output).RootElement;
    }

    private static void Unpack(byte[] tarball, string target)
    {
        using var gzip = new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress);
#pragma warning disable RS0030 // The judge must not be our own reader.
        using var reader = new System.Formats.Tar.TarReader(gzip);
#pragma warning restore RS0030
        while (reader.GetNextEntry() is { } entry)
        {
            var path = Path.Combine(target, entry.Name["package/".Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: false);
        }
    }
}
