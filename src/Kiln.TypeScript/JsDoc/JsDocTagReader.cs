using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>Reads the text of one tag, from its <c>@</c> to the next tag, as documentation generators of the wire format read it.</summary>
/// <remarks>
/// Those read with regular expressions, and their corner cases show: a flag matches by prefix; a type ends at the first closing brace, except for what
/// is returned or thrown; a rest of two or more blank lines is a description of one LF. All of that is kept, without backtracking.
/// </remarks>
internal ref struct JsDocTagReader
{
    private readonly ReadOnlySpan<char> value;
    private readonly TextSpan span;
    private JsDocTagPositions positions;
    private JsDocText tagName;

    /// <param name="value">The tag's text; lines end with LF.</param>
    /// <param name="positions">At the tag's first line.</param>
    /// <param name="span">The tag in the file.</param>
    public JsDocTagReader(ReadOnlySpan<char> value, JsDocTagPositions positions, TextSpan span)
    {
        this.value = value;
        this.span = span;
        this.positions = positions;
    }

    /// <param name="description">The text of <c>@description</c>; there is no tag then.</param>
    public JsDocTag? Read(out string? description)
    {
        description = null;
        var nameEnd = 1;
        while (nameEnd < value.Length && !char.IsWhiteSpace(value[nameEnd]) && (nameEnd == 1 || value[nameEnd] is not ('{' or '}')))
        {
            nameEnd++;
        }

        tagName = positions.Locate(value, 1, nameEnd);
        var wordEnd = 1;
        while (wordEnd < value.Length && char.IsAsciiLetter(value[wordEnd]))
        {
            wordEnd++;
        }

        var word = value[1..wordEnd];
        if (FindFlag(word) is { } flag)
        {
            return Tag(flag);
        }

        // These two match by prefix too, and then look for more.
        if (word.StartsWith("deprecated", StringComparison.Ordinal))
        {
            return Tag(JsDocTagKind.Deprecated, description: ReadRest(1 + "deprecated".Length));
        }

        if (word.StartsWith("module", StringComparison.Ordinal))
        {
            return ReadModule(1 + "module".Length);
        }

        if (word is "return" or "returns" or "throws" or "exception")
        {
            return StartsWithWordCharacter(wordEnd) ? Unsupported() : ReadResult(word[0] == 'r' ? JsDocTagKind.Returns : JsDocTagKind.Throws, wordEnd);
        }

        if (word is "description" && (wordEnd == value.Length || char.IsWhiteSpace(value[wordEnd])))
        {
            description = ReadRest(wordEnd);
            return null;
        }

        return ReadOther(word, wordEnd) ?? Unsupported();
    }

    private static JsDocTagKind? FindFlag(ReadOnlySpan<char> word) => word switch
    {
        _ when word.StartsWith("constructor", StringComparison.Ordinal) || word.StartsWith("class", StringComparison.Ordinal) => JsDocTagKind.Constructor,
        _ when word.StartsWith("experimental", StringComparison.Ordinal) => JsDocTagKind.Experimental,
        _ when word.StartsWith("ignore", StringComparison.Ordinal) => JsDocTagKind.Ignore,
        _ when word.StartsWith("internal", StringComparison.Ordinal) => JsDocTagKind.Internal,
        _ when word.StartsWith("private", StringComparison.Ordinal) => JsDocTagKind.Private,
        _ when word.StartsWith("protected", StringComparison.Ordinal) => JsDocTagKind.Protected,
        _ when word.StartsWith("public", StringComparison.Ordinal) => JsDocTagKind.Public,
        _ when word.StartsWith("readonly", StringComparison.Ordinal) => JsDocTagKind.Readonly,
        _ => null,
    };

    private JsDocTag? ReadOther(ReadOnlySpan<char> word, int at)
    {
        switch (word)
        {
            case "category" or "group": return ReadText(JsDocTagKind.Category, at);
            case "example": return ReadText(JsDocTagKind.Example, at);
            case "see": return ReadText(JsDocTagKind.See, at);
            case "since": return ReadText(JsDocTagKind.Since, at);
            case "summary": return ReadText(JsDocTagKind.Summary, at);
            case "tags": return ReadTags(at);
            case "priority": return ReadPriority(at);
            case "callback": return ReadNamed(JsDocTagKind.Callback, at);
            case "event": return ReadNamed(JsDocTagKind.Event, at);
            case "fires" or "emits": return ReadNamed(JsDocTagKind.Fires, at);
            case "listens": return ReadNamed(JsDocTagKind.Listens, at);
            case "template" or "typeparam" or "typeParam": return ReadNamed(JsDocTagKind.Template, at);
            case "property" or "prop": return ReadTyped(JsDocTagKind.Property, at, named: true);
            case "typedef": return ReadTyped(JsDocTagKind.Typedef, at, named: true);
            case "enum": return ReadTyped(JsDocTagKind.Enum, at, named: false);
            case "extends" or "augments": return ReadTyped(JsDocTagKind.Extends, at, named: false);
            case "this": return ReadTyped(JsDocTagKind.This, at, named: false);
            case "type": return ReadTyped(JsDocTagKind.Type, at, named: false);
            case "default": return ReadDefault(at);
            case "param" or "arg" or "argument": return ReadParam(at);
            default: return null;
        }
    }

    private readonly JsDocTag Tag(JsDocTagKind kind, JsDocText? type = null, JsDocText? name = null, string? description = null) =>
        new() { Kind = kind, Span = span, TagName = tagName, Type = type, Name = name, Description = description };

    private readonly JsDocTag Unsupported() => Tag(JsDocTagKind.Unsupported, description: value.ToString());

    private readonly JsDocTag? ReadText(JsDocTagKind kind, int at) => ReadRest(at) is { } text ? Tag(kind, description: text) : null;

    private readonly JsDocTag? ReadTags(int at)
    {
        if (ReadRest(at) is not { } text)
        {
            return null;
        }

        var items = text.Split(',', StringSplitOptions.TrimEntries);
        return new JsDocTag { Kind = JsDocTagKind.Tags, Span = span, TagName = tagName, Items = ImmutableArray.Create(items) };
    }

    // The last character is looked at because the parser of numbers forgives NUL behind them.
    private readonly JsDocTag? ReadPriority(int at) =>
        ReadRest(at) is { } text && char.IsAsciiDigit(text[^1]) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? new JsDocTag { Kind = JsDocTagKind.Priority, Span = span, TagName = tagName, Priority = number }
        : null;

    private JsDocTag ReadModule(int at)
    {
        var start = FindRest(at);
        return Tag(JsDocTagKind.Module, name: start < value.Length ? positions.Locate(value, start, value.Length) : null);
    }

    private JsDocTag? ReadNamed(JsDocTagKind kind, int at)
    {
        var start = SkipWhiteSpace(at);
        var end = FindNameEnd(start);
        return start > at && end > start ? Tag(kind, name: positions.Locate(value, start, end), description: ReadRest(end, dash: true)) : null;
    }

    private JsDocTag? ReadTyped(JsDocTagKind kind, int at, bool named)
    {
        if (!TryReadBraces(ref at, out var typeStart, out var typeEnd))
        {
            return null;
        }

        var start = SkipWhiteSpace(at);
        var end = FindNameEnd(start);
        if (named && (start == at || end == start))
        {
            return null;
        }

        var type = positions.Locate(value, typeStart, typeEnd);
        return named ? Tag(kind, type, positions.Locate(value, start, end), ReadRest(end, dash: true)) : Tag(kind, type, description: ReadRest(at));
    }

    private JsDocTag? ReadDefault(int at) => TryReadBraces(ref at, out var start, out var end)
        ? new JsDocTag { Kind = JsDocTagKind.Default, Span = span, TagName = tagName, Default = positions.Locate(value, start, end), Description = ReadRest(at) }
        : null;

    private JsDocTag? ReadParam(int at)
    {
        var typed = TryReadBraces(ref at, out var typeStart, out var typeEnd);
        var start = SkipWhiteSpace(at);
        var end = FindNameEnd(start);
        var (isOptional, defaultStart, defaultEnd, after) = (false, 0, 0, end);
        if (start == at || (end == start && !TryReadBrackets(ref start, out end, out isOptional, out defaultStart, out defaultEnd, out after)))
        {
            return null;
        }

        return new JsDocTag
        {
            Kind = JsDocTagKind.Param,
            Span = span,
            TagName = tagName,
            Type = typed ? positions.Locate(value, typeStart, typeEnd) : null,
            Name = positions.Locate(value, start, end),
            Default = defaultEnd > defaultStart ? positions.Locate(value, defaultStart, defaultEnd) : null,
            IsOptional = isOptional,
            Description = ReadRest(after, dash: true),
        };
    }

    /// <summary>Braces count here, quotes do not. An unclosed brace is text.</summary>
    private JsDocTag ReadResult(JsDocTagKind kind, int at)
    {
        var start = SkipWhiteSpace(at);
        JsDocText? type = null;
        if (start < value.Length && value[start] == '{' && FindClosingBrace(start) is var close and >= 0)
        {
            type = positions.Locate(value, start + 1, close);
            start = SkipWhiteSpace(close + 1);
        }

        return Tag(kind, type, description: start < value.Length ? value[start..].ToString() : null);
    }

    private readonly int FindClosingBrace(int open)
    {
        var depth = 0;
        for (var at = open; ; at++)
        {
            var found = value[at..].IndexOfAny('{', '}');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            depth += value[at] == '{' ? 1 : -1;
            if (depth == 0)
            {
                return at;
            }
        }
    }

    /// <summary>White space and <c>{…}</c> up to the first closing brace, not empty.</summary>
    private readonly bool TryReadBraces(ref int at, out int start, out int end)
    {
        start = SkipWhiteSpace(at) + 1;
        end = start;
        if (start - 1 == at || start > value.Length || value[start - 1] != '{')
        {
            return false;
        }

        var length = value[start..].IndexOf('}');
        if (length <= 0)
        {
            return false;
        }

        end = start + length;
        at = end + 1;
        return true;
    }

    /// <summary><c>[name]</c> or <c>[name = default]</c>, up to the first closing bracket. The first equals sign ends the name, unless it stands before the bracket.</summary>
    private readonly bool TryReadBrackets(ref int start, out int end, out bool isOptional, out int defaultStart, out int defaultEnd, out int after)
    {
        (end, isOptional, defaultStart, defaultEnd, after) = (start, false, 0, 0, start);
        if (start >= value.Length || value[start] != '[')
        {
            return false;
        }

        var length = value[start..].IndexOf(']');
        if (length < 2 || !IsNameStart(value[start + 1]))
        {
            return false;
        }

        start++;
        var close = start - 1 + length;
        after = close + 1;
        end = start;
        while (end < close && value[end] != '=' && !char.IsWhiteSpace(value[end]))
        {
            end++;
        }

        var equals = SkipWhiteSpace(end);
        if (equals + 1 < close && value[equals] == '=')
        {
            // Of a default of nothing but white space the last character is left.
            (defaultStart, defaultEnd) = (Math.Min(SkipWhiteSpace(equals + 1), close - 1), close);
            return true;
        }

        isOptional = true;
        if (end == close || equals + 1 != close || equals != end)
        {
            return end == close;
        }

        end = close;
        return true;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$';

    /// <summary>The end of a name that starts here; the same place when none does.</summary>
    private readonly int FindNameEnd(int start)
    {
        if (start >= value.Length || !IsNameStart(value[start]))
        {
            return start;
        }

        var end = start + 1;
        while (end < value.Length && !char.IsWhiteSpace(value[end]))
        {
            end++;
        }

        return end;
    }

    private readonly int SkipWhiteSpace(int at) => at + (value[at..].Length - value[at..].TrimStart().Length);

    private readonly string? ReadRest(int at, bool dash = false)
    {
        var start = FindRest(at);
        if (dash && start < value.Length && value[start] == '-' && FindRest(start + 1) is var text && text < value.Length)
        {
            start = text;
        }

        return start < value.Length ? value[start..].ToString() : null;
    }

    /// <summary>The start of the text behind white space, or the end when there is no white space or no text. White space alone, if more than one character, gives its last character as text.</summary>
    private readonly int FindRest(int at)
    {
        var start = SkipWhiteSpace(at);
        return start == at ? value.Length
            : start < value.Length ? start
            : start - at >= 2 ? start - 1 : start;
    }

    /// <summary>What continues a word: letters, marks, digits and connectors.</summary>
    private readonly bool StartsWithWordCharacter(int at)
    {
        if (at == value.Length || Rune.DecodeFromUtf16(value[at..], out var rune, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
    }
}
