using System.Text;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>
/// Places of the wire form: lines end at LF alone, a column counts code points and a tab as two, and bytes are of UTF-8 without a byte order mark.
/// </summary>
/// <remarks>Counts are kept per block of the text, so that a place in a line of megabytes costs no more than one in a short line.</remarks>
internal sealed class LocationTable
{
    private const int BlockSize = 256;

    private readonly string text;
    private readonly int[] lineStarts;

    /// <summary>What columns are more than UTF-16 units, up to each block; null when they are the same.</summary>
    private readonly int[]? extraColumns;

    /// <summary>The UTF-8 offset of each block; null for ASCII.</summary>
    private readonly int[]? blockBytes;

    private readonly bool hasMark;

    public LocationTable(string text)
    {
        this.text = text;
        hasMark = text.StartsWith('\uFEFF');
        lineStarts = FindLines(text);
        var isAscii = Ascii.IsValid(text);
        if (isAscii && !text.Contains('\t'))
        {
            return;
        }

        var blocks = (text.Length / BlockSize) + 1;
        extraColumns = new int[blocks];
        blockBytes = isAscii ? null : new int[blocks];
        for (var block = 1; block < blocks; block++)
        {
            var span = text.AsSpan((block - 1) * BlockSize, BlockSize);
            extraColumns[block] = extraColumns[block - 1] + CountExtra(span);
            if (blockBytes is not null)
            {
                blockBytes[block] = blockBytes[block - 1] + CountBytes(span);
            }
        }
    }

    public (int Line, int Column, int ByteIndex) Locate(int position)
    {
        var line = FindLine(position);
        return (line, FindColumn(line, position), FindByte(position));
    }

    /// <summary>The place of a byte; of one behind the end the end.</summary>
    public (int Line, int Column) LocateByte(int byteIndex)
    {
        var position = FindPosition(byteIndex);
        var line = FindLine(position);
        return (line, FindColumn(line, position));
    }

    private int FindLine(int position)
    {
        var found = Array.BinarySearch(lineStarts, position);
        return found >= 0 ? found : ~found - 1;
    }

    private int FindColumn(int line, int position)
    {
        var start = lineStarts[line];
        var column = position - start + ExtraBefore(position) - ExtraBefore(start);
        return line == 0 && hasMark && position > 0 ? column - 1 : column;
    }

    private int ExtraBefore(int position)
    {
        if (extraColumns is null)
        {
            return 0;
        }

        var block = position / BlockSize;
        return extraColumns[block] + CountExtra(text.AsSpan(block * BlockSize, position - (block * BlockSize)));
    }

    private int FindByte(int position)
    {
        if (blockBytes is null)
        {
            return position;
        }

        var block = position / BlockSize;
        var index = blockBytes[block] + CountBytes(text.AsSpan(block * BlockSize, position - (block * BlockSize)));
        return hasMark && position > 0 ? index - 3 : index;
    }

    /// <summary>The UTF-16 offset of a byte; of one behind the end the end.</summary>
    public int FindPosition(int byteIndex)
    {
        if (blockBytes is null)
        {
            return Math.Min(byteIndex, text.Length);
        }

        byteIndex += hasMark ? 3 : 0;
        var found = Array.BinarySearch(blockBytes, byteIndex);
        var block = found >= 0 ? found : ~found - 1;
        var position = block * BlockSize;
        for (var left = byteIndex - blockBytes[block]; left > 0 && position < text.Length; position++)
        {
            left -= BytesOf(text[position]);
        }

        return position;
    }

    private static int[] FindLines(string text)
    {
        var span = text.AsSpan();
        var starts = new int[span.Count('\n') + 1];
        var at = 0;
        for (var line = 1; line < starts.Length; line++)
        {
            at += span[at..].IndexOf('\n') + 1;
            starts[line] = at;
        }

        return starts;
    }

    private static int CountExtra(ReadOnlySpan<char> span)
    {
        var count = span.Count('\t');
        if (span.IndexOfAnyInRange('\uDC00', '\uDFFF') is var first and >= 0)
        {
            foreach (var c in span[first..])
            {
                count -= char.IsLowSurrogate(c) ? 1 : 0;
            }
        }

        return count;
    }

    private static int CountBytes(ReadOnlySpan<char> span)
    {
        var count = span.Length;
        foreach (var c in span)
        {
            count += BytesOf(c) - 1;
        }

        return count;
    }

    /// <summary>Each half of a surrogate pair has two of the four bytes.</summary>
    private static int BytesOf(char c) => c < 0x80 ? 1 : c < 0x800 || char.IsSurrogate(c) ? 2 : 3;
}
