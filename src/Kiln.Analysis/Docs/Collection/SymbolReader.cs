using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>Turns symbols into the items that stand for their declarations, and namespaces into their elements.</summary>
/// <param name="reach">What is shown though it is not exported.</param>
/// <param name="includesPrivate">Show all that is not exported.</param>
/// <param name="resolve">What a way of exporting leads to: items of the same module as they are, others as references.</param>
internal sealed class SymbolReader(PrivateReach reach, bool includesPrivate, Func<CollectedModule, string, IReadOnlyList<ModuleExport>, OwnExport> resolve)
{
    public SymbolItems Read(CollectedModule module, Symbol symbol, bool isExported)
    {
        if (!module.Items.TryGetValue((symbol, isExported), out var items))
        {
            items = Create(module, symbol, isExported);
            module.Items.Add((symbol, isExported), items);
        }

        return items;
    }

    /// <summary>A default export without a name.</summary>
    public static DocItem? ReadOnly(CollectedModule module, Declaration declaration) =>
        IsIgnored(module, declaration, "default") ? null : Define(module, declaration, "default", DocVisibility.Export);

    /// <summary>What a module or block declares and does not export, as far as it is shown, in source order.</summary>
    /// <param name="all">Nothing in it is exported: all of it is shown.</param>
    public List<DocEntry> ReadPrivate(CollectedModule module, IEnumerable<SymbolScope> scopes, HashSet<Symbol> exported, bool all)
    {
        var entries = new List<DocEntry>();
        foreach (var scope in scopes)
        {
            foreach (var (name, symbol) in scope.Symbols)
            {
                if ((all || includesPrivate || reach.Contains(symbol)) && !exported.Contains(symbol) && Read(module, symbol, isExported: false).Under("").ToList() is { Count: > 0 } items)
                {
                    entries.Add(new DocEntry(name, IsDefault: false, items));
                }
            }
        }

        return entries;
    }

    /// <summary>The symbols of this module that a list exports.</summary>
    public static HashSet<Symbol> Exported(ExportList exports)
    {
        var symbols = new HashSet<Symbol>();
        foreach (var (_, ways) in exports.Names)
        {
            foreach (var way in ways)
            {
                if (way is { Source: null, LocalName: { } local } && way.Scope.Find(local) is { } symbol)
                {
                    symbols.Add(symbol);
                }
            }
        }

        return symbols;
    }

    private SymbolItems Create(CollectedModule module, Symbol symbol, bool isExported)
    {
        var main = new List<DocItem>();
        List<Declaration>? properties = null;
        var hasNamespace = false;
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration.IsAlias || declaration.Kind == DeclarationKind.ExportStar || !IsShown(declaration, symbol.Name))
            {
                continue;
            }

            if (declaration.Kind == DeclarationKind.Expando)
            {
                // The function must stand before it.
                if (declaration.Node.Start < symbol.Declarations[0].Node.Start)
                {
                    continue;
                }

                (properties ??= []).Add(declaration);
                continue;
            }

            if (declaration.Kind == DeclarationKind.Namespace && hasNamespace)
            {
                continue;
            }

            if (IsIgnored(module, declaration, symbol.Name))
            {
                continue;
            }

            var visibility = isExported ? DocVisibility.Export : declaration.IsAmbient ? DocVisibility.Declare : DocVisibility.Private;
            if (declaration.Kind == DeclarationKind.Namespace)
            {
                hasNamespace = true;
                main.Add(Namespace(module, symbol, declaration, visibility));
            }
            else
            {
                main.Add(Define(module, declaration, symbol.Name, visibility));
            }
        }

        if (main.Count == 0)
        {
            return SymbolItems.None;
        }

        var items = new SymbolItems(main, properties is null ? null : name => Properties(module, name, properties, isExported));
        foreach (var item in main)
        {
            if (item is DefinitionItem definition)
            {
                definition.Symbol = items;
            }
        }

        return items;
    }

    private static DefinitionItem Define(CollectedModule module, Declaration declaration, string name, DocVisibility visibility)
    {
        // A function or class that a variable is set to says its name even when it is the same.
        var shown = declaration.Node is DeclarationStatement statement && statement.Modifiers.Has(ModifierFlags.Default) ? "default" : declaration.Kind == DeclarationKind.Variable ? "" : name;
        return new DefinitionItem(module, declaration, name, shown) { Location = module.Definitions.Locate(declaration, name), Visibility = visibility };
    }

    /// <summary>A name that stands in a pattern inside a pattern is not documented.</summary>
    private static bool IsShown(Declaration declaration, string name)
    {
        if (declaration.Node is not VariableDeclaration { Name: ObjectBindingPattern or ArrayBindingPattern } variable)
        {
            return true;
        }

        var file = declaration.Scope.File;
        foreach (var element in variable.Name is ObjectBindingPattern pattern ? pattern.Elements : ((ArrayBindingPattern)variable.Name).Elements)
        {
            if (element is BindingElement { Name: Identifier identifier } && file.GetName(identifier) == name)
            {
                return true;
            }
        }

        return false;
    }

    private NamespaceItem Namespace(CollectedModule module, Symbol symbol, Declaration declaration, DocVisibility visibility)
    {
        // The inner parts of a dotted name stand where the name begins, and share its comment.
        var outermost = Outermost(symbol, declaration);
        return new NamespaceItem(() => module.Definitions.CommentOf(outermost, symbol.Name), () => Elements(module, symbol))
        {
            Location = module.Definitions.Locate(outermost, symbol.Name),
            Visibility = visibility,
        };
    }

    private static Declaration Outermost(Symbol symbol, Declaration declaration)
    {
        for (var parent = symbol.Parent; parent is not null; parent = parent.Parent)
        {
            Declaration? outer = null;
            foreach (var candidate in parent.Declarations)
            {
                if (candidate.Node is ModuleDeclaration { Body: ModuleDeclaration inner } && inner == declaration.Node)
                {
                    outer = candidate;
                    break;
                }
            }

            if (outer is null)
            {
                break;
            }

            declaration = outer;
        }

        return declaration;
    }

    private List<DocEntry> Elements(CollectedModule module, Symbol symbol)
    {
        var exports = ExportList.OfNamespace(module.File.Source, symbol);
        var entries = new List<DocEntry>();
        foreach (var (name, ways) in exports.Names)
        {
            // A module as a whole is not shown in a namespace that is declared.
            if (resolve(module, name, ways).Entry is { } entry)
            {
                entries.Add(entry);
            }
        }

        entries.AddRange(ReadPrivate(module, symbol.Blocks, Exported(exports), exports.Names.Count == 0));
        return entries;
    }

    /// <summary>Properties that are assigned to a function (docs.md §4).</summary>
    private static NamespaceItem Properties(CollectedModule module, string shown, List<Declaration> declarations, bool isExported)
    {
        var comment = new DocComment { Text = $"Additional properties on the `{shown}` function." };
        return new NamespaceItem(() => comment, Elements)
        {
            Location = module.Definitions.Locate(declarations[0], NameOf(declarations[0])),
            Visibility = isExported ? DocVisibility.Export : DocVisibility.Private,
        };

        List<DocEntry> Elements()
        {
            // What is assigned twice is there twice, side by side.
            var entries = new Dictionary<string, List<DocEntry>>(StringComparer.Ordinal);
            var order = new List<List<DocEntry>>();
            foreach (var declaration in declarations)
            {
                var name = NameOf(declaration);
                if (!entries.TryGetValue(name, out var same))
                {
                    entries.Add(name, same = []);
                    order.Add(same);
                }

                same.Add(new DocEntry(name, IsDefault: false, [new DefinitionItem(module, declaration, name, "") { Location = module.Definitions.Locate(declaration, name), Visibility = DocVisibility.Declare }]));
            }

            return [.. order.SelectMany(same => same)];
        }

        string NameOf(Declaration declaration) => declaration.Node is ExpressionStatement { Expression: BinaryExpression { Left: var left } }
            ? left switch
            {
                PropertyAccessExpression { Name: Identifier name } => module.File.Source.GetName(name),
                ElementAccessExpression { Argument: StringLiteral name } => module.File.Source.GetStringValue(name),
                _ => "",
            }
            : "";
    }

    /// <summary>Few files have such a tag at all, and comments are read only in those.</summary>
    private static bool IsIgnored(CollectedModule module, Declaration declaration, string name) =>
        module.MentionsIgnore && module.Definitions.CommentOf(declaration, name)?.Has(JsDocTagKind.Ignore) == true;
}
