using System.Globalization;
using System.Text;

namespace Kiln.Analysis.Emit;

/// <summary>Values as JavaScript source.</summary>
internal static class JavaScriptText
{
    public static string Quote(string value, char quote = '"')
    {
        var result = new StringBuilder(value.Length + 2);
        result.Append(quote);
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\': result.Append("\\\\"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                case '\b': result.Append("\\b"); break;
                case '\f': result.Append("\\f"); break;
                case '\v': result.Append("\\v"); break;
                case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff':
                    result.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    if (c == quote)
                    {
                        result.Append('\\');
                    }

                    result.Append(c);
                    break;
            }
        }

        return result.Append(quote).ToString();
    }

    public static bool IsIdentifierName(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '$'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>Number::toString</c> of ECMAScript.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return "0";
        }

        // "R" gives the shortest digits that read back, as 123.45 or 1.2345E+22; ECMAScript switches to exponents elsewhere.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var allDigits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var digits = allDigits.TrimStart('0');

        // The value is 0.digits times ten to the n.
        var n = (point < 0 ? mantissa.Length : point) + exponent - (allDigits.Length - digits.Length);
        digits = digits.TrimEnd('0');
        var k = digits.Length;
        string result;
        if (k <= n && n <= 21)
        {
            result = digits + new string('0', n - k);
        }
        else if (n is > 0 and <= 21)
        {
            result = digits[..n] + "." + digits[n..];
        }
        else if (n is > -6 and <= 0)
        {
            result = "0." + new string('0', -n) + digits;
        }
        else
        {
            var e = n - 1;
            result = (k == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + (e < 0 ? "-" : "+") + Math.Abs(e).ToString(CultureInfo.InvariantCulture);
        }

        return value < 0 ? "-" + result : result;
    }
}
