using System.Globalization;
using System.Text;

namespace Kiln.Cli;

/// <summary>One line of a stranger's file, ready for a terminal, with a part of it marked: the part and nothing else stands over the carets.</summary>
/// <remarks>
/// Tabs become spaces, and characters that would move the cursor or turn the direction of writing become U+FFFD. Of a line too long to show, as in
/// minified files, only the surroundings of the mark are read.
/// </remarks>
internal static class SourceLine
{
    private const int MaxWidth = 120;
    private const int TabWidth = 4;

    /// <summary>What is read before the mark at most; more would only be cut off.</summary>
    private const int MaxBefore = 80;

    /// <summary>Text of no width at all ends too.</summary>
    private const int MaxUnits = 1000;

    /// <param name="line">Without its terminator.</param>
    /// <param name="from">Start of the mark in UTF-16 units; at most the length of the line.</param>
    /// <param name="to">End of the mark; an empty mark is shown one column wide.</param>
    /// <param name="shown">The text.</param>
    /// <param name="indent">Columns before the mark.</param>
    /// <param name="width">Columns of the mark; at least 1.</param>
    public static void Render(ReadOnlySpan<char> line, int from, int to, out string shown, out int indent, out int width)
    {
        // 1. A window in UTF-16 units that is certainly large enough; it must not start inside a text element.
        var start = Math.Max(0, from - MaxBefore);
        start = start > 0 && char.IsLowSurrogate(line[start]) ? start + 1 : start;
        var cutBefore = start > 0;
        var text = new StringBuilder(cutBefore ? "…" : "");
        var column = cutBefore ? 1 : 0;
        indent = from <= start ? column : -1;
        var end = -1;

        // 2. Element by element until the window is full.
        var at = start;
        while (at < line.Length)
        {
            var length = StringInfo.GetNextTextElementLength(line.Slice(at, Math.Min(line.Length - at, MaxBefore)));
            var element = line.Slice(at, length);
            if (indent < 0 && at + length > from)
            {
                indent = column;
            }

            if (end < 0 && at >= to)
            {
                end = column;
            }

            var columns = element is "\t" ? TabWidth - (column % TabWidth) : IsUnsafe(element) ? 1 : DisplayWidth.Of(element);
            if ((column + columns > MaxWidth - 1 || text.Length > MaxUnits) && at + length < line.Length)
            {
                text.Append('…');
                break;
            }

            if (element is "\t")
            {
                text.Append(' ', columns);
            }
            else if (IsUnsafe(element))
            {
                text.Append('\uFFFD');
            }
            else
            {
                text.Append(element);
            }

            column += columns;
            at += length;
        }

        shown = text.ToString().TrimEnd();
        indent = indent < 0 ? column : indent;
        width = Math.Max(1, (end < 0 ? column : end) - indent);
    }

    private static bool IsUnsafe(ReadOnlySpan<char> element)
    {
        foreach (var c in element)
        {
            if (Terminal.IsUnsafe(c) || (char.IsSurrogate(c) && element.Length == 1))
            {
                return true;
            }
        }

        return false;
    }
}
