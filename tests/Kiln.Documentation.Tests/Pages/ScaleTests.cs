using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Search;
using Kiln.Documentation.Support;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Pages;

/// <summary>Packages that were made to hurt. Each of these takes seconds where the work grows with the input, and hours where it grows with its square.</summary>
public sealed class ScaleTests
{
    private static int byteIndex;

    private static DocLocation Place() => new("file:///m.ts", 0, 0, Interlocked.Increment(ref byteIndex));

    private static DocSymbol Symbol(string name, DocDefinition definition, DocComment? comment = null) => new()
    {
        Name = name,
        Declarations = [new DocDeclaration { Location = Place(), Visibility = DocVisibility.Export, Definition = definition, Comment = comment }],
    };

    private static List<DocPage> Render(params IEnumerable<DocSymbol> symbols) => [.. DocPages.Render(Docs(symbols), new PlainAddresses(), TestContext.Current.CancellationToken)];

    private static PackageDocs Docs(IEnumerable<DocSymbol> symbols) => new()
    {
        Name = "@a/b",
        Modules = new DocSet { Modules = [new DocModule { Specifier = "file:///m.ts", Symbols = [.. symbols] }] },
        Entries = [new("", "file:///m.ts")],
    };

    [Fact]
    public void A_hundred_thousand_symbols()
    {
        var docs = Docs(Enumerable.Range(0, 100_000).Select(i => Symbol($"v{i}", new DocVariable { Keyword = "const", Type = new DocTypeReference { Name = $"v{(i * 7) % 100_000}", Resolution = new DocResolution { Kind = DocResolutionKind.Local } } })));
        var count = 0;
        foreach (var page in DocPages.Render(docs, new PlainAddresses(), TestContext.Current.CancellationToken))
        {
            Assert.InRange(page.Content.ToString().Length + page.Aside.ToString().Length, 1, 900_000);
            count++;
        }

        Assert.InRange(count, 100_000, 101_000);
        Assert.Equal(100_000, SearchIndex.Symbols(docs, TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void A_chain_of_twenty_thousand_classes()
    {
        var pages = Render(Enumerable.Range(0, 20_000).Select(i => Symbol($"C{i}", new DocClass { Extends = $"C{i + 1}", Properties = [new DocClassProperty { Name = $"p{i}", Location = Place() }] })));
        Assert.InRange(pages.Sum(p => (long)p.Content.ToString().Length), 1, 400_000_000);
        Assert.Contains("p31", pages.Single(p => p.Key.Symbol == "C0").Content.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("p40<", pages.Single(p => p.Key.Symbol == "C0").Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_extends_itself_and_two_that_extend_each_other()
    {
        var pages = Render(
            Symbol("A", new DocClass { Extends = "A", Properties = [new DocClassProperty { Name = "own", Location = Place() }] }),
            Symbol("B", new DocInterface { Extends = [Local("C")], Members = new DocTypeMembers { Properties = [new DocPropertySignature { Name = "b", Location = Place() }] } }),
            Symbol("C", new DocInterface { Extends = [Local("B")], Members = DocTypeMembers.Empty }));
        Assert.DoesNotContain("doc-inherited", pages.Single(p => p.Key.Symbol == "A").Content.ToString(), StringComparison.Ordinal);
        Assert.Contains("Inherited from", pages.Single(p => p.Key.Symbol == "C").Content.ToString(), StringComparison.Ordinal);
        static DocTypeReference Local(string name) => new() { Name = name, Resolution = new DocResolution { Kind = DocResolutionKind.Local } };
    }

    [Fact]
    public void Namespaces_nested_without_end()
    {
        var symbol = Symbol("x", new DocVariable { Keyword = "const" });
        for (var i = 0; i < 1000; i++)
        {
            symbol = Symbol("N", new DocNamespace { Elements = [symbol] });
        }

        var pages = Render(symbol);
        Assert.InRange(pages.Count, 15, 30);
    }

    [Fact]
    public void One_module_behind_a_thousand_entry_points()
    {
        var docs = Docs(Enumerable.Range(0, 1000).Select(i => Symbol($"v{i}", new DocVariable { Keyword = "const" })));
        var many = new PackageDocs { Name = docs.Name, Modules = docs.Modules, Entries = [.. Enumerable.Range(0, 1000).Select(i => new DocEntryPoint(i == 0 ? "" : $"e{i}", "file:///m.ts"))] };
        var pages = DocPages.Render(many, new PlainAddresses(), TestContext.Current.CancellationToken).Count();
        Assert.InRange(pages, 2000, 2100);
    }

    [Fact]
    public void A_symbol_that_a_thousand_entry_points_hand_on_has_two_pages()
    {
        var target = Symbol("x", new DocVariable { Keyword = "const" });
        DocSymbol Reference() => new() { Name = "x", Declarations = [new DocDeclaration { Location = Place(), Visibility = DocVisibility.Export, Definition = new DocReference { Target = target.Declarations[0].Location } }] };
        var modules = Enumerable.Range(0, 1000).Select(i => new DocModule { Specifier = $"file:///e{i}.ts", Symbols = [Reference()] }).Append(new DocModule { Specifier = "file:///home.ts", Symbols = [target] });
        var docs = new PackageDocs
        {
            Name = "@a/b",
            Modules = new DocSet { Modules = [.. modules] },
            Entries = [.. Enumerable.Range(0, 1000).Select(i => new DocEntryPoint(i == 0 ? "" : $"e{i}", $"file:///e{i}.ts")), new DocEntryPoint("home", "file:///home.ts")],
        };
        var pages = DocPages.Render(docs, new PlainAddresses(), TestContext.Current.CancellationToken).Where(p => p.Key.Kind == DocPageKind.Symbol).Select(p => p.Key.Entry);
        Assert.Equal(["", "home"], pages);
        Assert.Equal(999, DocPages.Redirects(docs, TestContext.Current.CancellationToken).Count(r => r.To.Entry == "home"));
        Assert.Single(SearchIndex.Symbols(docs, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_comment_with_ten_thousand_tags()
    {
        var tags = Enumerable.Range(0, 10_000).Select(i => new DocTag { Kind = (i % 4) switch { 0 => JsDocTagKind.Example, 1 => JsDocTagKind.See, 2 => JsDocTagKind.Throws, _ => JsDocTagKind.Since }, Text = $"text {i}" }).ToImmutableArray();
        var page = Render(Symbol("f", new DocFunction(), new DocComment { Text = "x", Tags = tags })).Single(p => p.Key.Symbol == "f");
        Assert.InRange(page.Content.ToString().Length, 1000, 450_000);
    }
}
