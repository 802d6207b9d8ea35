using System.Globalization;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Numbers as the reference shows them: the shortest digits that mean the number, and never an exponent.</summary>
internal static class RustNumber
{
    public static string Format(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
        {
            return text;
        }

        var exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var mantissa = text.AsSpan(sign.Length, exponentAt - sign.Length);
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var integers = (point < 0 ? mantissa.Length : point) + exponent;
        return integers <= 0 ? $"{sign}0.{new string('0', -integers)}{digits}"
            : integers >= digits.Length ? sign + digits.PadRight(integers, '0')
            : $"{sign}{digits.AsSpan(0, integers)}.{digits.AsSpan(integers)}";
    }
}
