using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs.Json;

namespace Kiln.Analysis.Tests.Docs;

/// <summary>The examples of docs.md §9: sources in <c>Examples/ex</c>, in <c>Examples/out</c> byte for byte what deno printed for them.</summary>
public sealed class DocExampleTests
{
    private const string Root = "file:///docs-examples/";

    public static TheoryData<string> Examples()
    {
        var data = new TheoryData<string>();
        foreach (var path in Directory.GetFiles(Path.Combine(DocCase.Folder, "Examples", "out"), "*.json").Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileNameWithoutExtension(path));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Equals_what_deno_printed(string name)
    {
        var expected = File.ReadAllText(Path.Combine(DocCase.Folder, "Examples", "out", name + ".json"));
        using var document = JsonDocument.Parse(expected);
        var roots = document.RootElement.GetProperty("nodes").EnumerateObject().Select(p => p.Name[Root.Length..]).ToList();
        var folder = Path.Combine(DocCase.Folder, "Examples", "ex");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => KeyValuePair.Create(Path.GetRelativePath(folder, path), File.ReadAllText(path)));
        var docs = DocCase.Build(files, roots, name.EndsWith("_flag.ts", StringComparison.Ordinal), path => Root + path[1..]);
        Assert.Equal(expected, DocCase.Write(docs, indented: true));
        Assert.Equal(expected, DocCase.Write(DocJson.Read(Encoding.UTF8.GetBytes(expected)), indented: true));
    }
}
