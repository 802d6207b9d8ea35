using System.Buffers;
using System.Text;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Tests.Graph;
using Kiln.Tooling;

namespace Kiln.Analysis.Tests.Docs;

/// <summary>Modules in a case file and what deno documents of them; <c>tests/tools/doc-cases.mjs</c> tells the format.</summary>
/// <param name="Difference">Why Kiln answers otherwise; null when it does not.</param>
/// <param name="Deno">Its answer, without line breaks.</param>
/// <param name="Kiln">The answer that is meant where it is another; else null.</param>
internal sealed record DocCase(string Area, string Name, IReadOnlyList<string> Roots, bool IncludesPrivate, string? Difference, IReadOnlyList<KeyValuePair<string, string>> Files, string Deno, string? Kiln)
{
    private const string Option = "@@ ";

    public static string Folder { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Docs");

    public string Expected => Kiln ?? Deno;

    public static IReadOnlyList<DocCase> All() =>
        [.. Directory.GetFiles(Path.Combine(Folder, "Cases"), "*.txt").Order(StringComparer.Ordinal).SelectMany(path => Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];

    public string Document() => Write(Build(Files, Roots, IncludesPrivate, path => "file://" + path));

    public static DocSet Build(IEnumerable<KeyValuePair<string, string>> files, IReadOnlyList<string> roots, bool includesPrivate, Func<string, string> specifier, int maxParallelism = 1)
    {
        var package = new TestPackage();
        foreach (var (path, text) in files)
        {
            package.File("/" + path, text);
        }

        var graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = [.. roots.Select(root => KeyValuePair.Create(root, "/" + root))],
                Source = package,
                Requirements = package,
                AllErrors = true,
                OnlyLoads = true,
                MaxModules = int.MaxValue,
                MaxParallelism = maxParallelism,
            },
            TestContext.Current.CancellationToken);
        return DocBuilder.Build(
            new DocRequest { Graph = graph, Roots = [.. roots.Select(root => "/" + root)], IncludesPrivate = includesPrivate, Specifier = specifier, MaxParallelism = maxParallelism },
            TestContext.Current.CancellationToken);
    }

    public static string Write(DocSet docs, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        DocJson.Write(buffer, docs, indented);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static IEnumerable<DocCase> Read(string area, string text)
    {
        foreach (var section in ("\n" + text).Split("\n=== ").Skip(1))
        {
            var parts = section.Split("\n+++ ");
            var lines = parts[0].Split('\n');
            var options = lines.Where(l => l.StartsWith(Option, StringComparison.Ordinal)).Select(l => l[Option.Length..]).ToList();
            var pieces = ("\n" + string.Join('\n', lines.Skip(1).Where(l => !l.StartsWith(Option, StringComparison.Ordinal)))).Split("\n--- ");
            var files = pieces.Skip(1).Select(p => KeyValuePair.Create(p[..p.IndexOf('\n', StringComparison.Ordinal)].Trim(), Ended(p[(p.IndexOf('\n', StringComparison.Ordinal) + 1)..]))).ToList();
            if (pieces[0].Trim().Length > 0)
            {
                files.Insert(0, new("mod.ts", Ended(pieces[0][1..])));
            }

            yield return new DocCase(
                area,
                lines[0].Trim(),
                options.Find(o => o.StartsWith("roots ", StringComparison.Ordinal))?["roots ".Length..].Split(' ') ?? ["mod.ts"],
                options.Contains("private"),
                options.Find(o => o.StartsWith("difference ", StringComparison.Ordinal))?["difference ".Length..],
                files,
                Answer(parts, "json\n") ?? throw new InvalidDataException($"{area}: {lines[0]} has no answer"),
                Answer(parts, "kiln\n"));
        }
    }

    private static string? Answer(string[] parts, string kind) =>
        Array.Find(parts, p => p.StartsWith(kind, StringComparison.Ordinal))?[kind.Length..].Replace("\n", "", StringComparison.Ordinal);

    private static string Ended(string text) => text.TrimEnd('\n') + "\n";
}
