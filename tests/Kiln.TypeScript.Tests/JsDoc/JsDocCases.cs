using System.Text.Json.Nodes;
using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.JsDoc;

/// <summary>The cases of <c>Cases</c>. What is expected was printed by deno 2.9.6, through <c>tests/tools/jsdoc-cases.mjs</c>.</summary>
internal static class JsDocCases
{
    /// <summary>Comments, each with its record: null for none, "ignored" when the declaration is to be left out.</summary>
    public static IEnumerable<(string Comment, JsonNode? Expected)> Comments
    {
        get
        {
            foreach (var line in Read("Comments.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var node = JsonNode.Parse(line)!;
                yield return (node["comment"]!.GetValue<string>(), node["expected"]);
            }
        }
    }

    /// <summary>Files, each with the text of its module comment and of the comment of each name.</summary>
    public static IEnumerable<(string Name, string Source, JsonNode Expected)> Files
    {
        get
        {
            foreach (var part in ("\n" + Read("Attachment.txt")).Split("\n=== ").Skip(1))
            {
                var nameEnd = part.IndexOf('\n', StringComparison.Ordinal);
                var sides = part[(nameEnd + 1)..].Split("--- expected\n");
                yield return (part[..nameEnd], sides[0], JsonNode.Parse(sides[1])!);
            }
        }
    }

    /// <summary>The comment of a file that has one.</summary>
    public static JsDocComment Parse(string comment)
    {
        var file = Sources.Parse(comment);
        return JsDocParser.Parse(file, Assert.Single(file.Comments));
    }

    private static string Read(string name)
    {
        var assembly = typeof(JsDocCases).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith(".JsDoc.Cases." + name, StringComparison.Ordinal)))!);
        return reader.ReadToEnd();
    }
}
