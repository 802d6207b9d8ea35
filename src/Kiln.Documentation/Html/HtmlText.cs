using System.Buffers;
using System.Text;

namespace Kiln.Documentation.Html;

/// <summary>
/// Text on its way into markup. Encodes what means something in an element or in an attribute between double quotes, and drops what HTML may not contain:
/// <see cref="Pages.DocAddresses.Base"/> is such a character and must never come from an author.
/// </summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(SpecialCharacters());

    public static void Append(StringBuilder markup, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var next = text.IndexOfAny(Special);
            if (next < 0)
            {
                markup.Append(text);
                return;
            }

            markup.Append(text[..next]);
            var c = text[next];
            var taken = 1;
            switch (c)
            {
                case '&':
                    markup.Append("&amp;");
                    break;
                case '<':
                    markup.Append("&lt;");
                    break;
                case '>':
                    markup.Append("&gt;");
                    break;
                case '"':
                    markup.Append("&quot;");
                    break;
                case '\'':
                    markup.Append("&#39;");
                    break;
                default:
                    if (char.IsHighSurrogate(c) && next + 1 < text.Length && char.IsLowSurrogate(text[next + 1]))
                    {
                        var pair = text.Slice(next, 2);
                        if ((char.ConvertToUtf32(c, pair[1]) & 0xFFFE) != 0xFFFE)
                        {
                            markup.Append(pair);
                        }

                        taken = 2;
                    }
                    else if (char.IsSurrogate(c))
                    {
                        markup.Append('\uFFFD');
                    }

                    break;
            }

            text = text[(next + taken)..];
        }
    }

    public static string Encode(ReadOnlySpan<char> text)
    {
        var markup = new StringBuilder(text.Length + 16);
        Append(markup, text);
        return markup.ToString();
    }

    /// <summary>Controls except tab and line ends, and non-characters.</summary>
    public static bool IsForbidden(char c) => c is < ' ' and not ('\t' or '\n' or '\r') or (>= '\u007F' and <= '\u009F') or (>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE';

    /// <summary>The text without the characters that <see cref="IsForbidden"/>; the same string where there are none.</summary>
    public static string Clean(string text)
    {
        var first = 0;
        while (first < text.Length && !IsForbidden(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length).Append(text, 0, first);
        foreach (var c in text.AsSpan(first))
        {
            if (!IsForbidden(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static char[] SpecialCharacters() =>
        [.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => c is '&' or '<' or '>' or '"' or '\'' || char.IsSurrogate(c) || IsForbidden(c))];
}
