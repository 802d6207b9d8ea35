using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Tests.Docs;

/// <summary>Sources that were written to hurt.</summary>
public sealed class DocLimitTests
{
    [Fact]
    public void A_name_through_ten_thousand_modules()
    {
        const int Modules = 10_000;
        var files = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < Modules; i++)
        {
            files.Add(new($"m{i}.ts", $"export {{ name as default, name }} from \"./m{i + 1}.ts\";\n"));
        }

        files.Add(new($"m{Modules}.ts", "export const name = 1;\n"));
        var docs = DocCase.Build(files, ["m0.ts"], includesPrivate: false, path => "file://" + path);
        Assert.Equal(["default", "name"], docs.Modules[0].Symbols.Select(s => s.Name));
        Assert.Equal($"file:///m{Modules}.ts", docs.Modules[0].Symbols[0].Declarations[0].Location.FileName);
        Assert.IsType<DocReference>(docs.Modules[0].Symbols[1].Declarations[0].Definition);
    }

    [Fact]
    public void Stars_through_ten_thousand_modules_in_a_circle()
    {
        const int Modules = 10_000;
        var files = Enumerable.Range(0, Modules).Select(i => KeyValuePair.Create($"m{i}.ts", $"export * from \"./m{(i + 1) % Modules}.ts\"; export const n{i} = 1;\n"));
        var docs = DocCase.Build(files, ["m0.ts"], includesPrivate: false, path => "file://" + path);
        Assert.Equal(Modules, docs.Modules[0].Symbols.Length);
    }

    [Fact]
    public void Modules_in_modules_that_double()
    {
        var files = Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"m{i}.ts", $"export * as a from \"./m{i + 1}.ts\"; export * as b from \"./m{i + 1}.ts\";\n"));
        var docs = DocCase.Build(files, ["m0.ts"], includesPrivate: false, path => "file://" + path);
        Assert.InRange(Count(docs.Modules[0].Symbols), 100_000, 3_000_000);
    }

    [Fact]
    public void Modules_in_modules_as_deep_as_there_are_modules()
    {
        var files = Enumerable.Range(0, 5_000).Select(i => KeyValuePair.Create($"m{i}.ts", $"export * as a from \"./m{i + 1}.ts\"; export const n = 1;\n"));
        var docs = DocCase.Build(files, ["m0.ts"], includesPrivate: false, path => "file://" + path);
        Assert.InRange(Count(docs.Modules[0].Symbols), 64, 200);
    }

    [Fact]
    public void Stars_that_all_bring_the_same()
    {
        var stars = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            stars.Append("export * from \"./m").Append(i).Append(".ts\";\n");
        }

        var files = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"m{i}.ts", stars + $"export const n{i} = 1;\n"));
        var docs = DocCase.Build(files, ["m0.ts"], includesPrivate: false, path => "file://" + path);
        Assert.Equal(200, docs.Modules[0].Symbols.Length);
    }

    [Fact]
    public void Dotted_namespaces_as_deep_as_the_parser_goes()
    {
        var source = "export namespace " + string.Join('.', Enumerable.Repeat("N", 400)) + " { export const a = 1; }\n";
        var docs = DocCase.Build([new("mod.ts", source)], ["mod.ts"], includesPrivate: false, path => "file://" + path);
        Assert.Single(docs.Modules[0].Symbols);
    }

    [Fact]
    public void Aliases_of_aliases()
    {
        var source = new StringBuilder("namespace A0 { export interface T { a: 1 } }\n");
        for (var i = 1; i <= 5_000; i++)
        {
            source.Append("import A").Append(i).Append(" = A").Append(i - 1).Append(";\n");
        }

        source.Append("export import X = A5000.T; export type Y = A5000.T;\n");
        var docs = DocCase.Build([new("mod.ts", source.ToString())], ["mod.ts"], includesPrivate: false, path => "file://" + path);
        Assert.Contains(docs.Modules[0].Symbols, s => s.Name == "Y");
    }

    [Fact]
    public void The_number_of_threads_does_not_matter()
    {
        var files = Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"m{i}.ts", $"export * from \"./m{(i * 7) % 60}.ts\"; export * as all from \"./m{(i * 11) % 60}.ts\"; export class C{i} {{ a: D }} interface D {{}}\n")).ToList();
        var roots = files.Select(f => f.Key).ToList();
        Assert.Equal(
            DocCase.Write(DocCase.Build(files, roots, includesPrivate: false, path => "file://" + path)),
            DocCase.Write(DocCase.Build(files, roots, includesPrivate: false, path => "file://" + path, maxParallelism: 8)));
    }

    /// <summary>Names with all that stands in them.</summary>
    private static long Count(IEnumerable<DocSymbol> symbols)
    {
        long count = 0;
        var open = new Stack<DocSymbol>(symbols);
        while (open.TryPop(out var symbol))
        {
            count++;
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Definition is DocNamespace inner)
                {
                    foreach (var element in inner.Elements)
                    {
                        open.Push(element);
                    }
                }
            }
        }

        return count;
    }
}
