using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kiln.Analysis.Docs.Json;

/// <summary>
/// Writes JSON as the reference's serialiser does: <c>"</c>, <c>\</c> and control characters are escaped, nothing else; doubles are the shortest that read back, with a
/// fraction or an exponent. Indentation is two spaces.
/// </summary>
internal sealed class JsonOutput(IBufferWriter<byte> target, bool indented)
{
    private const int Chunk = 64 * 1024;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\");

    private byte[] buffer = new byte[Chunk];
    private int length;
    private int depth;
    private bool isFirst = true;

    public void StartObject() => Start((byte)'{');

    public void EndObject() => End((byte)'}');

    public void StartArray() => Start((byte)'[');

    public void EndArray() => End((byte)']');

    /// <param name="name">ASCII that needs no escape.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        var room = Reserve(name.Length + 4);
        room[0] = (byte)'"';
        name.CopyTo(room[1..]);
        room[name.Length + 1] = (byte)'"';
        room[name.Length + 2] = (byte)':';
        length += name.Length + 3;
        if (indented)
        {
            buffer[length++] = (byte)' ';
        }
    }

    public void Name(string name)
    {
        Separate();
        Text(name);
        Raw(indented ? ": "u8 : ":"u8);
    }

    /// <summary>In an array, before each item.</summary>
    public void Item() => Separate();

    public void String(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        Text(value);
    }

    public void True(ReadOnlySpan<byte> name)
    {
        Name(name);
        Raw("true"u8);
    }

    public void Flag(ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            True(name);
        }
    }

    public void Integer(ReadOnlySpan<byte> name, int value)
    {
        Name(name);
        var room = Reserve(11);
        Utf8Formatter.TryFormat(value, room, out var written);
        length += written;
    }

    /// <summary>Infinity and NaN, which JSON cannot say, are <c>null</c>.</summary>
    public void Number(ReadOnlySpan<byte> name, double value)
    {
        Name(name);
        if (!double.IsFinite(value))
        {
            Raw("null"u8);
            return;
        }

        Raw(Encoding.ASCII.GetBytes(NumberText(value)));
    }

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        length += text.Length;
    }

    /// <summary>A quoted string. A lone surrogate becomes U+FFFD.</summary>
    public void Text(string value)
    {
        var rest = value.AsSpan();
        Reserve(1)[0] = (byte)'"';
        length++;
        while (true)
        {
            var stop = rest.IndexOfAny(Escaped);
            Plain(stop < 0 ? rest : rest[..stop]);
            if (stop < 0)
            {
                break;
            }

            Escape(rest[stop]);
            rest = rest[(stop + 1)..];
        }

        Reserve(1)[0] = (byte)'"';
        length++;
    }

    public void Flush()
    {
        target.Write(buffer.AsSpan(0, length));
        length = 0;
    }

    /// <summary>Plain digits while the decimal point lies within 16 digits, or at most 5 zeros in front of them; else an exponent.</summary>
    internal static string NumberText(double value)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // d.ddddE+xxx with the shortest digits that read back.
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        var digits = new StringBuilder(20);
        foreach (var c in shortest)
        {
            if (c is 'E')
            {
                break;
            }

            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
        }

        var significant = digits.ToString().TrimStart('0').TrimEnd('0');

        // The exponent of the scientific form, plus one: where the point lies among the digits. Rounding to 17 digits cannot carry: the shortest form rounds to the same double.
        var point = ExponentOf(text, shortest) + 1;
        var zeros = point - significant.Length;
        return point switch
        {
            > 0 and <= 16 when zeros >= 0 => $"{sign}{significant}{new string('0', zeros)}.0",
            > 0 and <= 16 => $"{sign}{significant[..point]}.{significant[point..]}",
            > -5 and <= 0 => $"{sign}0.{new string('0', -point)}{significant}",
            _ when significant.Length == 1 => string.Create(CultureInfo.InvariantCulture, $"{sign}{significant}e{point - 1}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{significant[0]}.{significant[1..]}e{point - 1}"),
        };
    }

    private static int ExponentOf(string scientific, string shortest)
    {
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            return int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private void Start(byte bracket)
    {
        Reserve(1)[0] = bracket;
        length++;
        depth++;
        isFirst = true;
    }

    private void End(byte bracket)
    {
        depth--;
        if (!isFirst)
        {
            NewLine();
        }

        Reserve(1)[0] = bracket;
        length++;
        isFirst = false;
    }

    private void Separate()
    {
        if (!isFirst)
        {
            Reserve(1)[0] = (byte)',';
            length++;
        }

        isFirst = false;
        NewLine();
    }

    private void NewLine()
    {
        if (indented)
        {
            var room = Reserve(1 + (depth * 2));
            room[0] = (byte)'\n';
            room[1..(1 + (depth * 2))].Fill((byte)' ');
            length += 1 + (depth * 2);
        }
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        // Invalid UTF-16 is replaced, which never takes more than three bytes a unit.
        var room = Reserve(text.Length * 3);
        length += Encoding.UTF8.GetBytes(text, room);
    }

    private void Escape(char c)
    {
        var room = Reserve(6);
        room[0] = (byte)'\\';
        var simple = c switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => '\0',
        };
        if (simple != '\0')
        {
            room[1] = (byte)simple;
            length += 2;
            return;
        }

        "u00"u8.CopyTo(room[1..]);
        room[4] = (byte)(c >> 4 == 0 ? '0' : '1');
        room[5] = (byte)"0123456789abcdef"[c & 15];
        length += 6;
    }

    private Span<byte> Reserve(int count)
    {
        if (buffer.Length - length < count)
        {
            Flush();
            if (buffer.Length < count)
            {
                buffer = new byte[count * 2];
            }
        }

        return buffer.AsSpan(length);
    }
}
