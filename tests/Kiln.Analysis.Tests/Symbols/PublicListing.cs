using Kiln.Analysis.Declarations;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Tests.Symbols;

/// <summary>What is public of a module, as <c>tests/tools/public-api-oracle.mjs</c> lists what the reference leaves of it.</summary>
internal sealed class PublicListing
{
    private readonly SourceFile file;
    private readonly IPublicDeclarations api;
    private readonly SortedSet<string> entries = new(StringComparer.Ordinal);

    private PublicListing(SourceFile file, IPublicDeclarations api) => (this.file, this.api) = (file, api);

    public static IReadOnlyCollection<string> Of(SourceFile file, IPublicDeclarations api)
    {
        var listing = new PublicListing(file, api);
        listing.AddAll(file.Statements, "");
        return listing.entries;
    }

    private void AddAll(Statement[] statements, string outer)
    {
        foreach (var statement in statements)
        {
            Add(statement, outer);
        }
    }

    private void Add(Statement statement, string outer)
    {
        switch (statement)
        {
            case VariableStatement n:
                foreach (var variable in n.DeclarationList.Declarations)
                {
                    AddNames(variable.Name, name => Entry(variable, "variable", outer + name));
                }

                break;
            case FunctionDeclaration n: Entry(n, "function", outer + (n.Name is null ? "default" : file.GetName(n.Name))); break;
            case ClassDeclaration n: Entry(n, "class", outer + (n.Name is null ? "default" : file.GetName(n.Name))); break;
            case InterfaceDeclaration n: Entry(n, "interface", outer + file.GetName(n.Name)); break;
            case TypeAliasDeclaration n: Entry(n, "type", outer + file.GetName(n.Name)); break;
            case EnumDeclaration n: Entry(n, "enum", outer + file.GetName(n.Name)); break;
            case ImportEqualsDeclaration n: Entry(n, "import", outer + file.GetName(n.Name)); break;
            case ExportAssignment n: Entry(n, "export", n.IsExportEquals ? "=" : "default"); break;
            case ImportDeclaration { Clause: { } clause }:
                if (clause.Name is { } defaultName)
                {
                    Entry(clause, "import", file.GetName(defaultName));
                }

                if (clause.NamedBindings is NamespaceImport all)
                {
                    Entry(all, "import", file.GetName(all.Name));
                }

                foreach (var element in (clause.NamedBindings as NamedImports)?.Elements ?? [])
                {
                    Entry(element, "import", file.GetName(element.Name));
                }

                break;
            case ExportDeclaration n:
                foreach (var element in (n.Clause as NamedExports)?.Elements ?? [])
                {
                    Entry(element, "export", outer + TextOf(element.Name));
                }

                if (n.Clause is not NamedExports)
                {
                    Entry(n, "export", n.Clause is NamespaceExport ns ? outer + TextOf(ns.Name) : "* from " + file.GetStringValue(n.ModuleSpecifier!));
                }

                break;
            case ModuleDeclaration { IsGlobal: false, Name: Identifier name } n:
                Entry(n, "namespace", outer + file.GetName(name));
                var inner = outer + file.GetName(name) + ".";
                AddAll(n.Body is ModuleBlock block ? block.Statements : n.Body is null ? [] : [n.Body], inner);
                break;
            case ExpressionStatement { Expression: BinaryExpression { Left: PropertyAccessExpression { Expression: Identifier target, Name: Identifier property } } } n:
                Entry(n, "expando", $"{outer}{file.GetName(target)}.{file.GetName(property)}");
                break;
            case ExpressionStatement { Expression: BinaryExpression { Left: ElementAccessExpression { Expression: Identifier target, Argument: StringLiteral property } } } n:
                Entry(n, "expando", $"{outer}{file.GetName(target)}.{file.GetStringValue(property)}");
                break;
        }
    }

    private void Entry(Node node, string kind, string name)
    {
        if (api.Contains(node))
        {
            entries.Add($"{kind} {name}");
        }
    }

    private void AddNames(Node name, Action<string> add)
    {
        switch (name)
        {
            case Identifier n: add(file.GetName(n)); break;
            case BindingElement n: AddNames(n.Name, add); break;
            case ObjectBindingPattern n: Array.ForEach(n.Elements, e => AddNames(e, add)); break;
            case ArrayBindingPattern n: Array.ForEach(n.Elements, e => AddNames(e, add)); break;
        }
    }

    private string TextOf(Expression name) => name is Identifier identifier ? file.GetName(identifier) : file.GetStringValue((StringLiteral)name);
}
