using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Support;
using Kiln.Tooling;

namespace Kiln.Documentation.Types;

/// <summary>What is printed is TypeScript, and deno reads the same type from it.</summary>
public sealed class PrintedTypesTests
{
    private sealed class NoLinks : ITypeLinks
    {
        public string? Reference(DocTypeReference type) => null;

        public string? Name(string name) => null;

        public string? Import(string specifier, string? qualifier) => null;

        public string? TypeParameter(string name) => null;
    }

    /// <summary>Printing cannot give back what the model does not have: names of tuple members, <c>abstract</c> of constructor types, type arguments of <c>typeof</c>.</summary>
    [Fact]
    public async Task Deno_reads_the_same_types_from_what_is_printed()
    {
        using var folder = new TemporaryFolder();
        var aliases = Aliases(Garden.Docs().Modules).Concat(await AliasesAsync(folder, EffectModules())).Where(a => !HasUnprintable(a)).ToList();
        Assert.InRange(aliases.Count, 1500, 20_000);
        var text = new StringBuilder();
        for (var i = 0; i < aliases.Count; i++)
        {
            text.Append("export ").Append(new TypePrinter(new NoLinks()).Declaration($"Printed{i}", aliases[i]).Layout.ToPlainText()).Append(";\n");
        }

        var file = Path.Combine(folder.FullPath, "printed.ts");
        await File.WriteAllTextAsync(file, text.ToString(), TestContext.Current.CancellationToken);
        var printed = (await AliasesAsync(folder, [file])).ToList();
        Assert.Equal(aliases.Count, printed.Count);
        var different = Enumerable.Range(0, aliases.Count).Where(i => Shape(aliases[i]) != Shape(printed[i])).Select(i => new TypePrinter(new NoLinks()).Declaration($"Printed{i}", aliases[i]).Layout.ToPlainText());
        Assert.True(!different.Any(), string.Join("\n", different.Take(40)));
    }

    private static IEnumerable<string> EffectModules() =>
        ((string[])["Effect", "Array", "Schema", "Layer", "Stream", "Types", "Match", "Option"]).Select(m => Path.Combine(ToolPaths.PackageModules, "effect", "src", m + ".ts"));

    private static async Task<IEnumerable<DocTypeAlias>> AliasesAsync(TemporaryFolder folder, IEnumerable<string> files)
    {
        var result = await Child.RunAsync(ToolPaths.Deno, ["doc", "--json", .. files], folder.FullPath, new Dictionary<string, string?> { ["DENO_DIR"] = Path.Combine(folder.FullPath, "deno"), ["NO_COLOR"] = "1" });
        Assert.Equal(0, result.ExitCode);
        return Aliases(DocJson.Read(Encoding.UTF8.GetBytes(result.Output)));
    }

    private static IEnumerable<DocTypeAlias> Aliases(DocSet docs) =>
        docs.Modules.SelectMany(m => m.Symbols).SelectMany(Flatten).SelectMany(s => s.Declarations).SelectMany(d => AsAliases(d.Definition));

    /// <summary>Signatures and members as types, so that they can be written into a file one after another.</summary>
    private static IEnumerable<DocTypeAlias> AsAliases(DocDefinition definition)
    {
        switch (definition)
        {
            case DocTypeAlias alias:
                yield return alias;
                break;
            case DocFunction { ReturnType: { } type } function when function.Parameters.All(p => p is not DocAssignParameter):
                yield return new DocTypeAlias { Type = new DocFunctionType { Parameters = function.Parameters, ReturnType = type, TypeParameters = function.TypeParameters } };
                break;
            case DocVariable { Type: { } type }:
                yield return new DocTypeAlias { Type = type };
                break;
            case DocInterface { Members: var members, TypeParameters: var parameters }:
                yield return new DocTypeAlias { Type = new DocTypeLiteral { Members = members }, TypeParameters = parameters };
                break;
            default:
                break;
        }
    }

    private static IEnumerable<DocSymbol> Flatten(DocSymbol symbol) =>
        symbol.Declarations.Select(d => d.Definition).OfType<DocNamespace>().SelectMany(n => n.Elements).SelectMany(Flatten).Prepend(symbol);

    /// <summary>The JSON without what depends on the place: resolutions, locations, shallow texts, comments.</summary>
    private static string Shape(DocTypeAlias alias)
    {
        var symbol = new DocSymbol { Name = "T", Declarations = [new DocDeclaration { Definition = alias, Location = default, Visibility = DocVisibility.Export }] };
        var output = new ArrayBufferWriter<byte>();
        DocJson.Write(output, new DocSet { Modules = [new DocModule { Specifier = "file:///m.ts", Symbols = [symbol] }] }, indented: false);
        var json = JsonNode.Parse(output.WrittenSpan)!;
        Strip(json);
        return json.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in (string[])["repr", "resolution", "location", "jsDoc"])
                {
                    members.Remove(name);
                }

                foreach (var (_, value) in members)
                {
                    Strip(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Strip(item);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Kept as text that is none (a computed name that was no identifier, a pattern's default), or with more than a printed signature may have.</summary>
    private static bool HasUnprintable(DocTypeAlias alias)
    {
        var printed = new TypePrinter(new NoLinks()).Declaration("T", alias).Layout.ToPlainText();
        return printed.Contains('…', StringComparison.Ordinal) || printed.Contains("[UNSUPPORTED]", StringComparison.Ordinal);
    }
}
