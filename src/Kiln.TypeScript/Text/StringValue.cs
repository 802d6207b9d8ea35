using System.Text;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;

namespace Kiln.TypeScript.Text;

/// <summary>Decodes the escapes of string literals, templates and identifiers (ECMA-262 §12.9.4, §12.9.6, B.1.2).</summary>
public static class StringValue
{
    /// <summary>The value of a string literal's inner text. Lone surrogates stay; malformed escapes keep the character after the backslash.</summary>
    public static string Decode(ReadOnlySpan<char> text) => DecodeCore(text, isTemplate: false)!;

    /// <summary>The name behind an identifier with <c>\u</c> escapes.</summary>
    public static string DecodeIdentifier(ReadOnlySpan<char> text) => DecodeCore(text, isTemplate: false)!;

    /// <summary>
    /// The cooked value of a template part without its delimiters: line endings become LF. Null when an escape is invalid, which is legal only
    /// in a tagged template.
    /// </summary>
    public static string? DecodeTemplate(ReadOnlySpan<char> text) => DecodeCore(text, isTemplate: true);

    private static string? DecodeCore(ReadOnlySpan<char> text, bool isTemplate)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (isTemplate && c == '\r')
            {
                result.Append('\n');
                at += at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                continue;
            }

            if (c != '\\' || at + 1 >= text.Length)
            {
                result.Append(c);
                at++;
                continue;
            }

            if (isTemplate && CheckEscape(text, at, isTemplate: true, out _) != 0)
            {
                return null;
            }

            at = AppendEscape(result, text, at);
        }

        return result.ToString();
    }

    private static int AppendEscape(StringBuilder result, ReadOnlySpan<char> text, int at)
    {
        var c = text[at + 1];
        switch (c)
        {
            case 'n':
                result.Append('\n');
                break;
            case 't':
                result.Append('\t');
                break;
            case 'r':
                result.Append('\r');
                break;
            case 'b':
                result.Append('\b');
                break;
            case 'f':
                result.Append('\f');
                break;
            case 'v':
                result.Append('\v');
                break;
            case '\n' or '\u2028' or '\u2029':
                break;
            case '\r':
                return at + (at + 2 < text.Length && text[at + 2] == '\n' ? 3 : 2);
            case 'x' when at + 3 < text.Length && CharacterFacts.IsHexDigit(text[at + 2]) && CharacterFacts.IsHexDigit(text[at + 3]):
                result.Append((char)((CharacterFacts.HexValue(text[at + 2]) << 4) | CharacterFacts.HexValue(text[at + 3])));
                return at + 4;
            case 'u':
                var end = at;
                if (TryReadUnicodeEscape(text, ref end, out var value))
                {
                    if (value > 0xFFFF)
                    {
                        result.Append(char.ConvertFromUtf32(value));
                    }
                    else
                    {
                        result.Append((char)value);
                    }

                    return end;
                }

                result.Append(c);
                break;
            case >= '0' and <= '7':
                // Legacy octal: up to three digits, at most \377.
                var number = 0;
                var digit = at + 1;
                var most = c <= '3' ? 3 : 2;
                while (digit < text.Length && digit <= at + most && text[digit] is >= '0' and <= '7')
                {
                    number = (number * 8) + (text[digit] - '0');
                    digit++;
                }

                result.Append((char)number);
                return digit;
            default:
                result.Append(c);
                break;
        }

        return at + 2;
    }

    /// <summary>Reads <c>\uXXXX</c> or <c>\u{X…}</c> at <paramref name="at"/> and moves behind it.</summary>
    internal static bool TryReadUnicodeEscape(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        var i = at + 2;
        if (i < text.Length && text[i] == '{')
        {
            i++;
            var first = i;
            while (i < text.Length && CharacterFacts.IsHexDigit(text[i]))
            {
                value = (value << 4) | CharacterFacts.HexValue(text[i]);
                if (value > 0x10FFFF)
                {
                    return false;
                }

                i++;
            }

            if (i == first || i >= text.Length || text[i] != '}')
            {
                return false;
            }

            at = i + 1;
            return true;
        }

        if (i + 4 > text.Length)
        {
            return false;
        }

        for (var end = i + 4; i < end; i++)
        {
            if (!CharacterFacts.IsHexDigit(text[i]))
            {
                return false;
            }

            value = (value << 4) | CharacterFacts.HexValue(text[i]);
        }

        at = i;
        return true;
    }

    /// <summary>Checks the escape at a backslash; 0 when it is valid, else the code of the diagnostic.</summary>
    /// <param name="next">Where to go on: behind the escape, or at what is wrong with it.</param>
    internal static int CheckEscape(ReadOnlySpan<char> text, int at, bool isTemplate, out int next)
    {
        if (at + 1 >= text.Length)
        {
            next = text.Length;
            return DiagnosticCodes.UnexpectedEndOfText;
        }

        var c = text[at + 1];
        next = at + 2;
        switch (c)
        {
            case '\r':
                if (next < text.Length && text[next] == '\n')
                {
                    next++;
                }

                return 0;
            case 'x':
                for (var i = 0; i < 2; i++)
                {
                    if (next >= text.Length || !CharacterFacts.IsHexDigit(text[next]))
                    {
                        return DiagnosticCodes.HexadecimalDigitExpected;
                    }

                    next++;
                }

                return 0;
            case 'u':
                var end = at;
                if (TryReadUnicodeEscape(text, ref end, out _))
                {
                    next = end;
                    return 0;
                }

                return FindWrongUnicodeEscape(text, ref next);
            case '0':
                // \0 alone is NUL; before a digit it is a legacy octal escape.
                return next < text.Length && CharacterFacts.IsDigit(text[next]) ? DiagnosticCodes.OctalEscape : 0;
            case >= '1' and <= '7':
                return DiagnosticCodes.OctalEscape;
            case '8' or '9':
                return DiagnosticCodes.DigitEscape;
            default:
                return 0;
        }
    }

    /// <param name="at">Behind <c>\u</c>; moved to the character that should be another.</param>
    private static int FindWrongUnicodeEscape(ReadOnlySpan<char> text, ref int at)
    {
        var isExtended = at < text.Length && text[at] == '{';
        if (isExtended)
        {
            at++;
        }

        var first = at;
        while (at < text.Length && CharacterFacts.IsHexDigit(text[at]))
        {
            at++;
        }

        if (!isExtended || at == first)
        {
            return DiagnosticCodes.HexadecimalDigitExpected;
        }

        if (at >= text.Length || text[at] != '}')
        {
            return DiagnosticCodes.UnterminatedUnicodeEscape;
        }

        at = first;
        return DiagnosticCodes.UnicodeEscapeRange;
    }
}
