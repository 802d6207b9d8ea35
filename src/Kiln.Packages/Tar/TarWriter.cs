using System.Text;

namespace Kiln.Packages.Tar;

/// <summary>
/// Writes a ustar archive that depends on its input alone: mode 0644 or 0755, owner 0, one time for all entries, no folders, no PAX or GNU records.
/// Entries keep the order in which they are added.
/// </summary>
public sealed class TarWriter
{
    private const int NameLength = 100;
    private const int PrefixLength = 155;
    private const long MaxOctal11 = 0x1_FFFF_FFFF;

    private readonly Stream output;
    private readonly long modifiedSeconds;
    private readonly byte[] block = new byte[TarHeader.BlockSize];

    /// <param name="output">Left open.</param>
    /// <param name="modified">Of every entry, in whole seconds; from 1970 to 2242.</param>
    public TarWriter(Stream output, DateTimeOffset modified)
    {
        this.output = output;
        modifiedSeconds = modified.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfNegative(modifiedSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modifiedSeconds, MaxOctal11);
    }

    /// <summary>Adds a file. The error is <c>npmTarballError</c>, when the name does not fit a ustar header; then nothing was written.</summary>
    /// <param name="name">As it stands in the archive, for example <c>package/mod.js</c>.</param>
    /// <param name="isExecutable">The mode is 0755.</param>
    public PublishError? Add(string name, ReadOnlySpan<byte> content, bool isExecutable = false)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var split = Split(bytes);
        if (split < 0)
        {
            return new PublishError(PublishErrorCodes.NpmTarballError, $"The path '{EntryText.Show(name)}' does not fit the npm archive: shorten it.");
        }

        block.AsSpan().Clear();
        bytes.AsSpan(split == 0 ? 0 : split + 1).CopyTo(block);
        bytes.AsSpan(0, split).CopyTo(block.AsSpan(345));
        Octal(block.AsSpan(100, 8), isExecutable ? 0b111_101_101 : 0b110_100_100);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Octal(block.AsSpan(124, 12), content.Length);
        Octal(block.AsSpan(136, 12), modifiedSeconds);
        block[156] = (byte)'0';
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        Octal(block.AsSpan(148, 7), TarHeader.Checksum(block));
        block[155] = (byte)' ';

        output.Write(block);
        output.Write(content);
        block.AsSpan().Clear();
        output.Write(block.AsSpan(0, TarHeader.Padding(content.Length)));
        return null;
    }

    /// <summary>Whether <see cref="Add"/> can write a file of this name.</summary>
    public static bool Fits(string name) => Split(Encoding.UTF8.GetBytes(name)) >= 0;

    /// <summary>Writes the two end blocks.</summary>
    public void Finish()
    {
        block.AsSpan().Clear();
        output.Write(block);
        output.Write(block);
    }

    /// <summary>Where the slash stands that separates prefix and name; 0 when no prefix is needed, -1 when the name does not fit.</summary>
    private static int Split(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Contains((byte)0))
        {
            return -1;
        }

        if (name.Length <= NameLength)
        {
            return 0;
        }

        var slash = name[..Math.Min(name.Length, PrefixLength + 1)].LastIndexOf((byte)'/');
        return slash > 0 && slash < name.Length - 1 && name.Length - slash - 1 <= NameLength ? slash : -1;
    }

    /// <summary>Digits to the last byte but one, then NUL.</summary>
    private static void Octal(Span<byte> field, long value)
    {
        for (var i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }

        field[^1] = 0;
    }
}
