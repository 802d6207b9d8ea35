using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Rewriting;

/// <summary>
/// Replaces specifiers inside source text and touches nothing else (publishing.md §5.2). For files that a package keeps as text: JavaScript,
/// declarations, and the TypeScript that source maps point to.
/// </summary>
/// <remarks>
/// Rewritten: imports and exports, import types, <c>declare module "x"</c>, <c>import()</c> and <c>require()</c> of a literal, imports in documentation comments,
/// <c>/// &lt;reference&gt;</c>. Left alone: <c>import.meta.resolve</c>, templates with holes, the pragmas <c>@ts-types</c>, <c>@deno-types</c>, <c>@ts-self-types</c>
/// and <c>@jsxImportSource</c>.
/// </remarks>
public static class SpecifierRewriter
{
    /// <summary>Rewrites a file that parsed without errors.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">Its record.</param>
    /// <param name="use">Who reads the result. Documentation comments and <c>path</c> references are always for the type checker.</param>
    /// <param name="rewrite">Gives the new specifier; null or the same text leaves it as it is.</param>
    /// <returns>The new text; the very same string when nothing changed.</returns>
    public static string Rewrite(SourceFile file, ModuleInfo info, SpecifierUse use, Func<string, SpecifierUse, string?> rewrite)
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

        foreach (var import in info.JsDocImports)
        {
            edits.ReplaceInComment(import.Specifier, rewrite(import.Specifier.Text, SpecifierUse.Types));
        }

        foreach (var reference in info.TypeScriptReferences)
        {
            if (reference.IsPath || use == SpecifierUse.Types)
            {
                edits.ReplaceInComment(reference.Specifier, rewrite(reference.Specifier.Text, SpecifierUse.Types));
            }
            else
            {
                // Code that runs has no use for it, and what it names may not be installed.
                edits.Replace(reference.Comment, "");
            }
        }

        return edits.Apply();
    }
}
