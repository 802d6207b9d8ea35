using System.Buffers;

namespace Kiln.TypeScript.Text;

/// <summary>Turns offsets into lines and columns, all zero-based. Lines end at LF, CRLF, CR, U+2028 and U+2029.</summary>
public sealed class LineMap
{
    private static readonly SearchValues<char> LineTerminators = SearchValues.Create("\n\r\u2028\u2029");

    private readonly string text;
    private readonly int[] starts;

    public LineMap(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        this.text = text;
        var span = text.AsSpan();

        // Counted first: a list that grows would take three times the memory for a file of millions of lines.
        starts = new int[1 + span.CountAny(LineTerminators) - span.Count("\r\n")];
        var line = 0;
        var at = 0;
        while (true)
        {
            var next = span[at..].IndexOfAny(LineTerminators);
            if (next < 0)
            {
                break;
            }

            at += next + 1;
            if (span[at - 1] == '\r' && at < span.Length && span[at] == '\n')
            {
                at++;
            }

            starts[++line] = at;
        }
    }

    public int LineCount => starts.Length;

    public int GetLineStart(int line) => starts[line];

    public int GetLine(int offset)
    {
        var found = Array.BinarySearch(starts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Line and column in UTF-16 code units.</summary>
    public (int Line, int Column) GetPosition(int offset)
    {
        var line = GetLine(offset);
        return (line, offset - starts[line]);
    }

    /// <summary>Line and column in Unicode code points, as module graphs on the wire count them.</summary>
    public (int Line, int Column) GetCodePointPosition(int offset)
    {
        var line = GetLine(offset);
        var column = 0;
        for (var i = starts[line]; i < offset; i++)
        {
            if (!(char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])))
            {
                column++;
            }
        }

        return (line, column);
    }

    /// <summary>The text of a line without its terminator.</summary>
    public ReadOnlySpan<char> GetLineText(int line)
    {
        var start = starts[line];
        var end = line + 1 < starts.Length ? starts[line + 1] : text.Length;
        return text.AsSpan(start, end - start).TrimEnd("\r\n\u2028\u2029");
    }
}
