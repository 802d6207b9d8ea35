using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Modules;

/// <summary>Turns offsets into positions on the wire. Every query costs a binary search and at most <see cref="BlockSize"/> characters.</summary>
/// <remarks>
/// Not <see cref="LineMap"/>: on the wire only LF ends a line (a lone CR, U+2028 and U+2029 are columns), and a minified file on one line with
/// many imports must not cost a scan of that line for each.
/// </remarks>
internal sealed class PositionMap
{
    private const int BlockSize = 1024;

    private readonly string text;
    private readonly int[] lineStarts;

    /// <summary>Low surrogates before each block; null when the text has none, so that a column is a difference of offsets.</summary>
    private readonly int[]? surrogatesBefore;

    public PositionMap(string text)
    {
        this.text = text;

        // Counted first: a list that grows would take three times the memory for a file of millions of lines.
        lineStarts = new int[text.AsSpan().Count('\n') + 1];
        var line = 0;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            lineStarts[++line] = at + 1;
        }

        if (text.AsSpan().IndexOfAnyInRange('\uDC00', '\uDFFF') >= 0)
        {
            surrogatesBefore = CountSurrogates(text);
        }
    }

    public PositionRange GetRange(TextSpan span)
    {
        var (startLine, startColumn) = GetPosition(span.Start);
        var (endLine, endColumn) = GetPosition(span.End);
        return new PositionRange(startLine, startColumn, endLine, endColumn);
    }

    private (int Line, int Column) GetPosition(int offset)
    {
        var found = Array.BinarySearch(lineStarts, offset);
        var line = found >= 0 ? found : ~found - 1;
        var start = lineStarts[line];
        var column = offset - start;
        if (surrogatesBefore is not null)
        {
            column -= SurrogatesBefore(offset) - SurrogatesBefore(start);
        }

        return (line, column);
    }

    private int SurrogatesBefore(int offset)
    {
        var block = offset / BlockSize;
        var count = surrogatesBefore![block];
        foreach (var c in text.AsSpan(block * BlockSize, offset - (block * BlockSize)))
        {
            count += char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    private static int[] CountSurrogates(string text)
    {
        var counts = new int[(text.Length / BlockSize) + 1];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % BlockSize == 0)
            {
                counts[i / BlockSize] = count;
            }

            count += char.IsLowSurrogate(text[i]) ? 1 : 0;
        }

        if (text.Length % BlockSize == 0)
        {
            counts[^1] = count;
        }

        return counts;
    }
}
