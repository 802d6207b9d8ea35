using System.Globalization;
using System.Text;

namespace Kiln.TypeScript.Lexing;

/// <summary>What a character may be in ECMAScript source text (ECMA-262 §12).</summary>
internal static class CharacterFacts
{
    public const byte IdentifierStart = 1;
    public const byte IdentifierPart = 2;
    public const byte Digit = 4;
    public const byte HexDigit = 8;

    /// <summary>The classes of the 128 ASCII characters; one load decides the common case.</summary>
    public static ReadOnlySpan<byte> Ascii =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 0, 0, 0, 0, 0, 0,
        0, 11, 11, 11, 11, 11, 11, 3, 3, 3, 3, 3, 3, 3, 3, 3,
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 3,
        0, 11, 11, 11, 11, 11, 11, 3, 3, 3, 3, 3, 3, 3, 3, 3,
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
    ];

    public static bool IsAsciiPart(char c) => c < 128 && (Ascii[c] & IdentifierPart) != 0;

    public static bool IsDigit(char c) => (uint)(c - '0') <= 9;

    public static bool IsHexDigit(char c) => c < 128 && (Ascii[c] & HexDigit) != 0;

    public static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    public static bool IsLineTerminator(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    /// <summary>White space other than line terminators.</summary>
    public static bool IsWhiteSpace(char c) =>
        c is ' ' or '\t' or '\v' or '\f' or '\u00A0' or '\uFEFF' || (c >= 0x1680 && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    public static bool IsIdentifierStart(int codePoint)
    {
        if (codePoint < 128)
        {
            return (Ascii[codePoint] & IdentifierStart) != 0;
        }

        switch (CategoryOf(codePoint))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return codePoint != 0x2E2F; // a letter by category, but Pattern_Syntax
            default:
                return codePoint is 0x1885 or 0x1886 or 0x2118 or 0x212E or 0x309B or 0x309C; // Other_ID_Start
        }
    }

    public static bool IsIdentifierPart(int codePoint)
    {
        if (codePoint < 128)
        {
            return (Ascii[codePoint] & IdentifierPart) != 0;
        }

        if (IsIdentifierStart(codePoint))
        {
            return true;
        }

        switch (CategoryOf(codePoint))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                return true;
            default:
                // Other_ID_Continue, and the two joiners that ECMAScript adds.
                return codePoint is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA or 0x200C or 0x200D or 0x30FB or 0xFF65;
        }
    }

    private static UnicodeCategory CategoryOf(int codePoint) =>
        Rune.IsValid(codePoint) ? Rune.GetUnicodeCategory(new Rune(codePoint)) : UnicodeCategory.OtherNotAssigned;
}
