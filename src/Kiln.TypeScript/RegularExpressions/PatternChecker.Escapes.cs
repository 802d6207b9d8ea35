using System.Globalization;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

/// <content>Everything that starts with a backslash.</content>
internal ref partial struct PatternChecker
{
    /// <summary>The value of what stands for more than one character, such as <c>\d</c>.</summary>
    private const int IsSet = -1;

    /// <summary>An escape outside classes: AtomEscape, or the assertions <c>\b</c> and <c>\B</c>.</summary>
    private bool ReadAtomEscape()
    {
        switch (At(at + 1))
        {
            case 'b' or 'B':
                at += 2;
                isRepeatable = false;
                return true;
            case 'k':
                return ReadNamedReference();
            case >= '1' and <= '9' when isUnicode:
                NoteBackreference(at);
                return true;
            default:
                isRepeatable = true;
                return ReadEscape(inClass: false, out _);
        }
    }

    /// <summary>
    /// CharacterClassEscape and CharacterEscape. <paramref name="value"/> is the character that a range would have as its end, or
    /// <see cref="IsSet"/>.
    /// </summary>
    private bool ReadEscape(bool inClass, out int value)
    {
        var start = at;
        var c = At(start + 1);
        value = c;
        at = start + 2;
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                value = IsSet;
                return true;
            case 'p' or 'P' when isUnicode:
                value = IsSet;
                return ReadPropertyEscape(start);
            case 'f' or 'n' or 'r' or 't' or 'v':
                value = c switch { 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => '\v' };
                return true;
            case 'b' when inClass:
                value = '\b';
                return true;
            case 'c':
                return ReadControlEscape(start, inClass, ref value);
            case 'x':
                return ReadHexEscape(start, ref value);
            case 'u':
                return ReadUnicodeEscape(start, ref value);
            case >= '0' and <= '9':
                return ReadDecimalEscape(start, inClass, ref value);
            default:
                return ReadIdentityEscape(start, inClass, ref value);
        }
    }

    private bool ReadControlEscape(int start, bool inClass, ref int value)
    {
        var letter = At(start + 2);
        if (char.IsAsciiLetter(letter) || (inClass && !isUnicode && CharacterFacts.IsAsciiPart(letter) && letter != '$'))
        {
            value = letter % 32;
            at = start + 3;
            return true;
        }

        if (isUnicode)
        {
            return Fail(DiagnosticCodes.ControlLetterExpected, start, start + 2);
        }

        // Annex B.1.2: the backslash stands for itself, and the c is the next character.
        value = '\\';
        at = start + 1;
        return true;
    }

    private bool ReadHexEscape(int start, ref int value)
    {
        if (CharacterFacts.IsHexDigit(At(start + 2)) && CharacterFacts.IsHexDigit(At(start + 3)))
        {
            value = (CharacterFacts.HexValue(text[start + 2]) * 16) + CharacterFacts.HexValue(text[start + 3]);
            at = start + 4;
            return true;
        }

        return !isUnicode || FailHexDigitExpected(start + 2);
    }

    private bool ReadUnicodeEscape(int start, ref int value)
    {
        if (!isUnicode)
        {
            // Without u and v there are no braces and no pairs: \u{2} is the letter u twice.
            var position = start;
            if (At(start + 2) != '{' && StringValue.TryReadUnicodeEscape(text, ref position, out var unit))
            {
                value = unit;
                at = position;
            }

            return true;
        }

        at = start;
        return TryReadUnicodeEscape(text, ref at, out value) || FailUnicodeEscape(start);
    }

    /// <summary>RegExpUnicodeEscapeSequence of the strict grammar: braces, four digits, or two halves of a surrogate pair.</summary>
    private static bool TryReadUnicodeEscape(ReadOnlySpan<char> text, ref int position, out int value)
    {
        var start = position;
        if (!StringValue.TryReadUnicodeEscape(text, ref position, out value))
        {
            return false;
        }

        var second = position;
        if (value is >= 0xD800 and <= 0xDBFF && position == start + 6 && text[start + 2] != '{' && text[second..] is ['\\', 'u', not '{', ..]
            && StringValue.TryReadUnicodeEscape(text, ref second, out var trail) && trail is >= 0xDC00 and <= 0xDFFF)
        {
            position = second;
            value = char.ConvertToUtf32((char)value, (char)trail);
        }

        return true;
    }

    private bool FailUnicodeEscape(int start)
    {
        if (At(start + 2) != '{')
        {
            return FailHexDigitExpected(start + 2);
        }

        var first = start + 3;
        var end = first;
        while (CharacterFacts.IsHexDigit(At(end)))
        {
            end++;
        }

        return end == first ? FailHexDigitExpected(first)
            : At(end) == '}' ? Fail(DiagnosticCodes.UnicodeEscapeRange, first, end)
            : Fail(end == text.Length ? DiagnosticCodes.UnexpectedEndOfText : DiagnosticCodes.UnterminatedUnicodeEscape, end, end);
    }

    private bool FailHexDigitExpected(int position)
    {
        while (CharacterFacts.IsHexDigit(At(position)))
        {
            position++;
        }

        return Fail(DiagnosticCodes.HexadecimalDigitExpected, position, position);
    }

    /// <summary><c>\0</c>, and of annex B the legacy octal escapes and <c>\8</c>. With u or v backreferences outside classes have been taken before.</summary>
    private bool ReadDecimalEscape(int start, bool inClass, ref int value)
    {
        var c = At(start + 1);
        if (c == '0' && !CharacterFacts.IsDigit(At(start + 2)))
        {
            value = 0;
            return true;
        }

        var end = start + 1;
        var octal = 0;
        for (var most = end + (c <= '3' ? 3 : 2); end < most && At(end) is >= '0' and <= '7'; end++)
        {
            octal = (octal * 8) + (text[end] - '0');
        }

        if (isUnicode)
        {
            var instead = $"\\x{octal:x2}";
            return c >= '8' ? Fail(DiagnosticCodes.DecimalEscapeInClass, start, start + 2)
                : inClass && c != '0' ? Fail(DiagnosticCodes.OctalEscapeInClass, start, end, instead)
                : Fail(DiagnosticCodes.OctalEscape, start, Math.Max(end, start + 3), instead);
        }

        // \8 and \9 are the digit itself.
        if (c <= '7')
        {
            value = octal;
            at = end;
        }

        return true;
    }

    private bool ReadIdentityEscape(int start, bool inClass, ref int value)
    {
        if (start + 1 >= text.Length)
        {
            return Fail(DiagnosticCodes.UndeterminedEscape, start, start + 1);
        }

        var c = text[start + 1];
        if (!isUnicode)
        {
            // Inside a class too, \k is no escape as soon as some group has a name.
            if (c == 'k' && nameless is null)
            {
                nameless = new Diagnostic(DiagnosticCodes.CannotBeEscaped, new TextSpan(start, start + 2));
            }

            return true;
        }

        if (c is '^' or '$' or '\\' or '.' or '*' or '+' or '?' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '/'
            || (inClass && c == '-')
            || (inClass && hasSets && c is '&' or '!' or '#' or '%' or ',' or ':' or ';' or '<' or '=' or '>' or '@' or '`' or '~'))
        {
            return true;
        }

        if (c == 'q' && hasSets)
        {
            return Fail(inClass ? DiagnosticCodes.ClassStringExpected : DiagnosticCodes.ClassStringOutsideClass, start, start + 2);
        }

        return Fail(DiagnosticCodes.CannotBeEscaped, start, CodePoints.EndOf(text, start + 1));
    }

    /// <summary><c>\p{Name}</c>, <c>\p{Name=Value}</c>, and <c>\P</c> alike (UnicodePropertyValueExpression).</summary>
    private bool ReadPropertyEscape(int start)
    {
        escapeMayContainStrings = false;
        if (At(start + 2) != '{')
        {
            return Fail(DiagnosticCodes.PropertyExpected, start, start + 2, text[start + 1].ToString());
        }

        var nameStart = start + 3;
        var name = ReadPropertyCharacters(nameStart);
        at = nameStart + name.Length;
        if (At(at) == '=')
        {
            return ReadPropertyValue(name, nameStart);
        }

        if (name.Length == 0)
        {
            return Fail(DiagnosticCodes.PropertyNameOrValueExpected, at, at);
        }

        if (At(at) != '}')
        {
            return FailExpected('}', at);
        }

        if (UnicodePropertyNames.IsPropertyOfStrings(name))
        {
            escapeMayContainStrings = true;
            if (!hasSets || text[start + 1] == 'P')
            {
                return Fail(hasSets ? DiagnosticCodes.StringsInNegatedClass : DiagnosticCodes.PropertyOfStringsWithoutSets, nameStart, at);
            }
        }
        else if (!UnicodePropertyNames.IsBinaryProperty(name) && !UnicodePropertyNames.IsGeneralCategory(name))
        {
            return Fail(DiagnosticCodes.UnknownPropertyNameOrValue, nameStart, at);
        }

        at++;
        return true;
    }

    private bool ReadPropertyValue(ReadOnlySpan<char> name, int nameStart)
    {
        var isCategory = UnicodePropertyNames.IsGeneralCategoryName(name);
        if (!isCategory && !UnicodePropertyNames.IsScriptName(name))
        {
            return Fail(name.Length == 0 ? DiagnosticCodes.PropertyNameExpected : DiagnosticCodes.UnknownPropertyName, nameStart, at);
        }

        var valueStart = at + 1;
        var value = ReadPropertyCharacters(valueStart);
        at = valueStart + value.Length;
        if (value.Length == 0)
        {
            return Fail(DiagnosticCodes.PropertyValueExpected, at, at);
        }

        if (At(at) != '}')
        {
            return FailExpected('}', at);
        }

        if (!(isCategory ? UnicodePropertyNames.IsGeneralCategory(value) : UnicodePropertyNames.IsScript(value)))
        {
            return Fail(DiagnosticCodes.UnknownPropertyValue, valueStart, at);
        }

        at++;
        return true;
    }

    private readonly ReadOnlySpan<char> ReadPropertyCharacters(int from)
    {
        var end = from;
        while (CharacterFacts.IsAsciiPart(At(end)) && text[end] != '$')
        {
            end++;
        }

        return text[from..end];
    }
}
