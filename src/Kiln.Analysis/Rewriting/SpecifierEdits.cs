using System.Globalization;
using System.Text;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Rewriting;

/// <summary>Changes of specifiers inside one source text, in any order; nothing else of the text is touched.</summary>
public sealed class SpecifierEdits(string text)
{
    private readonly List<(TextSpan Span, string Text)> edits = [];

    public bool IsEmpty => edits.Count == 0;

    /// <summary>Replaces a string literal or a template without holes.</summary>
    /// <param name="literal">With its quotes or backticks.</param>
    /// <param name="current">Its value.</param>
    /// <param name="replacement">The new value; null or the same value changes nothing.</param>
    public void ReplaceLiteral(TextSpan literal, string current, string? replacement)
    {
        if (replacement is not null && replacement != current)
        {
            var quote = text[literal.Start];
            edits.Add((literal, quote + Escape(replacement, quote) + quote));
        }
    }

    /// <summary>Replaces a part of a literal, which keeps its quotes.</summary>
    /// <param name="part">A part of the literal that has no escapes.</param>
    /// <param name="quote">What encloses the literal.</param>
    public void ReplacePart(TextSpan part, char quote, string replacement) => edits.Add((part, Escape(replacement, quote)));

    /// <summary>Replaces a specifier in a comment, where it has its quotes. A value that would end the comment or the quotes is not written.</summary>
    public void ReplaceInComment(SpecifierWithRange specifier, string? replacement)
    {
        if (InComment(text, specifier, replacement) is { } edit)
        {
            edits.Add(edit);
        }
    }

    /// <summary>The change that <see cref="ReplaceInComment"/> makes, or null.</summary>
    public static (TextSpan Span, string Text)? InComment(string text, SpecifierWithRange specifier, string? replacement)
    {
        ArgumentNullException.ThrowIfNull(specifier);
        ArgumentNullException.ThrowIfNull(text);
        if (replacement is null || replacement == specifier.Text || !IsSafeInComment(replacement))
        {
            return null;
        }

        // A pragma's value may stand without quotes; then nothing may end it early.
        var quote = text[specifier.Span.Start];
        return quote is '"' or '\'' or '`'
            ? (specifier.Span, quote + replacement + quote)
            : replacement.AsSpan().ContainsAny(" \t") || replacement.Length == 0 ? null : (specifier.Span, replacement);
    }

    public void Replace(TextSpan span, string replacement) => edits.Add((span, replacement));

    /// <summary>In front of whatever else changes there.</summary>
    public void Insert(int position, string inserted) => edits.Add((new TextSpan(position, position), inserted));

    /// <summary>The new text; the very same string when nothing changed.</summary>
    public string Apply() => Rewritten().Text;

    /// <summary>The new text, and where the places of the old one are in it.</summary>
    public RewrittenSource Rewritten() => new(text, [.. edits.OrderBy(e => e.Span.Start)]);

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

    /// <summary>Comments have no escapes.</summary>
    public static bool IsSafeInComment(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in value)
        {
            if (c is '"' or '\'' or '`' or '\u2028' or '\u2029' || char.IsControl(c))
            {
                return false;
            }
        }

        return !value.Contains("*/", StringComparison.Ordinal) && !value.EndsWith('*');
    }
}
