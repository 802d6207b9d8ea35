using System.Globalization;
using System.Text;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Text;

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
        var edits = new List<(TextSpan Span, string Text)>();
        foreach (var dependency in info.Dependencies)
        {
            if (dependency.Specifier is { } specifier && Changed(specifier, use) is { } replacement)
            {
                var quote = file.Text[dependency.Span.Start];
                edits.Add((dependency.Span, quote + Escape(replacement, quote) + quote));
            }
        }

        foreach (var import in info.JsDocImports)
        {
            AddCommentEdit(import.Specifier, SpecifierUse.Types);
        }

        foreach (var reference in info.TypeScriptReferences)
        {
            if (reference.IsPath)
            {
                AddCommentEdit(reference.Specifier, SpecifierUse.Types);
            }
            else if (use == SpecifierUse.Types)
            {
                AddCommentEdit(reference.Specifier, use);
            }
            else
            {
                // Code that runs has no use for it, and what it names may not be installed.
                edits.Add((reference.Comment, ""));
            }
        }

        return edits.Count == 0 ? file.Text : Apply(file.Text, edits);

        string? Changed(string specifier, SpecifierUse specifierUse) =>
            rewrite(specifier, specifierUse) is { } replacement && replacement != specifier ? replacement : null;

        void AddCommentEdit(SpecifierWithRange specifier, SpecifierUse specifierUse)
        {
            if (Changed(specifier.Text, specifierUse) is { } replacement && IsSafeInComment(replacement))
            {
                var quote = file.Text[specifier.Span.Start];
                edits.Add((specifier.Span, quote + replacement + quote));
            }
        }
    }

    /// <summary>The text between quotes (or backticks) that evaluates to <paramref name="value"/>.</summary>
    public static string Escape(string value, char quote)
    {
        ArgumentNullException.ThrowIfNull(value);
        StringBuilder? result = null;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var escaped = c switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '$' when quote == '`' && i + 1 < value.Length && value[i + 1] == '{' => "\\$",
                _ when c == quote => "\\" + c,
                < ' ' or '\u007f' or '\u2028' or '\u2029' => Unicode(c),
                _ when char.IsSurrogate(c) && !IsPaired(value, i) => Unicode(c),
                _ => null,
            };
            if (escaped is not null)
            {
                result ??= new StringBuilder(value, 0, i, value.Length + 8);
                result.Append(escaped);
            }
            else
            {
                result?.Append(c);
            }
        }

        return result?.ToString() ?? value;
    }

    private static string Unicode(char c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture);

    private static bool IsPaired(string value, int i) => char.IsHighSurrogate(value[i])
        ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
        : i > 0 && char.IsHighSurrogate(value[i - 1]);

    /// <summary>Comments have no escapes: a value that would end the comment or its quotes is not written.</summary>
    private static bool IsSafeInComment(string value)
    {
        foreach (var c in value)
        {
            if (c is '"' or '\'' or '`' or '\u2028' or '\u2029' || char.IsControl(c))
            {
                return false;
            }
        }

        return !value.Contains("*/", StringComparison.Ordinal) && !value.EndsWith('*');
    }

    private static string Apply(string text, List<(TextSpan Span, string Text)> edits)
    {
        // Stable by position; a nested edit (a require inside the argument of another) cannot overlap, for only literals are replaced.
        edits.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var result = new StringBuilder(text.Length + 64);
        var at = 0;
        foreach (var (span, replacement) in edits)
        {
            if (span.Start < at)
            {
                continue;
            }

            result.Append(text, at, span.Start - at).Append(replacement);
            at = span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
