using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Modules;

/// <summary>
/// Finds <c>{import("x").T}</c> and <c>@import { A } from "x"</c> in documentation comments. A pair of braces counts once, by its first import, as
/// the clients read it. Unlike there, <c>@import a, { b } from "x"</c> is seen too.
/// </summary>
internal ref struct JsDocImportScanner(string text, TextSpan inner)
{
    /// <summary>Far more than a resolution mode needs; bounds what is searched for one.</summary>
    private const int MaxAttributesLength = 256;

    private int at = inner.Start;

    /// <summary>No import stands in braces before this offset: keeps a run of braces from being searched again and again.</summary>
    private int fruitlessUntil = inner.Start;

    private int closeSearchedFrom = int.MaxValue;
    private int close = -1;

    public bool TryReadNext(out PragmaValue specifier, out ResolutionMode mode)
    {
        while (at < inner.End)
        {
            var found = text.AsSpan(at, inner.End - at).IndexOfAny('{', '@');
            if (found < 0)
            {
                at = inner.End;
                break;
            }

            at += found;
            if (text[at] == '@' ? TryReadTag(out specifier, out mode) : TryReadBraces(out specifier, out mode))
            {
                return true;
            }

            at++;
        }

        specifier = default;
        mode = default;
        return false;
    }

    private bool TryReadBraces(out PragmaValue specifier, out ResolutionMode mode)
    {
        specifier = default;
        mode = default;
        if (at < fruitlessUntil)
        {
            return false;
        }

        var end = IndexOfClose(at);
        if (end < 0)
        {
            fruitlessUntil = inner.End;
            return false;
        }

        for (var i = at + 1; i < end;)
        {
            var found = text.AsSpan(i, end - i).IndexOf("import", StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            i += found + "import".Length;
            if (TryReadImportCall(i, out specifier, out mode, out var after) && IndexOfClose(after) is var outer and >= 0)
            {
                at = outer + 1;
                return true;
            }
        }

        fruitlessUntil = end;
        return false;
    }

    /// <summary><c>("x")</c> or <c>("x", { with: { "resolution-mode": "import" } })</c>.</summary>
    private bool TryReadImportCall(int start, out PragmaValue specifier, out ResolutionMode mode, out int end)
    {
        mode = default;
        end = SkipWhitespace(start);
        if (!TrySkip("(", ref end) || !TryReadString(ref end, out specifier))
        {
            specifier = default;
            return false;
        }

        if (TrySkip(",", ref end))
        {
            if (!TrySkip("{", ref end) || !TrySkip("with", ref end) || !TrySkip(":", ref end) || !TryReadAttributes(ref end, out mode) || !TrySkip("}", ref end))
            {
                return false;
            }
        }

        return TrySkip(")", ref end);
    }

    /// <summary><c>@import { a } from "x"</c>, <c>@import * as a from "x"</c>, <c>@import a from "x"</c>, each perhaps with attributes.</summary>
    private bool TryReadTag(out PragmaValue specifier, out ResolutionMode mode)
    {
        specifier = default;
        mode = default;
        var i = at;
        if (!text.AsSpan(i, inner.End - i).StartsWith("@import", StringComparison.Ordinal))
        {
            return false;
        }

        i += "@import".Length;
        if (i == (i = SkipWhitespace(i)))
        {
            return false;
        }

        if (TrySkipIdentifier(ref i) ? TrySkip(",", ref i) && !TrySkipNames(ref i) : !TrySkipNames(ref i))
        {
            return false;
        }

        if (!TrySkip("from", ref i) || !TryReadString(ref i, out specifier))
        {
            return false;
        }

        at = i;
        var attributes = i;
        if (TrySkip("with", ref attributes) && TryReadAttributes(ref attributes, out mode))
        {
            at = attributes;
        }

        return true;
    }

    /// <summary><c>{ a, b as c }</c> or <c>* as a</c>.</summary>
    private bool TrySkipNames(ref int i)
    {
        if (TrySkip("*", ref i))
        {
            return TrySkip("as", ref i) && TrySkipIdentifier(ref i);
        }

        var end = i < inner.End && text[i] == '{' ? IndexOfClose(i) : -1;
        i = end < 0 ? i : SkipWhitespace(end + 1);
        return end >= 0;
    }

    /// <summary><c>{ key: "value", … }</c>; only the resolution mode matters.</summary>
    private bool TryReadAttributes(ref int i, out ResolutionMode mode)
    {
        mode = default;
        if (!TrySkip("{", ref i))
        {
            return false;
        }

        var end = IndexOfClose(i);
        if (end < 0 || end - i > MaxAttributesLength)
        {
            return false;
        }

        var body = text.AsSpan(i, end - i);
        var name = body.IndexOf("resolution-mode", StringComparison.Ordinal);
        if (name >= 0)
        {
            var value = body[(name + "resolution-mode".Length)..].TrimStart("\"' \t\r\n:");
            mode = value.StartsWith("import", StringComparison.Ordinal) ? ResolutionMode.Import
                : value.StartsWith("require", StringComparison.Ordinal) ? ResolutionMode.Require
                : ResolutionMode.Unspecified;
        }

        i = SkipWhitespace(end + 1);
        return true;
    }

    private readonly bool TryReadString(ref int i, out PragmaValue value)
    {
        value = default;
        if (i >= inner.End || text[i] is not ('"' or '\''))
        {
            return false;
        }

        var length = text.AsSpan(i + 1, inner.End - i - 1).IndexOfAny(text[i], '\n');
        var close = i + 1 + length;
        if (length < 0 || text[close] == '\n')
        {
            return false;
        }

        value = new PragmaValue(new TextSpan(i + 1, close), new TextSpan(i, close + 1));
        i = SkipWhitespace(close + 1);
        return true;
    }

    private readonly bool TrySkip(string word, ref int i)
    {
        if (i > inner.End || !text.AsSpan(i, inner.End - i).StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        i = SkipWhitespace(i + word.Length);
        return true;
    }

    private readonly bool TrySkipIdentifier(ref int i)
    {
        var start = i;
        while (IsIdentifierPart(i))
        {
            i++;
        }

        var read = i > start;
        i = SkipWhitespace(i);
        return read;
    }

    private readonly bool IsIdentifierPart(int i) => i < inner.End && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$');

    private readonly int SkipWhitespace(int i)
    {
        while (i < inner.End && char.IsWhiteSpace(text[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary>The next closing brace. Remembers the last answer, so that many questions about one far brace cost one search.</summary>
    private int IndexOfClose(int start)
    {
        if (start < closeSearchedFrom || (close >= 0 && start > close))
        {
            var found = start < inner.End ? text.AsSpan(start, inner.End - start).IndexOf('}') : -1;
            closeSearchedFrom = start;
            close = found < 0 ? -1 : start + found;
        }

        return close;
    }
}
