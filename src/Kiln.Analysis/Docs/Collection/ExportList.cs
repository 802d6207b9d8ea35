using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>The names that a module or namespace exports itself, in the order of their first appearance. Stars are not part of it.</summary>
internal sealed class ExportList
{
    private readonly SourceFile file;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(string Name, List<ModuleExport> Ways)> names = [];

    private ExportList(SourceFile file) => this.file = file;

    public IReadOnlyList<(string Name, List<ModuleExport> Ways)> Names => names;

    /// <summary>Null when the name is not exported.</summary>
    public List<ModuleExport>? Find(string name) => places.TryGetValue(name, out var place) ? names[place].Ways : null;

    public static ExportList OfModule(ModuleSymbols symbols)
    {
        var list = new ExportList(symbols.File);
        list.AddBlock(symbols.Scope, symbols.File.Statements, exportsAll: false);
        return list;
    }

    /// <summary>Of all blocks of a namespace. Ambient ones export all that they declare, also beside an export list.</summary>
    public static ExportList OfNamespace(SourceFile file, Symbol symbol)
    {
        var list = new ExportList(file);
        var block = 0;
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration is { Kind: DeclarationKind.Namespace, Node: ModuleDeclaration node })
            {
                var scope = symbol.Blocks[block++];
                switch (node.Body)
                {
                    case ModuleBlock body:
                        list.AddBlock(scope, body.Statements, node.Has(NodeFlags.Ambient));
                        break;
                    case ModuleDeclaration { Name: Identifier next }:
                        list.AddLocal(scope, file.GetName(next));
                        break;
                }
            }
        }

        return list;
    }

    private void AddBlock(SymbolScope scope, Statement[] statements, bool exportsAll)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ExportDeclaration export:
                    AddSpecifiers(scope, export);
                    break;
                case ExportAssignment { Expression: Identifier name }:
                    Add("default", new ModuleExport(scope, file.GetName(name), name, null));
                    break;
                case ExportAssignment assignment:
                    Add("default", new ModuleExport(scope, null, assignment, null));
                    break;
                case DeclarationStatement declaration when exportsAll || declaration.Modifiers.Has(ModifierFlags.Export):
                    AddDeclaration(scope, declaration);
                    break;
            }
        }
    }

    private void AddDeclaration(SymbolScope scope, DeclarationStatement statement)
    {
        var name = statement switch
        {
            FunctionDeclaration node => node.Name,
            ClassDeclaration node => node.Name,
            InterfaceDeclaration node => node.Name,
            TypeAliasDeclaration node => node.Name,
            EnumDeclaration node => node.Name,
            ImportEqualsDeclaration node when node.Modifiers.Has(ModifierFlags.Export) => node.Name,
            ModuleDeclaration { IsGlobal: false } node => node.Name as Identifier,
            _ => null,
        };
        var isDefault = statement.Modifiers.Has(ModifierFlags.Default);
        if (statement is VariableStatement variables)
        {
            foreach (var variable in variables.DeclarationList.Declarations)
            {
                AddNames(scope, variable.Name);
            }
        }
        else if (name is not null)
        {
            Add(isDefault ? "default" : file.GetName(name), new ModuleExport(scope, file.GetName(name), null, null));
        }
        else if (isDefault)
        {
            Add("default", new ModuleExport(scope, null, statement, null));
        }
    }

    /// <summary>Names inside nested patterns are not documented by the reference, nor here: only those of the outermost pattern are.</summary>
    private void AddNames(SymbolScope scope, Node name)
    {
        var elements = name switch
        {
            Identifier identifier => (Node[])[identifier],
            ObjectBindingPattern pattern => pattern.Elements,
            ArrayBindingPattern pattern => pattern.Elements,
            _ => [],
        };
        foreach (var element in elements)
        {
            if ((element as Identifier ?? (element as BindingElement)?.Name as Identifier) is { } identifier)
            {
                AddLocal(scope, file.GetName(identifier));
            }
        }
    }

    private void AddSpecifiers(SymbolScope scope, ExportDeclaration export)
    {
        var specifier = export.ModuleSpecifier is null ? null : file.GetStringValue(export.ModuleSpecifier);
        switch (export.Clause)
        {
            case NamedExports named:
                foreach (var element in named.Elements)
                {
                    var source = TextOf(element.PropertyName ?? element.Name);
                    Add(TextOf(element.Name), specifier is null
                        ? new ModuleExport(scope, source, element, null)
                        : new ModuleExport(scope, null, element, new ModuleName(specifier, source)));
                }

                break;
            case NamespaceExport all when specifier is not null:
                Add(TextOf(all.Name), new ModuleExport(scope, null, export, new ModuleName(specifier, null)));
                break;
        }
    }

    private void AddLocal(SymbolScope scope, string name) => Add(name, new ModuleExport(scope, name, null, null));

    private void Add(string name, ModuleExport way)
    {
        if (!places.TryGetValue(name, out var place))
        {
            place = names.Count;
            places.Add(name, place);
            names.Add((name, []));
        }

        names[place].Ways.Add(way);
    }

    private string TextOf(Expression name) => name switch
    {
        Identifier identifier => file.GetName(identifier),
        StringLiteral literal => file.GetStringValue(literal),
        _ => "",
    };
}
