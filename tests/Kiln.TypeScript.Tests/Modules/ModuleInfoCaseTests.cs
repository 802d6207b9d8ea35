using System.Text.Json;
using Kiln.TypeScript.Modules;

namespace Kiln.TypeScript.Tests.Modules;

/// <summary>
/// Every file of <c>Cases</c>: sources and the record that deno 2.9.6 makes of each (taken from its own cache of module records, not from Kiln).
/// A case is <c>=== name</c>, the source, <c>--- expected</c>, one line of JSON.
/// </summary>
public sealed class ModuleInfoCaseTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var (group, name, _, _) in Read())
        {
            data.Add(group, name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Makes_the_record_that_clients_make(string group, string name)
    {
        var (_, _, source, expected) = Read().Single(c => c.Group == group && c.Name == name);
        var file = Parser.Parse(source, LanguageOf(name));
        Assert.Empty(file.Diagnostics);
        var isModuleByName = Path.GetExtension(name) is ".mjs" or ".mts" or ".cts";
        Assert.Equal(expected, Lines(ModuleInfoWriter.ToJson(ModuleInfo.Create(file, isModuleByName))));
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases().Count > 80);

    private static IEnumerable<(string Group, string Name, string Source, string Expected)> Read()
    {
        var assembly = typeof(ModuleInfoCaseTests).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(".Modules.Cases.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var part in ("\n" + reader.ReadToEnd()).Split("\n=== ").Skip(1))
            {
                var nameEnd = part.IndexOf('\n', StringComparison.Ordinal);
                var separator = part.IndexOf("\n--- expected\n", StringComparison.Ordinal);
                var json = part[(separator + "\n--- expected\n".Length)..].Trim();
                yield return (resource, part[..nameEnd], part[(nameEnd + 1)..(separator + 1)], Lines(json));
            }
        }
    }

    /// <summary>Independent of how a writer escapes, and one dependency a line for a readable failure.</summary>
    private static string Lines(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement).Replace("},{", "},\n{", StringComparison.Ordinal);
    }

    private static Language LanguageOf(string name) => name switch
    {
        _ when name.EndsWith(".d.ts", StringComparison.Ordinal) => Language.Declaration,
        _ when name.EndsWith(".tsx", StringComparison.Ordinal) => Language.Tsx,
        _ when name.EndsWith(".jsx", StringComparison.Ordinal) => Language.Jsx,
        _ when name.EndsWith("ts", StringComparison.Ordinal) => Language.TypeScript,
        _ => Language.JavaScript,
    };
}
