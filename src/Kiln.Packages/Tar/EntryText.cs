using System.Globalization;
using System.Text;

namespace Kiln.Packages.Tar;

/// <summary>Names from an archive as they may appear in a message: short, printable ASCII.</summary>
internal static class EntryText
{
    private const int MaxLength = 200;

    public static string Show(string name)
    {
        if (name.Length <= MaxLength && !name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return name;
        }

        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= MaxLength)
            {
                return text.Append("...").ToString();
            }

            if (rune.Value is >= ' ' and <= '~')
            {
                text.Append((char)rune.Value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return text.ToString();
    }
}
