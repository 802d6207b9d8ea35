using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Rewriting;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Imports and exports, and the specifiers in them.</summary>
internal sealed partial class DeclarationWriter
{
    private readonly record struct SpecifierRewrite(int Start, int End, string Text);

    private readonly SpecifierRewrite[] rewrites;

    private SpecifierRewrite[] SpecifierRewrites()
    {
        List<SpecifierRewrite>? found = options.CommentEdits.Count == 0 ? null : [.. options.CommentEdits.Select(edit => new SpecifierRewrite(edit.Span.Start, edit.Span.End, edit.Text))];
        foreach (var node in options.RewriteSpecifier is null ? [] : file.ModuleReferences)
        {
            var literal = node switch
            {
                ImportDeclaration n => n.ModuleSpecifier,
                ExportDeclaration n => n.ModuleSpecifier,
                ImportEqualsDeclaration { Reference: ExternalModuleReference { Expression: StringLiteral specifier } } => specifier,
                ImportType { Argument: LiteralType { Literal: StringLiteral specifier } } => specifier,
                ModuleDeclaration { Name: StringLiteral specifier } => specifier,
                _ => null,
            };
            if (literal is { Length: >= 2 } && file.GetStringValue(literal) is var old && options.RewriteSpecifier!(old) is { } replacement && replacement != old)
            {
                var quote = text[literal.Start];
                (found ??= []).Add(new SpecifierRewrite(literal.Start, literal.End, quote + SpecifierEdits.Escape(replacement, quote) + quote));
            }
        }

        found?.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found?.ToArray() ?? [];
    }

    private int FirstRewriteFrom(int position)
    {
        int low = 0, high = rewrites.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rewrites[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Imports.

    private bool HasPublicBinding(ImportClause clause) =>
        (clause.Name is not null && publicDeclarations.Contains(clause)) || clause.NamedBindings switch
        {
            NamedImports named => Array.Exists(named.Elements, publicDeclarations.Contains),
            { } all => publicDeclarations.Contains(all),
            null => false,
        };

    private void WriteImport(ImportDeclaration n, StatementList list)
    {
        list.HasModuleSyntax = true;
        var clause = n.Clause!;
        var hasName = clause.Name is not null && publicDeclarations.Contains(clause);
        var hasBindings = clause.NamedBindings switch
        {
            NamedImports named => Array.Exists(named.Elements, publicDeclarations.Contains),
            { } all => publicDeclarations.Contains(all),
            null => false,
        };
        if (n.Phase == ImportPhase.Evaluation && hasName == clause.Name is not null && hasBindings == clause.NamedBindings is not null
            && (clause.NamedBindings is not NamedImports { Elements: var elements } || Array.TrueForAll(elements, publicDeclarations.Contains)))
        {
            CopyRange(n.Start, n.ModuleSpecifier.End);
        }
        else
        {
            Write(n.Has(NodeFlags.TypeOnly) ? "import type " : "import ");
            if (hasName)
            {
                Copy(clause.Name!);
                Write(hasBindings ? ", " : "");
            }

            if (hasBindings)
            {
                if (clause.NamedBindings is NamedImports named)
                {
                    WriteSpecifiers(named.Elements);
                }
                else
                {
                    Copy(clause.NamedBindings!);
                }
            }

            Write(" from ");
            Copy(n.ModuleSpecifier);
        }

        WriteAttributes(n.Attributes);
        Write(";");
    }

    private void WriteSpecifiers(Node[] elements)
    {
        Write("{ ");
        var isFirst = true;
        foreach (var element in elements)
        {
            if (publicDeclarations.Contains(element))
            {
                Write(isFirst ? "" : ", ");
                isFirst = false;
                Copy(element);
            }
        }

        Write(" }");
    }

    private void WriteAttributes(ImportAttributes? attributes)
    {
        if (attributes is not null)
        {
            // TypeScript no longer reads `assert`.
            Write(" with ");
            CopyRange(SkipTrivia(attributes.Start + (attributes.IsAssert ? "assert" : "with").Length), attributes.End);
        }
    }

    private void WriteImportEquals(ImportEqualsDeclaration n, StatementList list)
    {
        // An alias makes a module of a file only when it is exported or names another.
        var isExported = n.Modifiers.Has(ModifierFlags.Export);
        list.HasModuleSyntax |= isExported || n.Reference is ExternalModuleReference;
        Write(isExported && !list.DropsExport ? "export " : "");
        CopyRange(Head(n), n.Reference.End);
        Write(";");
    }

    // Exports.

    private void WriteExport(ExportDeclaration n, StatementList list)
    {
        list.HasModuleSyntax = true;
        list.HasMarker = true;
        var specifierEnd = n.ModuleSpecifier?.End;
        if (n.Clause is NamedExports named && !Array.TrueForAll(named.Elements, publicDeclarations.Contains))
        {
            Write(n.Has(NodeFlags.TypeOnly) ? "export type " : "export ");
            WriteSpecifiers(named.Elements);
            if (n.ModuleSpecifier is { } specifier)
            {
                Write(" from ");
                Copy(specifier);
            }
        }
        else
        {
            CopyRange(n.Start, specifierEnd ?? n.Clause?.End ?? n.End);
        }

        WriteAttributes(n.Attributes);
        Write(";");
    }

    private void WriteExportAssignment(ExportAssignment n, StatementList list)
    {
        list.HasModuleSyntax = true;
        list.HasMarker = true;
        var expression = n.Expression;
        if (!n.IsExportEquals && !rules.AcceptsDefault(expression))
        {
            Report(FastCheckMessages.UnsupportedDefaultExportExpr(n.Start, n.End));
        }

        var export = n.IsExportEquals ? "export = " : "export default ";
        if (TypeInference.Unwrap(expression) is Identifier name && (n.IsExportEquals || inference.IsVisible(name)))
        {
            Write(export);
            Copy(name);
            Write(";");
            return;
        }

        var local = inference.FreeName("_default");
        Write(list.IsAmbient ? "const " : "declare const ");
        Write(local);
        WriteVariableType(inference.TypeOfDefault(expression), isConst: false);
        Write(";");
        EndLine();
        Indent();
        Write(export);
        Write(local);
        Write(";");
    }
}
