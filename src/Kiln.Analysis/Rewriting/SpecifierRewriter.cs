using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Rewriting;

/// <summary>
/// Replaces specifiers inside source text and touches nothing else (publishing.md §5.2). For files that a package keeps as text: JavaScript,
/// declarations, and the TypeScript that source maps point to.
/// </summary>
/// <remarks>
/// Rewritten: imports and exports, import types, <c>declare module "x"</c>, <c>import()</c>, <c>require()</c> and <c>import.meta.resolve()</c> of a literal, imports in
/// documentation comments, <c>/// &lt;reference&gt;</c>, the pragmas <c>@ts-types</c>, <c>@deno-types</c>, <c>@ts-self-types</c> and <c>@jsxImportSource</c>. Left alone:
/// templates with holes and everything else that only running the code could tell. (The reference leaves <c>import.meta.resolve</c> and the pragmas alone.)
/// </remarks>
public static class SpecifierRewriter
{
    /// <summary>Rewrites a file that parsed without errors.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">Its record.</param>
    /// <param name="use">Who reads the result. Documentation comments and <c>path</c> references are always for the type checker.</param>
    /// <param name="rewrite">Gives the new specifier; null or the same text leaves it as it is.</param>
    /// <returns>The new text; the very same string when nothing changed.</returns>
    public static string Rewrite(SourceFile file, ModuleInfo info, SpecifierUse use, Func<string, SpecifierUse, string?> rewrite) => RewriteSource(file, info, use, rewrite).Text;

    /// <summary>The same, for who also makes maps that lead into the new text.</summary>
    public static RewrittenSource RewriteSource(SourceFile file, ModuleInfo info, SpecifierUse use, Func<string, SpecifierUse, string?> rewrite)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(rewrite);
        var edits = new SpecifierEdits(file.Text);
        foreach (var dependency in info.Dependencies)
        {
            if (dependency.Specifier is { } specifier)
            {
                edits.ReplaceLiteral(dependency.Span, specifier, rewrite(specifier, use));
            }
        }

        foreach (var node in file.ModuleReferences)
        {
            if (AddressOf(node) is { } argument)
            {
                var value = ValueOf(file, argument);
                edits.ReplaceLiteral(new TextSpan(argument.Start, argument.End), value, rewrite(value, SpecifierUse.Address));
            }
        }

        foreach (var import in info.JsDocImports)
        {
            edits.ReplaceInComment(import.Specifier, rewrite(import.Specifier.Text, SpecifierUse.Types));
        }

        foreach (var reference in info.TypeScriptReferences)
        {
            if (reference.IsPath || use == SpecifierUse.Types)
            {
                edits.ReplaceInComment(reference.Specifier, rewrite(reference.Specifier.Text, reference.IsPath ? SpecifierUse.TypesFile : SpecifierUse.Types));
            }
            else
            {
                // Code that runs has no use for it, and what it names may not be installed.
                edits.Replace(reference.Comment, "");
            }
        }

        foreach (var (span, replacement) in RewritePragmas(file, info, rewrite))
        {
            edits.Replace(span, replacement);
        }

        return edits.Rewritten();
    }

    /// <summary>The changes inside pragmas, for who copies comments: spans of <paramref name="file"/> and their new text, ordered by nothing.</summary>
    public static IReadOnlyList<(TextSpan Span, string Text)> RewritePragmas(SourceFile file, ModuleInfo info, Func<string, SpecifierUse, string?> rewrite)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(rewrite);
        var edits = new List<(TextSpan, string)>();
        foreach (var dependency in info.Dependencies)
        {
            Add(dependency.Types, SpecifierUse.TypesFile);
        }

        Add(info.SelfTypes, SpecifierUse.TypesFile);
        Add(info.JsxImportSource, SpecifierUse.JsxImportSource);
        Add(info.JsxImportSourceTypes, SpecifierUse.JsxImportSource);
        return edits;

        void Add(SpecifierWithRange? specifier, SpecifierUse use)
        {
            if (specifier is not null && SpecifierEdits.InComment(file.Text, specifier, rewrite(specifier.Text, use)) is { } edit)
            {
                edits.Add(edit);
            }
        }
    }

    /// <summary>The literal that a node of <see cref="SourceFile.ModuleReferences"/> hands to <c>import.meta.resolve</c>, or null.</summary>
    internal static Expression? AddressOf(Node node) =>
        node is CallExpression { Expression: PropertyAccessExpression { Expression: MetaProperty }, Arguments: [var first, ..] } && IsLiteral(first) ? first : null;

    /// <summary>A string, or a template without holes.</summary>
    internal static bool IsLiteral(Expression expression) => expression is StringLiteral { Length: > 1 } or Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral };

    internal static string ValueOf(SourceFile file, Expression literal) =>
        literal is StringLiteral text ? file.GetStringValue(text) : StringValue.Decode(file.GetSlice(literal)[1..^1]);
}
