using System.Collections.Immutable;
using Kiln.Analysis.Docs.Difference;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Tests.Docs.Difference;

/// <summary>Models from strangers: too much, too deep. The runner's limit catches what does not end.</summary>
public sealed class HostileDifferenceTests
{
    private const string File = "file:///mod.ts";

    [Fact]
    public void A_hundred_thousand_symbols_are_compared()
    {
        const int Count = 100_000;
        var before = Module(Enumerable.Range(0, Count).Select(i => Alias($"T{i}", Keyword("string"))));
        var after = Module(Enumerable.Range(0, Count).Select(i => Alias($"U{i}", Keyword("string"))));
        var difference = Compare(before, after);
        Assert.Equal(Count, difference.Modules[0].Symbols.Length);
        Assert.All(difference.Modules[0].Symbols, s => Assert.Equal(ChangeStatus.Renamed, s.Status));
        Assert.Empty(Compare(before, before).Modules);
    }

    [Fact]
    public void Types_nest_as_deep_as_the_readers_let_them()
    {
        var (deep, other) = (Nest(4_000, "string"), Nest(4_000, "number"));
        Assert.Empty(Compare(Module([Alias("T", deep)]), Module([Alias("T", Nest(4_000, "string"))])).Modules);
        var change = Assert.Single(Compare(Module([Alias("T", deep)]), Module([Alias("T", other)])).Modules[0].Symbols[0].Changes);
        Assert.Equal(ChangeRules.TypeChanged.Code, change.Rule);
        Assert.True(change.Old!.Length < 10_000);
    }

    [Fact]
    public void Namespaces_nest_as_deep_as_the_readers_let_them()
    {
        var symbol = Alias("T", Keyword("string"));
        var other = Alias("T", Keyword("number"));
        for (var i = 0; i < 2_000; i++)
        {
            symbol = Symbol("N", new DocNamespace { Elements = [symbol] });
            other = Symbol("N", new DocNamespace { Elements = [other] });
        }

        Assert.Equal(ChangeSeverity.Major, Compare(Module([symbol]), Module([other])).Severity);
    }

    [Fact]
    public void Large_unions_and_many_overloads_are_compared()
    {
        var union = new DocUnionType { Types = [.. Enumerable.Range(0, 20_000).Select(i => Literal($"a{i}"))] };
        var larger = new DocUnionType { Types = [.. Enumerable.Range(0, 20_001).Select(i => Literal($"a{20_001 - i}"))] };
        Assert.Equal(ChangeSeverity.Major, Compare(Module([Function("f", larger)]), Module([Function("f", union)])).Severity);

        // Neither holds the other: all members are tried with all others, up to a limit.
        var apart = new DocUnionType { Types = [.. Enumerable.Range(0, 20_000).Select(i => Literal($"b{i}"))] };
        Assert.Equal(ChangeSeverity.Major, Compare(Module([Function("f", union)]), Module([Function("f", apart)])).Severity);

        var overloads = Symbol("f", [.. Enumerable.Range(0, 5_000).Select(i => (DocDefinition)Signature(Literal($"a{i}")))]);
        var others = Symbol("f", [.. Enumerable.Range(0, 2_500).Select(i => (DocDefinition)Signature(Literal($"b{i}")))]);
        Assert.Equal(ChangeSeverity.Major, Compare(Module([overloads]), Module([others])).Severity);
        Assert.Equal(ChangeSeverity.Major, Compare(Module([others]), Module([overloads])).Severity);
    }

    [Fact]
    public void References_may_lead_nowhere_or_to_themselves()
    {
        var at = new DocLocation(File, 1, 2, 3);
        var lost = new DocSymbol { Name = "a", Declarations = [new DocDeclaration { Location = at, Visibility = DocVisibility.Export, Definition = new DocReference { Target = at } }] };
        Assert.Empty(Compare(Module([lost]), Module([lost])).Modules);
        Assert.Equal(ChangeSeverity.Major, Compare(Module([Alias("a", Keyword("string"))]), Module([lost])).Severity);
    }

    private static ApiDifference Compare(DocModule before, DocModule after) =>
        ApiDifference.Compare([new ApiModule(".", before)], [new ApiModule(".", after)], TestContext.Current.CancellationToken);

    private static DocModule Module(IEnumerable<DocSymbol> symbols) => new() { Specifier = File, Symbols = [.. symbols] };

    private static DocSymbol Symbol(string name, params DocDefinition[] definitions) => new()
    {
        Name = name,
        Declarations = [.. definitions.Select(d => new DocDeclaration { Location = new DocLocation(File, 0, 0, 0), Visibility = DocVisibility.Export, Definition = d })],
    };

    private static DocSymbol Alias(string name, DocType type) => Symbol(name, new DocTypeAlias { Type = type });

    private static DocSymbol Function(string name, DocType parameter) => Symbol(name, Signature(parameter));

    private static DocFunction Signature(DocType parameter) => new()
    {
        Parameters = [new DocIdentifierParameter { Name = "a", Type = parameter }],
        ReturnType = Keyword("void"),
    };

    private static DocKeywordType Keyword(string name) => new() { Name = name, Repr = name };

    private static DocLiteralType Literal(string text) => new() { Kind = DocLiteralKind.String, Text = text };

    private static DocType Nest(int depth, string keyword)
    {
        DocType type = Keyword(keyword);
        for (var i = 0; i < depth; i++)
        {
            type = i % 2 == 0 ? new DocArrayType { Element = type } : new DocUnionType { Types = ImmutableArray.Create(type, Keyword("null")) };
        }

        return type;
    }
}
