using System.Text.Json;
using Kiln.Packages.Tests.Support;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>
/// A folder as text, and what <c>deno publish</c> makes of it: see <c>tests/tools/folder-cases.mjs</c>, which writes the expectations.
/// <c>differences.json</c> says where Kiln differs on purpose, and why.
/// </summary>
internal sealed record FolderCase(string Id, string Folder, bool AllowSlowTypes, MemoryTree Tree, IReadOnlyDictionary<string, string> Sources, JsonElement Deno, JsonElement Difference)
{
    private static readonly string Cases = Path.Combine(ToolPaths.Root, "tests", "Kiln.Packages.Tests", "Publishing", "Cases");

    public static IReadOnlyDictionary<string, FolderCase> All { get; } = Read().ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>Names in <c>differences.json</c>.</summary>
    public static IReadOnlyList<string> DifferenceIds { get; } = [.. Differences().EnumerateObject().Select(p => p.Name)];

    public IEnumerable<string> Strings(string side, string name) => Of(side == "deno" ? Deno : Difference, name)?.EnumerateArray().Select(e => e.GetString()!) ?? [];

    public string? Failure => Of(Deno, "failure")?.GetString();

    /// <summary>The text that is expected of an uploaded file; null when it is that of the source.</summary>
    public IEnumerable<(string Package, string Path, string? Text)> Uploads()
    {
        if (Of(Deno, "uploads") is not { } uploads)
        {
            yield break;
        }

        foreach (var package in uploads.EnumerateObject())
        {
            foreach (var file in package.Value.EnumerateObject())
            {
                var ours = Of(Difference, "files") is { } files && files.TryGetProperty(file.Name, out var text) ? text.GetString() : null;
                yield return (package.Name, file.Name, ours ?? (file.Value.ValueKind == JsonValueKind.String ? file.Value.GetString() : null));
            }
        }
    }

    private static JsonElement? Of(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : null;

    private static JsonElement Differences() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Cases, "differences.json"))).RootElement;

    private static IEnumerable<FolderCase> Read()
    {
        var differences = Differences();
        foreach (var file in Directory.EnumerateFiles(Cases, "*.txt").Order(StringComparer.Ordinal))
        {
            var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".expected.json"))).RootElement;
            foreach (var part in ("\n" + File.ReadAllText(file)).Split("\n=== ").Skip(1))
            {
                yield return Read(Path.GetFileNameWithoutExtension(file), part + "\n", expected, differences);
            }
        }
    }

    private static FolderCase Read(string file, string part, JsonElement expected, JsonElement differences)
    {
        var pieces = ("\n" + part).Split("\n--- ");
        var head = pieces[0].Trim().Split('\n');
        var tree = new MemoryTree();
        tree.AddFolder("/.git");
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < pieces.Length; i++)
        {
            var end = pieces[i].IndexOf('\n', StringComparison.Ordinal);

            // Split took the line break in front of the next mark.
            var text = pieces[i][(end < 0 ? pieces[i].Length : end + 1)..];
            text = i < pieces.Length - 1 && end >= 0 ? text + "\n" : text;
            var path = "/" + (end < 0 ? pieces[i] : pieces[i][..end]).Trim();
            sources[path] = text;
            tree.Add(path, text);
        }

        var folder = "/";
        var slow = false;
        foreach (var option in head.Skip(1))
        {
            var value = option[(option.IndexOf(':', StringComparison.Ordinal) + 2)..];
            switch (option)
            {
                case var o when o.StartsWith("> folder:", StringComparison.Ordinal):
                    folder = "/" + value;
                    break;
                case "> args: --allow-slow-types":
                    slow = true;
                    break;
                case var o when o.StartsWith("> link:", StringComparison.Ordinal):
                    tree.AddLink("/" + value.Split(" -> ")[0], value.Split(" -> ")[1]);
                    break;
                default:
                    throw new InvalidDataException(option);
            }
        }

        var id = $"{file}: {head[0].Trim()}";
        return new FolderCase(id, folder, slow, tree, sources, expected.GetProperty(head[0].Trim()), differences.TryGetProperty(id, out var difference) ? difference : default);
    }
}
