using System.Text;

namespace Kiln.Packages.Tar;

/// <summary>
/// A PAX extended header (POSIX.1-2001): records <c>length key=value\n</c>. Only what changes the meaning of an entry is kept; keys about
/// times, owners, comments and vendors are passed over.
/// </summary>
internal sealed class PaxRecords
{
    public string? Path { get; private set; }

    public long? Size { get; private set; }

    public bool HasLinkPath { get; private set; }

    public bool IsSparse { get; private set; }

    /// <summary>The records of one entry, or null when they are malformed or ambiguous.</summary>
    public static PaxRecords? Parse(ReadOnlySpan<byte> bytes)
    {
        var records = new PaxRecords();
        while (!bytes.IsEmpty)
        {
            if (!TryRecord(ref bytes, out var key, out var value) || !records.Add(key, value))
            {
                return null;
            }
        }

        return records;
    }

    /// <summary>
    /// Whether a global header is harmless. Tools disagree on what a global path or size means, so only comments (git archive writes one)
    /// and times may stand there.
    /// </summary>
    public static bool IsHarmlessGlobal(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!TryRecord(ref bytes, out var key, out _)
                || !(key.SequenceEqual("comment"u8) || key.SequenceEqual("mtime"u8) || key.SequenceEqual("atime"u8) || key.SequenceEqual("ctime"u8)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8))
        {
            // A second one, or an empty one ("forget what the global header said"), is read differently by different tools.
            if (Path is not null || value.IsEmpty)
            {
                return false;
            }

            Path = Encoding.UTF8.GetString(value);
        }
        else if (key.SequenceEqual("size"u8))
        {
            if (Size is not null || !TryDecimal(value, out var size))
            {
                return false;
            }

            Size = size;
        }
        else if (key.SequenceEqual("linkpath"u8))
        {
            HasLinkPath = true;
        }
        else if (key.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
        }

        return true;
    }

    private static bool TryRecord(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var space = bytes.IndexOf((byte)' ');
        if (space < 0 || !TryDecimal(bytes[..space], out var length) || length > bytes.Length || length < space + 4 || bytes[(int)length - 1] != '\n')
        {
            return false;
        }

        var record = bytes[(space + 1)..((int)length - 1)];
        var equals = record.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return false;
        }

        key = record[..equals];
        value = record[(equals + 1)..];
        bytes = bytes[(int)length..];
        return true;
    }

    private static bool TryDecimal(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 18)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
