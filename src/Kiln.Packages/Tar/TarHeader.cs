using System.Buffers.Binary;
using System.Text;

namespace Kiln.Packages.Tar;

/// <summary>One 512-byte header block: V7, ustar (POSIX.1-1988) or GNU.</summary>
/// <param name="Name">With the ustar prefix joined; invalid UTF-8 as U+FFFD.</param>
/// <param name="Type">The type flag; V7's NUL is given as <c>'0'</c>.</param>
/// <param name="Size">Of the contents that follow, in bytes. Not negative.</param>
internal readonly record struct TarHeader(string Name, char Type, long Size)
{
    public const int BlockSize = 512;

    /// <summary>The reason why the block is no header, or null.</summary>
    public static string? TryParse(ReadOnlySpan<byte> block, out TarHeader header)
    {
        header = default;
        if (!TryNumber(block.Slice(148, 8), out var checksum) || checksum != Checksum(block))
        {
            return "A header in the archive is damaged: its checksum does not match.";
        }

        var name = Text(block[..100]);
        if (!TryNumber(block.Slice(124, 12), out var size))
        {
            return $"The size of the entry '{EntryText.Show(name)}' is not a number that an archive may hold.";
        }

        // GNU's magic is "ustar  \0"; where ustar keeps the prefix it keeps times.
        var isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var prefix = isUstar ? Text(block.Slice(345, 155)) : "";
        var type = (char)block[156];
        header = new TarHeader(prefix.Length > 0 ? prefix + "/" + name : name, type == '\0' ? '0' : type, size);
        return null;
    }

    public static bool IsZero(ReadOnlySpan<byte> block) => block.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>How many bytes fill the last block of contents of this size.</summary>
    public static int Padding(long size) => (int)(-size & (BlockSize - 1));

    /// <summary>The sum of all bytes, the checksum's own field taken as blanks.</summary>
    public static int Checksum(ReadOnlySpan<byte> block)
    {
        var sum = 8 * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return sum;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Octal digits, blanks before and NUL or blank after; or GNU's base 256: 0x80 and a big-endian number.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if ((field[0] & 0x80) != 0)
        {
            if (field[0] != 0x80 || field.Length < 9 || field[1..^8].IndexOfAnyExcept((byte)0) >= 0)
            {
                return false;
            }

            number = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return number >= 0;
        }

        var digits = field.TrimStart((byte)' ');
        var count = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        count = count < 0 ? digits.Length : count;
        if (count == 0 || digits[count..].IndexOfAnyExcept((byte)' ', (byte)0) >= 0)
        {
            return false;
        }

        // At most twelve octal digits: 36 bits.
        foreach (var digit in digits[..count])
        {
            number = (number << 3) | (long)(digit - '0');
        }

        return true;
    }
}
