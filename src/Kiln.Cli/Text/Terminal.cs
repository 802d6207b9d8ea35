using System.Text;

namespace Kiln.Cli;

/// <summary>Text of strangers for a terminal.</summary>
internal static class Terminal
{
    /// <summary>Controls, line breaks and marks that reorder what is shown become U+FFFD.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsUnsafe(text[i]))
            {
                clean ??= new StringBuilder(text);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>Controls, and the marks that reorder what is shown (UAX #9).</summary>
    public static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u061C' or '\u2028' or '\u2029';
}
