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
                return codePoint is 0x1885 or 0x1886 or 0x2118 or 0x212E or 0x309B or 0x309C // Other_ID_Start
                    || IsInRanges(LaterStarts, codePoint);
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
                return codePoint is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA or 0x200C or 0x200D or 0x30FB or 0xFF65 || IsInRanges(LaterParts, codePoint);
        }
    }

    /// <summary>ID_Start of Unicode 17 beyond the tables of .NET 10, which know Unicode 16: first and last code point of each range.</summary>
    private static ReadOnlySpan<int> LaterStarts =>
    [
        0x88F, 0x88F, 0xC5C, 0xC5C, 0xCDC, 0xCDC, 0xA7CE, 0xA7CF, 0xA7D2, 0xA7D2, 0xA7D4, 0xA7D4, 0xA7F1, 0xA7F1, 0x10940, 0x10959, 0x10EC5, 0x10EC7,
        0x11DB0, 0x11DDB, 0x16EA0, 0x16EB8, 0x16EBB, 0x16ED3, 0x16FF2, 0x16FF6, 0x187F8, 0x187FF, 0x18D09, 0x18D1E, 0x18D80, 0x18DF2, 0x1E6C0, 0x1E6DE,
        0x1E6E0, 0x1E6E2, 0x1E6E4, 0x1E6E5, 0x1E6E7, 0x1E6ED, 0x1E6F0, 0x1E6F4, 0x1E6FE, 0x1E6FF, 0x2B73A, 0x2B73F, 0x2CEA2, 0x2CEAD, 0x323B0, 0x33479,
    ];

    /// <summary>ID_Continue of Unicode 17 that .NET 10 does not know and that is no ID_Start.</summary>
    private static ReadOnlySpan<int> LaterParts =>
        [0x1ACF, 0x1ADD, 0x1AE0, 0x1AEB, 0x10EFA, 0x10EFB, 0x11B60, 0x11B67, 0x11DE0, 0x11DE9, 0x1E6E3, 0x1E6E3, 0x1E6E6, 0x1E6E6, 0x1E6EE, 0x1E6EF, 0x1E6F5, 0x1E6F5];

    private static bool IsInRanges(ReadOnlySpan<int> ranges, int codePoint)
    {
        for (var i = 0; i < ranges.Length && codePoint >= ranges[i]; i += 2)
        {
            if (codePoint <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    private static UnicodeCategory CategoryOf(int codePoint) =>
        Rune.IsValid(codePoint) ? Rune.GetUnicodeCategory(new Rune(codePoint)) : UnicodeCategory.OtherNotAssigned;
}
