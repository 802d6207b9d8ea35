using System.Globalization;
using System.Text;

namespace Kiln.Documentation.Types;

/// <summary>How names and literals of a package are written in code.</summary>
internal static class Names
{
    /// <summary>Longer ones are cut where they are shown. Their pages keep the whole name.</summary>
    private const int MaxShown = 300;

    /// <summary>A member's name as its declaration has it: computed names keep their brackets, what is no identifier gets quotes.</summary>
    /// <param name="isComputed">It has brackets, whether the model has them or not.</param>
    public static string Member(string name, bool isComputed) => isComputed && IsIdentifier(name) ? $"[{name}]" : Member(name);

    /// <summary>The same where the brackets are all that is known.</summary>
    public static string Member(string name) => IsIdentifier(name) || IsComputed(name) || IsNumber(name) ? name : Quote(name);

    /// <summary>A name on one line, of a bounded length.</summary>
    public static string Shown(string name)
    {
        if (name.Length > MaxShown)
        {
            name = name[..MaxShown] + "…";
        }

        return name.AsSpan().ContainsAnyInRange('\0', '\x1F') || name.Length == 0 ? Quote(name) : name;
    }

    public static bool IsIdentifier(string name)
    {
        if (name.Length is 0 or > MaxShown)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var fits = char.IsLetter(c) || c is '$' or '_' || char.IsSurrogate(c) || (i > 0 && (char.IsDigit(c) || c is '\u200C' or '\u200D' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsComputed(string name) => name is ['[', _, .., ']'] && !name.AsSpan().ContainsAnyInRange('\0', '\x1F');

    private static bool IsNumber(string name) => name.Length is > 0 and < 20 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    quoted.Append("\\\"");
                    break;
                case '\\':
                    quoted.Append("\\\\");
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case < ' ' or '\x7F' or '\u2028' or '\u2029':
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Text of a template literal, which the model has as it is written; on one line.</summary>
    public static string TemplateText(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>As JavaScript prints it where the two agree, which is all that people write: <c>1</c>, <c>-0.5</c>, <c>1e+21</c>.</summary>
    public static string Number(double number)
    {
        if (double.IsNaN(number))
        {
            return "NaN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "Infinity" : "-Infinity";
        }

        if (Math.Abs(number) < 1e21 && Math.Floor(number) == number)
        {
            return number.ToString("F0", CultureInfo.InvariantCulture);
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + "e" + text[at + 1] + text[(at + 2)..].TrimStart('0');
    }
}
