using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Imports and export lists.</summary>
internal sealed partial class SymbolBinder
{
    private void BindImport(SymbolScope scope, ImportDeclaration import)
    {
        if (import.Clause is not { } clause)
        {
            return;
        }

        var specifier = file.GetStringValue(import.ModuleSpecifier);
        var isTypeOnly = import.Has(NodeFlags.TypeOnly);
        if (clause.Name is { } name)
        {
            Add(name, clause, "default", isTypeOnly);
        }

        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                Add(all.Name, all, null, isTypeOnly);
                break;
            case NamedImports named:
                foreach (var element in named.Elements)
                {
                    Add(element.Name, element, TextOf(element.PropertyName ?? element.Name), isTypeOnly || element.Has(NodeFlags.TypeOnly));
                }

                break;
        }

        void Add(Identifier local, Node node, string? imported, bool isType) => Declare(scope, file.GetName(local), isDefault: false, new Declaration
        {
            Kind = DeclarationKind.Import,
            Node = node,
            Meanings = Meanings.All,
            IsTypeOnly = isType,
            Scope = scope,
            Source = new ModuleName(specifier, imported),
        });
    }

    private void BindExportLists(SymbolScope scope, Statement[] statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ExportDeclaration export:
                    BindExport(scope, export);
                    break;
                case ExportAssignment assignment:
                    AddExport(scope, assignment.IsExportEquals ? "export=" : "default", new Declaration
                    {
                        Kind = DeclarationKind.ExportAssignment,
                        Node = assignment,
                        Meanings = Meanings.All,
                        IsExported = true,
                        Scope = scope,
                    });
                    break;
            }
        }
    }

    private void BindExport(SymbolScope scope, ExportDeclaration export)
    {
        var specifier = export.ModuleSpecifier is null ? null : file.GetStringValue(export.ModuleSpecifier);
        var isTypeOnly = export.Has(NodeFlags.TypeOnly);
        switch (export.Clause)
        {
            case NamedExports named:
                foreach (var element in named.Elements)
                {
                    var source = TextOf(element.PropertyName ?? element.Name);
                    AddExport(scope, TextOf(element.Name), new Declaration
                    {
                        Kind = DeclarationKind.Export,
                        Node = element,
                        Meanings = Meanings.All,
                        IsExported = true,
                        IsTypeOnly = isTypeOnly || element.Has(NodeFlags.TypeOnly),
                        Scope = scope,
                        Source = specifier is null ? null : new ModuleName(specifier, source),
                        LocalName = specifier is null ? source : null,
                    });
                }

                break;
            case NamespaceExport all when specifier is not null:
                AddExport(scope, TextOf(all.Name), new Declaration
                {
                    Kind = DeclarationKind.Export,
                    Node = export,
                    Meanings = Meanings.All,
                    IsExported = true,
                    IsTypeOnly = isTypeOnly,
                    Scope = scope,
                    Source = new ModuleName(specifier, null),
                });
                break;
            case null when specifier is not null && scope == module:
                stars.Add(new Declaration
                {
                    Kind = DeclarationKind.ExportStar,
                    Node = export,
                    Meanings = Meanings.All,
                    IsExported = true,
                    IsTypeOnly = isTypeOnly,
                    Scope = scope,
                    Source = new ModuleName(specifier, null),
                });
                break;
        }
    }

    private void AddExport(SymbolScope scope, string name, Declaration declaration)
    {
        var symbol = new Symbol(name, scope.Owner, count++);
        symbol.Add(declaration);
        Export(scope, name, symbol);
    }

    private string TextOf(Expression name) => name switch
    {
        Identifier identifier => file.GetName(identifier),
        StringLiteral literal => file.GetStringValue(literal),
        _ => "",
    };

    /// <summary>A namespace that holds nothing but types and what exists elsewhere has no JavaScript.</summary>
    private static bool IsInstantiated(ModuleDeclaration module)
    {
        var waiting = new Stack<Statement?>();
        waiting.Push(module.Body);
        while (waiting.TryPop(out var statement))
        {
            switch (statement)
            {
                case null or InterfaceDeclaration or TypeAliasDeclaration or ImportDeclaration:
                case ImportEqualsDeclaration import when !import.Modifiers.Has(ModifierFlags.Export):
                case DeclarationStatement ambient when ambient.Modifiers.Has(ModifierFlags.Declare):
                    break;
                case ModuleDeclaration inner:
                    waiting.Push(inner.Body);
                    break;
                case ModuleBlock block:
                    foreach (var child in block.Statements)
                    {
                        waiting.Push(child);
                    }

                    break;
                default:
                    return true;
            }
        }

        return false;
    }
}
