using System.Globalization;
using System.Text;
using Kiln.TypeScript.Lexing;

namespace Kiln.TypeScript.Text;

/// <summary>Values of JSX text and attribute strings, which have HTML character references instead of backslash escapes.</summary>
public static class JsxValue
{
    /// <summary>The value of an attribute string's inner text: references replaced, everything else (line breaks too) kept.</summary>
    public static string DecodeAttribute(ReadOnlySpan<char> text)
    {
        var next = text.IndexOf('&');
        if (next < 0)
        {
            return text.ToString();
        }

        var result = new StringBuilder(text.Length);
        while (next >= 0)
        {
            result.Append(text[..next]);
            text = text[next..];
            var length = AppendReference(result, text);
            text = text[length..];
            next = text.IndexOf('&');
        }

        return result.Append(text).ToString();
    }

    /// <summary>
    /// The string child that JSX text stands for, or null when it stands for none: lines are trimmed where they meet a line break, empty lines vanish,
    /// the rest is joined by single spaces.
    /// </summary>
    public static string? DecodeText(ReadOnlySpan<char> text)
    {
        StringBuilder? result = null;
        var first = 0;
        var last = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (CharacterFacts.IsLineTerminator(text[i]))
            {
                if (first >= 0 && last >= 0)
                {
                    AppendLine(ref result, text[first..(last + 1)]);
                }

                first = -1;
            }
            else if (!CharacterFacts.IsWhiteSpace(text[i]))
            {
                last = i;
                if (first < 0)
                {
                    first = i;
                }
            }
        }

        if (first >= 0)
        {
            AppendLine(ref result, text[first..]);
        }

        return result?.ToString();
    }

    private static void AppendLine(ref StringBuilder? result, ReadOnlySpan<char> line)
    {
        if (result is null)
        {
            result = new StringBuilder(line.Length);
        }
        else
        {
            result.Append(' ');
        }

        result.Append(DecodeAttribute(line));
    }

    /// <summary>Appends what the reference at the start stands for and returns its length; an ampersand that starts none is kept.</summary>
    private static int AppendReference(StringBuilder result, ReadOnlySpan<char> text)
    {
        const int LongestReference = 16;
        var end = text[..Math.Min(text.Length, LongestReference)].IndexOf(';');
        if (end > 1)
        {
            var name = text[1..end];
            if (name[0] != '#')
            {
                if (JsxEntities.TryFind(name, out var value))
                {
                    result.Append(value);
                    return end + 1;
                }
            }
            else if (TryReadNumber(name[1..], out var codePoint))
            {
                if (codePoint > 0xFFFF)
                {
                    result.Append(char.ConvertFromUtf32(codePoint));
                }
                else
                {
                    result.Append((char)codePoint);
                }

                return end + 1;
            }
        }

        result.Append('&');
        return 1;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> digits, out int codePoint)
    {
        var read = digits.Length > 1 && digits[0] == 'x'
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out codePoint)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out codePoint);
        return read && codePoint is >= 0 and <= 0x10FFFF;
    }
}
