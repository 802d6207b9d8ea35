using System.Text.RegularExpressions;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Tests.Graph;
using Kiln.Tooling;

namespace Kiln.Analysis.Tests.FastCheck;

/// <summary>A package in a case file and what deno and typescript say about it; README.md tells the format.</summary>
internal sealed partial record FastCheckCase(
    string Area, string Name, IReadOnlyList<string> Exports, IReadOnlyList<KeyValuePair<string, string>> Modules, IReadOnlyList<KeyValuePair<string, string>> Options,
    IReadOnlyList<string> Diagnostics, IReadOnlyDictionary<string, string> Declarations)
{
    public static string Folder { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "FastCheck");

    /// <summary>Kiln writes these declarations in other words; that they mean the same is for typescript to judge (tests/Conformance).</summary>
    public bool HasOtherForm => Options.Any(o => o.Key == "form");

    /// <summary>Deno is needlessly strict here: it finds problems, Kiln must not.</summary>
    public bool IsAccepted => Options.Any(o => o.Key == "accepted");

    /// <summary>Its sources have errors that a type checker finds.</summary>
    public bool IsUnchecked => Options.Any(o => o.Key == "no-check");

    public static IReadOnlyList<FastCheckCase> All() =>
        [.. Directory.GetFiles(Path.Combine(Folder, "Cases"), "*.txt").Order(StringComparer.Ordinal).SelectMany(path => Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];

    private static IEnumerable<FastCheckCase> Read(string area, string text)
    {
        foreach (var section in ("\n" + text).Split("\n=== ").Skip(1))
        {
            var parts = section.Split("\n+++ ");
            var nameEnd = parts[0].IndexOf('\n', StringComparison.Ordinal);
            var options = OptionLine().Matches(parts[0]).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value.Trim())).ToList();
            var pieces = ("\n" + OptionLine().Replace(parts[0][(nameEnd + 1)..], "")).Split("\n--- ");
            var modules = pieces.Skip(1).Select(Named).ToList();
            if (pieces[0].Trim().Length > 0)
            {
                modules.Insert(0, new("mod.ts", pieces[0][1..].TrimEnd('\n') + "\n"));
            }

            var expected = parts.Skip(1).Select(Named).ToList();
            yield return new FastCheckCase(
                area,
                parts[0][..nameEnd].Trim(),
                options.Where(o => o.Key == "exports").Select(o => o.Value.Split(' ')).FirstOrDefault() ?? ["./mod.ts"],
                modules,
                options,
                expected.Where(e => e.Key == "diagnostics").SelectMany(e => e.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList(),
                expected.Where(e => e.Key != "diagnostics").ToDictionary(StringComparer.Ordinal));
        }
    }

    private static KeyValuePair<string, string> Named(string piece)
    {
        var end = piece.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? new(piece.Trim(), "") : new(piece[..end].Trim(), piece[(end + 1)..].TrimEnd('\n') + "\n");
    }

    /// <summary>The graph of the package; what a registry would not publish has one too.</summary>
    public ModuleGraph BuildGraph()
    {
        var package = new TestPackage();
        foreach (var (path, text) in Modules)
        {
            package.File("/" + path, text);
        }

        for (var i = 0; i < Exports.Count; i++)
        {
            package.Export(i == 0 ? "." : "./export" + i, Exports[i][1..]);
        }

        return package.Build();
    }

    [GeneratedRegex(@"^@@ (\S+) ?(.*)\n?", RegexOptions.Multiline, 1000)]
    private static partial Regex OptionLine();
}
