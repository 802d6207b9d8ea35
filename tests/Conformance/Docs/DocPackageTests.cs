using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Graph;
using Kiln.Conformance.FastCheck;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Tooling;

namespace Kiln.Conformance.Docs;

/// <summary>
/// Kiln documents published packages as deno does: the same bytes for all that their entry points offer. What differs stands in <c>package-differences.txt</c>.
/// </summary>
public sealed partial class DocPackageTests
{
    /// <summary>More say nothing new: one missing name shifts all that follow.</summary>
    private const int MaxDifferences = 500;

    [Fact]
    public async Task Documents_what_deno_documents()
    {
        var found = new List<KeyValuePair<string, string>>();
        var (equal, bytes) = (0, 0L);
        foreach (var name in FastCheckPackage.Names)
        {
            using var folder = new TemporaryFolder();
            var package = await FastCheckPackage.PrepareAsync(name);
            var files = new ModuleFiles(package.Files.ToDictionary(f => f.Key, f => Local(f.Key, f.Value), StringComparer.Ordinal));
            foreach (var (path, content) in files.All)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder[path[1..]])!);
                await File.WriteAllBytesAsync(folder[path[1..]], content, TestContext.Current.CancellationToken);
            }

            List<string> roots = [.. package.Exports.Values.Select(target => target[1..])];
            var run = await Child.RunAsync(ToolPaths.Deno, ["doc", "--json", .. roots.Select(root => root[1..])], folder[""], new Dictionary<string, string?> { ["NO_COLOR"] = "1", ["DENO_NO_UPDATE_CHECK"] = "1", ["DENO_DIR"] = folder["deno"] }, seconds: 120);
            var expected = run.MustSucceed().Output;
            var actual = Document(files, roots, folder[""]);
            if (expected == actual)
            {
                equal++;
                bytes += expected.Length;
                continue;
            }

            using var left = JsonDocument.Parse(expected);
            using var right = JsonDocument.Parse(actual);
            var differences = new Dictionary<string, string>(StringComparer.Ordinal);
            Compare(left.RootElement, right.RootElement, name, differences);
            found.AddRange(differences.Select(d => KeyValuePair.Create(d.Key.Replace("file://" + folder[""].TrimEnd('/'), "", StringComparison.Ordinal), d.Value)));
            Assert.NotEmpty(differences);
        }

        KnownDifferences.Load("Docs/package-differences.txt").MustList(found);
        Summary.Record("documentation of published packages", string.Create(CultureInfo.InvariantCulture,
            $"{FastCheckPackage.Names.Count} packages: of {equal} `kiln doc --json` gives the bytes that `deno doc --json` gives, {bytes / 1_000_000} MB; the differences in the others stand in package-differences.txt"));
    }

    /// <summary>Deno would have to load packages to say which file of them is meant; one that it has by itself does as well.</summary>
    private static byte[] Local(string path, byte[] content) =>
        path.EndsWith(".json", StringComparison.Ordinal) ? content : Encoding.UTF8.GetBytes(NpmSpecifier().Replace(Encoding.UTF8.GetString(content), "$1node:fs$1"));

    private static string Document(ModuleFiles files, List<string> roots, string folder)
    {
        var graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = [.. roots.Select(root => KeyValuePair.Create(root, root))],
                Source = files,
                Requirements = new GraphRequirements(PackageReference.Parse("@unnamed/unnamed"), PackageVersion.Parse("0.0.0")),
                AllErrors = true,
                OnlyLoads = true,
            },
            TestContext.Current.CancellationToken);
        var docs = DocBuilder.Build(new DocRequest { Graph = graph, Roots = roots, Specifier = path => "file://" + folder.TrimEnd('/') + path, MaxParallelism = 2 }, TestContext.Current.CancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        DocJson.Write(buffer, docs, indented: true);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Compare(JsonElement left, JsonElement right, string path, Dictionary<string, string> differences)
    {
        if (differences.Count == MaxDifferences)
        {
            return;
        }

        if (left.ValueKind != right.ValueKind)
        {
            differences.TryAdd(path, $"deno says {Short(left)}, Kiln {Short(right)}");
        }
        else if (left.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in left.EnumerateObject())
            {
                if (right.TryGetProperty(member.Name, out var other))
                {
                    Compare(member.Value, other, $"{path} {member.Name}", differences);
                }
                else
                {
                    differences.TryAdd($"{path} {member.Name}", $"only deno has it: {Short(member.Value)}");
                }
            }

            foreach (var member in right.EnumerateObject().Where(m => !left.TryGetProperty(m.Name, out _)))
            {
                differences.TryAdd($"{path} {member.Name}", $"only Kiln has it: {Short(member.Value)}");
            }
        }
        else if (left.ValueKind == JsonValueKind.Array)
        {
            CompareLists(left, right, path, differences);
        }
        else if (left.GetRawText() != right.GetRawText())
        {
            differences.TryAdd(path, $"deno says {Short(left)}, Kiln {Short(right)}");
        }
    }

    /// <summary>Symbols by their names, so that one that is missing does not move the others.</summary>
    private static void CompareLists(JsonElement left, JsonElement right, string path, Dictionary<string, string> differences)
    {
        var areNamed = left.GetArrayLength() > 0 && left[0].ValueKind == JsonValueKind.Object && left[0].TryGetProperty("declarations", out _);
        if (areNamed)
        {
            var ours = right.EnumerateArray().ToLookup(s => s.GetProperty("name").GetString()!, StringComparer.Ordinal);
            var theirs = left.EnumerateArray().ToLookup(s => s.GetProperty("name").GetString()!, StringComparer.Ordinal);
            foreach (var symbol in theirs)
            {
                Compare(symbol.First(), ours[symbol.Key].FirstOrDefault(), $"{path}[{symbol.Key}]", differences);
            }

            foreach (var symbol in ours.Where(s => !theirs.Contains(s.Key)))
            {
                differences.TryAdd($"{path}[{symbol.Key}]", "only Kiln has it");
            }

            return;
        }

        if (left.GetArrayLength() != right.GetArrayLength())
        {
            differences.TryAdd(path, $"deno has {left.GetArrayLength()}, Kiln {right.GetArrayLength()}");
            return;
        }

        for (var i = 0; i < left.GetArrayLength(); i++)
        {
            Compare(left[i], right[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), differences);
        }
    }

    private static string Short(JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? "nothing" : json.GetRawText() is { Length: > 100 } text ? text[..100] + "…" : json.GetRawText();

    [GeneratedRegex("""(["'])npm:[^"'\n]*\1""", RegexOptions.None, 10_000)]
    private static partial Regex NpmSpecifier();

    private sealed class ModuleFiles(Dictionary<string, byte[]> files) : IModuleSource
    {
        public IReadOnlyDictionary<string, byte[]> All => files;

        public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
        {
            var isFound = files.TryGetValue(path, out var content);
            bytes = content;
            return isFound;
        }
    }
}
