using System.Text.Json.Nodes;
using Kiln.TypeScript.Support;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.JsDoc;

public sealed class JsDocAttachmentTests
{
    public static TheoryData<string> Names => [.. JsDocCases.Files.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Documents_what_the_documentation_generator_documents(string name)
    {
        var (_, source, expected) = JsDocCases.Files.Single(f => f.Name == name);
        var file = Sources.ParseValid(source, name switch
        {
            _ when name.EndsWith(".d.ts", StringComparison.Ordinal) => Language.Declaration,
            _ when name.EndsWith(".tsx", StringComparison.Ordinal) => Language.Tsx,
            _ when name.EndsWith(".js", StringComparison.Ordinal) => Language.JavaScript,
            _ => Language.TypeScript,
        });
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (declared, node) in Declared(file))
        {
            if (JsDocAttachment.Find(file, node) is { } comment)
            {
                names[declared] = (names.TryGetValue(declared, out var before) ? before + " + " : "") + comment.Description;
            }
        }

        var actual = new JsonObject
        {
            ["module"] = JsDocAttachment.FindModule(file)?.Description,
            ["names"] = new JsonObject(names.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value))),
        };
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    [Fact]
    public void A_file_without_comments_has_none() => Assert.False(JsDocAttachment.TryFind(Sources.ParseValid("let a;"), 0, out _));

    [Fact]
    public void Many_comments_before_one_node_are_looked_at_once()
    {
        var file = Sources.ParseValid("/** doc */\n" + string.Concat(Enumerable.Repeat("// a\n/* b */", 1_000_000)) + "\nlet a;");
        Assert.Equal("doc", JsDocAttachment.Find(file, file.Statements[0])?.Description);
    }

    [Fact]
    public void Many_comments_on_one_line_are_looked_at_once()
    {
        var file = Sources.ParseValid("f(); " + string.Concat(Enumerable.Repeat("/** a */", 1_000_000)) + "\nlet a;");
        Assert.Null(JsDocAttachment.Find(file, file.Statements[1]));
    }

    /// <summary>What documentation names, and the node whose start decides. Patterns are left out: what they declare carries no comment there.</summary>
    private static IEnumerable<(string Name, Node Node)> Declared(SourceFile file)
    {
        var stack = new NodeStack();
        stack.PushAll(file.Statements);
        while (stack.TryPop(out var node))
        {
            foreach (var name in NamesOf(node))
            {
                yield return (name switch
                {
                    Identifier n => file.GetName(n),
                    StringLiteral n => file.GetStringValue(n),
                    ComputedPropertyName n => $"[{file.GetSlice(n.Expression)}]",
                    _ => throw new InvalidOperationException(name.Kind.ToString()),
                }, node);
            }

            if (UnnamedName(node) is { } unnamed)
            {
                yield return (unnamed, node);
            }

            TreeWalker.PushChildren(node, stack, types: true);
        }
    }

    private static string? UnnamedName(Node node) => node switch
    {
        ConstructorDeclaration => "constructor",
        IndexSignature => "[]",
        CallOrConstructSignature => node.Kind == SyntaxKind.CallSignature ? "()" : "new",
        FunctionDeclaration d when d.Modifiers.Has(ModifierFlags.Default) => "default",
        ClassDeclaration d when d.Modifiers.Has(ModifierFlags.Default) => "default",
        _ => null,
    };

    private static IEnumerable<Node> NamesOf(Node node) => node switch
    {
        VariableStatement s => s.DeclarationList.Declarations.Select(d => d.Name).OfType<Identifier>(),
        DeclarationStatement d when d.Modifiers.Has(ModifierFlags.Default) => [],
        FunctionDeclaration d => [d.Name!],
        ClassDeclaration d => [d.Name!],
        InterfaceDeclaration d => [d.Name],
        TypeAliasDeclaration d => [d.Name],
        EnumDeclaration d => [d.Name],
        ModuleDeclaration d => [d.Name],
        EnumMember m => [m.Name],
        PropertyDeclaration m => [m.Name],
        MethodDeclaration m => [m.Name],
        AccessorDeclaration m => [m.Name],
        PropertySignature m => [m.Name],
        MethodSignature m => [m.Name],
        ImportDeclaration d => [.. new Node?[] { d.Clause?.Name, (d.Clause?.NamedBindings as NamespaceImport)?.Name }.OfType<Node>(), .. (d.Clause?.NamedBindings as NamedImports)?.Elements.Select(e => e.Name) ?? []],
        _ => [],
    };
}
