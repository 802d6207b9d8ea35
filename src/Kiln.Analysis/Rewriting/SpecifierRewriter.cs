using System.Globalization;
using System.Text;
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
    /// <param name="use">Who reads the result. Comments are always for the type checker.</param>
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

        foreach (var node in file.ModuleReferences)
        {
            if (AddressOf(node) is { } argument && Changed(ValueOf(file, argument), SpecifierUse.Address) is { } replacement)
            {
                var quote = file.Text[argument.Start];
                edits.Add((new TextSpan(argument.Start, argument.End), quote + Escape(replacement, quote) + quote));
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
                AddCommentEdit(reference.Specifier, SpecifierUse.TypesFile);
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

        edits.AddRange(RewritePragmas(file, info, rewrite));
        return edits.Count == 0 ? file.Text : Apply(file.Text, edits);

        string? Changed(string specifier, SpecifierUse specifierUse) =>
            rewrite(specifier, specifierUse) is { } replacement && replacement != specifier ? replacement : null;

        void AddCommentEdit(SpecifierWithRange specifier, SpecifierUse specifierUse)
        {
            if (CommentEdit(file, specifier, specifierUse, rewrite) is { } edit)
            {
                edits.Add(edit);
            }
        }
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
            if (specifier is not null && CommentEdit(file, specifier, use, rewrite) is { } edit)
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

    private static (TextSpan Span, string Text)? CommentEdit(SourceFile file, SpecifierWithRange specifier, SpecifierUse use, Func<string, SpecifierUse, string?> rewrite)
    {
        if (rewrite(specifier.Text, use) is not { } replacement || replacement == specifier.Text || !IsSafeInComment(replacement))
        {
            return null;
        }

        // A pragma's value may stand without quotes; then nothing may end it early.
        var quote = file.Text[specifier.Span.Start];
        return quote is '"' or '\'' or '`'
            ? (specifier.Span, quote + replacement + quote)
            : replacement.AsSpan().ContainsAny(" \t") || replacement.Length == 0 ? null : (specifier.Span, replacement);
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
