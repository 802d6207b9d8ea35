using Markdig.Helpers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>
/// Tables as GitHub reads them: a row of headers, a row of dashes with as many cells, and every following line of the paragraph. A row is split at its pipes before
/// anything in it is read, so that each cell is a paragraph of its own. (The parser library reads tables while it reads inlines, with rows of different lengths made equal:
/// security.md §0.5.) Cells beyond the columns are dropped, missing ones are empty.
/// </summary>
internal static class GfmTableReader
{
    /// <summary>Puts a table in the place of the lines that form one. False when nothing is left of the paragraph.</summary>
    public static bool Read(ParagraphBlock paragraph, ParseState state)
    {
        var lines = paragraph.Lines;
        var parent = paragraph.Parent!;
        for (var i = 1; i < lines.Count; i++)
        {
            if (Alignments(lines.Lines[i].Slice.AsSpan()) is not { } columns)
            {
                continue;
            }

            var header = Cells(lines.Lines[i - 1].Slice.AsSpan(), int.MaxValue);
            if (header.Count != columns.Length)
            {
                continue;
            }

            if (!state.CheckColumns(columns.Length) || !state.AddCells(columns.Length * (lines.Count - i)))
            {
                return true;
            }

            var table = new TableBlock(columns) { Line = lines.Lines[i - 1].Line };
            table.Add(Row(header, columns.Length, state));
            for (var row = i + 1; row < lines.Count; row++)
            {
                table.Add(Row(Cells(lines.Lines[row].Slice.AsSpan(), columns.Length), columns.Length, state));
            }

            // A paragraph that ends is the last block of its parent.
            if (i == 1)
            {
                parent.Add(table);
                return false;
            }

            var before = new StringLineGroup(i);
            for (var line = 0; line < i - 1; line++)
            {
                before.Add(lines.Lines[line].Slice);
            }

            paragraph.Lines = before;
            parent.Insert(parent.IndexOf(paragraph) + 1, table);
            return true;
        }

        return true;
    }

    private static TableRow Row(List<string> cells, int columns, ParseState state)
    {
        var row = new TableRow();
        for (var i = 0; i < columns; i++)
        {
            var cell = new TableCell(i < cells.Count ? cells[i] : "");
            InlineWork.Reserve(state, cell);
            row.Add(cell);
        }

        return row;
    }

    /// <summary>Null for what is no row of dashes. One column needs a pipe, or it is a heading's underline.</summary>
    private static TableAlignment[]? Alignments(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.IsEmpty || line.IndexOfAnyExcept("|-: \t") >= 0 || !line.Contains('-') || line.IndexOfAny('|', ':') < 0)
        {
            return null;
        }

        var cells = Cells(line, int.MaxValue);
        var columns = new TableAlignment[cells.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var cell = cells[i].AsSpan();
            var left = cell.StartsWith(":");
            var right = cell.EndsWith(":") && cell.Length > 1;
            var dashes = cell[(left ? 1 : 0)..(right ? ^1 : ^0)];
            if (dashes.IsEmpty || dashes.ContainsAnyExcept('-'))
            {
                return null;
            }

            columns[i] = (left, right) switch
            {
                (true, true) => TableAlignment.Center,
                (true, false) => TableAlignment.Left,
                (false, true) => TableAlignment.Right,
                _ => TableAlignment.None,
            };
        }

        return columns;
    }

    /// <summary>Splits at pipes without a backslash before them; such a backslash goes, even in code, as on GitHub.</summary>
    private static List<string> Cells(ReadOnlySpan<char> line, int limit)
    {
        line = line.Trim();
        if (line.StartsWith("|"))
        {
            line = line[1..];
        }

        var cells = new List<string>();
        while (cells.Count < limit)
        {
            var end = 0;
            var escaped = false;
            for (; end < line.Length && line[end] != '|'; end++)
            {
                if (line[end] == '\\' && end + 1 < line.Length)
                {
                    escaped |= line[end + 1] == '|';
                    end++;
                }
            }

            end = Math.Min(end, line.Length);
            var cell = line[..end].Trim().ToString();
            if (end == line.Length && cell.Length == 0 && cells.Count > 0)
            {
                break; // behind the closing pipe
            }

            cells.Add(escaped ? cell.Replace("\\|", "|", StringComparison.Ordinal) : cell);
            if (end == line.Length)
            {
                break;
            }

            line = line[(end + 1)..];
        }

        return cells;
    }
}
