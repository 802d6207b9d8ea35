using Kiln.Analysis.Binding;
using Kiln.Analysis.Rewriting;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>Imports and exports: which stay, under which specifier.</summary>
internal sealed partial class FileEmitter
{
    private bool keepsModuleSyntax;
    private HashSet<string>? localTypes;
    private HashSet<string>? localValues;

    /// <summary>TypeScript keeps a module a module when all its imports and exports were types.</summary>
    private bool NeedsEmptyExport => isTypeScript && file.IsModule && !keepsModuleSyntax && !injectsImport;

    private bool HasElidableImports()
    {
        if (options.VerbatimModuleSyntax)
        {
            return false;
        }

        foreach (var statement in file.Statements)
        {
            if (statement is ImportDeclaration { Clause: not null })
            {
                return true;
            }
        }

        return false;
    }

    // Specifiers.

    private void PlanSpecifiers()
    {
        if (options.RewriteSpecifier is null)
        {
            return;
        }

        foreach (var node in file.ModuleReferences)
        {
            var (literal, use) = SpecifierOf(node);
            if (literal is not null && options.RewriteSpecifier(SpecifierRewriter.ValueOf(file, literal), use) is { } rewritten)
            {
                var quote = text[literal.Start];
                Replace(literal.Start, literal.End, quote == '`' ? "`" + SpecifierEdits.Escape(rewritten, '`') + "`" : JavaScriptText.Quote(rewritten, quote));
            }
        }
    }

    private static (Expression? Literal, SpecifierUse Use) SpecifierOf(Node node) => node switch
    {
        ImportDeclaration n => (n.ModuleSpecifier, SpecifierUse.Code),
        ExportDeclaration n => (n.ModuleSpecifier, SpecifierUse.Code),
        ImportEqualsDeclaration { Reference: ExternalModuleReference { Expression: StringLiteral required } } => (required, SpecifierUse.Code),
        ImportCallExpression { Arguments: [var first, ..] } when SpecifierRewriter.IsLiteral(first) => (first, SpecifierUse.Code),
        CallExpression { Expression: Identifier, Arguments: [var first, ..] } call when !call.Has(NodeFlags.QuestionDot) && SpecifierRewriter.IsLiteral(first) => (first, SpecifierUse.Code),
        _ => (SpecifierRewriter.AddressOf(node), SpecifierUse.Address),
    };

    private void PlanComments()
    {
        foreach (var (span, replacement) in options.CommentEdits)
        {
            Replace(span.Start, span.End, replacement);
        }
    }

    // Imports.

    private bool PlanImport(ImportDeclaration n)
    {
        if (n.Has(NodeFlags.TypeOnly) && isTypeScript)
        {
            return true;
        }

        if (n.Clause is not { } clause || !isTypeScript)
        {
            keepsModuleSyntax = true;
            return false;
        }

        var specifier = file.GetStringValue(n.ModuleSpecifier);
        var keepDefault = clause.Name is { } name && KeepsImport(name, specifier, "default");
        var named = clause.NamedBindings as NamedImports;
        var all = clause.NamedBindings as NamespaceImport;
        var keepAll = all is not null && KeepsImport(all.Name, specifier, null);
        var keep = new List<ImportSpecifier>();
        if (named is not null)
        {
            foreach (var element in named.Elements)
            {
                if (!element.Has(NodeFlags.TypeOnly) && KeepsImport(element.Name, specifier, ImportedName(element)))
                {
                    keep.Add(element);
                }
            }
        }

        // A clause that was written empty, or is emptied of types under verbatimModuleSyntax, still imports the module there.
        var keepEmpty = options.VerbatimModuleSyntax && named is not null;
        if (!keepDefault && !keepAll && keep.Count == 0 && !keepEmpty)
        {
            return true;
        }

        keepsModuleSyntax = true;
        if (clause.Name is { } defaultName)
        {
            var keepBindings = keepAll || keep.Count > 0 || keepEmpty;
            if (!keepDefault)
            {
                Delete(defaultName.Start, clause.NamedBindings!.Start);
            }
            else if (clause.NamedBindings is { } bindingsNode && !keepBindings)
            {
                Delete(defaultName.End, bindingsNode.End);
                return false;
            }
        }

        if (named is not null)
        {
            DeleteElements(named.Elements, keep, named);
        }

        return false;
    }

    private string ImportedName(ImportSpecifier element) => element.PropertyName switch
    {
        Identifier id => file.GetName(id),
        StringLiteral text => file.GetStringValue(text),
        _ => file.GetName(element.Name),
    };

    private bool KeepsImport(Identifier local, string specifier, string? imported)
    {
        if (options.VerbatimModuleSyntax || bindings.UsedImports.Contains(local))
        {
            return true;
        }

        if (!bindings.ReexportedImports.Contains(local))
        {
            return false;
        }

        return imported is null || options.IsTypeOnlyExport?.Invoke(specifier, imported) != true;
    }

    private HashSet<string>? typeOnlyImports;

    /// <summary>Imports that only an export mentions and that are known to be types: neither is written.</summary>
    private void FindTypeOnlyImports()
    {
        if (options.IsTypeOnlyExport is not { } isTypeOnly || options.VerbatimModuleSyntax)
        {
            return;
        }

        foreach (var statement in file.Statements)
        {
            if (statement is not ImportDeclaration { Clause: { } clause } n)
            {
                continue;
            }

            var specifier = file.GetStringValue(n.ModuleSpecifier);
            Check(clause.Name, "default");
            if (clause.NamedBindings is NamedImports named)
            {
                foreach (var element in named.Elements)
                {
                    Check(element.Name, ImportedName(element));
                }
            }

            void Check(Identifier? local, string imported)
            {
                if (local is not null && !bindings.UsedImports.Contains(local) && bindings.ReexportedImports.Contains(local) && isTypeOnly(specifier, imported))
                {
                    (typeOnlyImports ??= new HashSet<string>(StringComparer.Ordinal)).Add(file.GetName(local));
                }
            }
        }
    }

    /// <summary>Deletes the elements of <c>{ … }</c> that are not kept, each with one comma.</summary>
    private void DeleteElements(Node[] elements, IReadOnlyCollection<Node> keep, Node braces)
    {
        if (keep.Count == elements.Length)
        {
            return;
        }

        if (keep.Count == 0)
        {
            Delete(braces.Start + 1, braces.End - 1);
            return;
        }

        var kept = new HashSet<Node>(keep);
        var lastKept = -1;
        for (var i = 0; i < elements.Length; i++)
        {
            if (kept.Contains(elements[i]))
            {
                lastKept = i;
            }
        }

        for (var i = 0; i < lastKept; i++)
        {
            if (!kept.Contains(elements[i]))
            {
                Delete(elements[i].Start, elements[i + 1].Start);
            }
        }

        if (lastKept < elements.Length - 1)
        {
            Delete(elements[lastKept].End, elements[^1].End);
        }
    }

    // Exports.

    private bool PlanExport(ExportDeclaration n)
    {
        if (n.Has(NodeFlags.TypeOnly) && isTypeScript)
        {
            return true;
        }

        if (n.Clause is not NamedExports named || !isTypeScript)
        {
            keepsModuleSyntax = true;
            return false;
        }

        var specifier = n.ModuleSpecifier is { } literal ? file.GetStringValue(literal) : null;
        var keep = new List<ExportSpecifier>();
        foreach (var element in named.Elements)
        {
            if (!element.Has(NodeFlags.TypeOnly) && KeepsExport(element.PropertyName ?? element.Name, specifier))
            {
                keep.Add(element);
            }
        }

        if (keep.Count == 0 && !options.VerbatimModuleSyntax)
        {
            return true;
        }

        keepsModuleSyntax = true;
        DeleteElements(named.Elements, keep, named);
        return false;
    }

    private bool KeepsExport(Expression local, string? specifier)
    {
        var name = local is StringLiteral quoted ? file.GetStringValue(quoted) : file.GetName((Identifier)local);
        return specifier is not null
            ? options.IsTypeOnlyExport?.Invoke(specifier, name) != true
            : !IsLocalType(name);
    }

    private bool IsTypeOnlyDefault(ExportAssignment n) => !n.IsExportEquals && n.Expression is Identifier id && IsLocalType(file.GetName(id));

    /// <summary>The name means a type of this file, or an import that is one, and no value.</summary>
    private bool IsLocalType(string name)
    {
        if (localTypes is null || localValues is null)
        {
            localTypes = new HashSet<string>(StringComparer.Ordinal);
            localValues = new HashSet<string>(StringComparer.Ordinal);
            foreach (var statement in file.Statements)
            {
                CollectMeaning(statement, localTypes, localValues);
            }
        }

        return typeOnlyImports?.Contains(name) == true || (localTypes.Contains(name) && !localValues.Contains(name));
    }

    private void CollectMeaning(Statement statement, HashSet<string> types, HashSet<string> values)
    {
        switch (statement)
        {
            case InterfaceDeclaration n: types.Add(file.GetName(n.Name)); break;
            case TypeAliasDeclaration n: types.Add(file.GetName(n.Name)); break;
            case ClassDeclaration { Name: { } name }: values.Add(file.GetName(name)); break;
            case FunctionDeclaration { Name: { } name }: values.Add(file.GetName(name)); break;
            case EnumDeclaration n: values.Add(file.GetName(n.Name)); break;
            case VariableStatement n:
                foreach (var declaration in n.DeclarationList.Declarations)
                {
                    PatternNames.Collect(file, declaration.Name, values);
                }

                break;
            case ModuleDeclaration { Name: Identifier name } n:
                (Bindings.IsInstantiated(n) ? values : types).Add(file.GetName(name));
                break;
            case ImportEqualsDeclaration n:
                (n.Has(NodeFlags.TypeOnly) ? types : values).Add(file.GetName(n.Name));
                break;
            case ImportDeclaration { Clause: { } clause } n:
                Import(clause.Name, n.Has(NodeFlags.TypeOnly));
                Import((clause.NamedBindings as NamespaceImport)?.Name, n.Has(NodeFlags.TypeOnly));
                if (clause.NamedBindings is NamedImports named)
                {
                    foreach (var element in named.Elements)
                    {
                        Import(element.Name, n.Has(NodeFlags.TypeOnly) || element.Has(NodeFlags.TypeOnly));
                    }
                }

                break;
        }

        void Import(Identifier? name, bool typeOnly)
        {
            if (name is not null)
            {
                (typeOnly ? types : values).Add(file.GetName(name));
            }
        }
    }
}
