using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Modules;

/// <summary>A value in a comment: its own span, and the span with quotes (the same for a value without quotes).</summary>
internal readonly record struct PragmaValue(TextSpan Value, TextSpan Range);

/// <summary>Reads the pragmas that comments may hold. All positions are offsets in the file. Names are compared without regard to ASCII case.</summary>
/// <remarks>Hand-written and linear: these forms are usually read with regular expressions that backtrack.</remarks>
internal static class CommentPragmas
{
    /// <summary>The text between the delimiters of a comment.</summary>
    public static TextSpan GetInner(string text, Comment comment)
    {
        if (comment.Kind is CommentKind.Line or CommentKind.Shebang)
        {
            return new TextSpan(comment.Start + 2, comment.End);
        }

        var closed = comment.End - comment.Start >= 4 && text.AsSpan(comment.Start, comment.End - comment.Start).EndsWith("*/", StringComparison.Ordinal);
        return new TextSpan(comment.Start + 2, closed ? comment.End - 2 : comment.End);
    }

    /// <summary><c>@ts-types="x"</c>, <c>@deno-types="x"</c> and, for the older name only, <c>@deno-types=x</c>, at the start of the comment.</summary>
    public static bool TryReadTypes(string text, TextSpan inner, out PragmaValue value)
    {
        var cursor = new Cursor(text, inner);
        cursor.SkipWhitespace();
        if (cursor.TrySkip("@ts-types"))
        {
            return cursor.TrySkipEquals() && cursor.TryReadQuoted(allowEmpty: false, out value) || Fail(out value);
        }

        if (!cursor.TrySkip("@deno-types") || !cursor.TrySkipEquals())
        {
            return Fail(out value);
        }

        return cursor.TryReadQuoted(allowEmpty: false, out value) || cursor.TryReadWord(out value);
    }

    /// <summary><c>@ts-self-types="x"</c> at the start of the comment.</summary>
    public static bool TryReadSelfTypes(string text, TextSpan inner, out PragmaValue value)
    {
        var cursor = new Cursor(text, inner);
        cursor.SkipWhitespace();
        return cursor.TrySkip("@ts-self-types") && cursor.TrySkipEquals() && cursor.TryReadQuoted(allowEmpty: false, out value) || Fail(out value);
    }

    /// <summary><c>@jsxImportSource x</c> (the name is given), first in a block comment, stars aside.</summary>
    public static bool TryReadJsx(string text, TextSpan inner, string name, out PragmaValue value)
    {
        var cursor = new Cursor(text, inner);
        cursor.SkipWhitespaceAndStars();
        return cursor.TrySkip(name) && cursor.SkipWhitespace() > 0 && cursor.TryReadWord(out value) || Fail(out value);
    }

    /// <summary><c># sourceMappingURL=x</c> or with <c>@</c>.</summary>
    public static bool TryReadSourceMapUrl(string text, TextSpan inner, out PragmaValue value)
    {
        var cursor = new Cursor(text, inner);
        if (!cursor.TrySkip("#") && !cursor.TrySkip("@"))
        {
            return Fail(out value);
        }

        cursor.SkipWhitespace();
        return cursor.TrySkip("sourceMappingURL") && cursor.TrySkipEquals() && cursor.TryReadWord(out value) || Fail(out value);
    }

    /// <summary>The inner text of a line comment is <c>/ &lt;reference … /&gt;</c>.</summary>
    public static bool IsTripleSlashReference(string text, TextSpan inner)
    {
        var cursor = new Cursor(text, inner);
        if (!cursor.TrySkip("/"))
        {
            return false;
        }

        cursor.SkipWhitespace();
        return cursor.TrySkip("<reference") && cursor.SkipWhitespace() > 0 && cursor.Rest.Contains("/>", StringComparison.Ordinal);
    }

    /// <summary>The first <c>name="value"</c> after whitespace.</summary>
    public static bool TryReadAttribute(string text, TextSpan inner, string name, out PragmaValue value)
    {
        var at = inner.Start;
        while (at < inner.End)
        {
            var found = text.AsSpan(at, inner.End - at).IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                break;
            }

            at += found + name.Length;
            var start = at - name.Length;
            var cursor = new Cursor(text, new TextSpan(at, inner.End));
            if (start > inner.Start && char.IsWhiteSpace(text[start - 1]) && cursor.TrySkipEquals() && cursor.TryReadQuoted(allowEmpty: true, out value))
            {
                return true;
            }
        }

        return Fail(out value);
    }

    private static bool Fail(out PragmaValue value)
    {
        value = default;
        return false;
    }

    private ref struct Cursor(string text, TextSpan inner)
    {
        private int at = inner.Start;
        private readonly int end = inner.End;

        public readonly ReadOnlySpan<char> Rest => at < end ? text.AsSpan(at, end - at) : default;

        public int SkipWhitespace()
        {
            var rest = Rest;
            var skipped = rest.Length - rest.TrimStart().Length;
            at += skipped;
            return skipped;
        }

        public void SkipWhitespaceAndStars()
        {
            while (at < end && (text[at] == '*' || char.IsWhiteSpace(text[at])))
            {
                at++;
            }
        }

        public bool TrySkip(string word)
        {
            if (!Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            at += word.Length;
            return true;
        }

        public bool TrySkipEquals()
        {
            SkipWhitespace();
            if (!TrySkip("="))
            {
                return false;
            }

            SkipWhitespace();
            return true;
        }

        /// <summary>Either quote may close either: that is how the clients read it.</summary>
        public bool TryReadQuoted(bool allowEmpty, out PragmaValue value)
        {
            var rest = Rest;
            var close = rest.Length > 0 && rest[0] is '"' or '\'' ? rest[1..].IndexOfAny('"', '\'') : -1;
            if (close < 0 || (close == 0 && !allowEmpty))
            {
                return Fail(out value);
            }

            value = new PragmaValue(new TextSpan(at + 1, at + 1 + close), new TextSpan(at, at + close + 2));
            at += close + 2;
            return true;
        }

        public bool TryReadWord(out PragmaValue value)
        {
            var start = at;
            while (at < end && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var span = new TextSpan(start, at);
            value = new PragmaValue(span, span);
            return span.Length > 0;
        }
    }
}
