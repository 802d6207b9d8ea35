using System.Text;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Graph;

/// <summary>Makes errors that point into a file.</summary>
internal static class SourcePlace
{
    private const int MaxFrameWidth = 120;

    /// <summary>An error whose message ends with the place.</summary>
    public static AnalysisError Error(string code, string message, string path, SourceFile? file, TextSpan span, bool withFrame = false)
    {
        var offset = span.Start;
        var (line, column) = file is null ? (0, 0) : file.Lines.GetPosition(Math.Min(offset, file.Text.Length));
        var text = new StringBuilder(message).Append(" at ").Append(path).Append(':').Append(line + 1).Append(':').Append(column + 1);
        if (withFrame && file is not null)
        {
            AppendFrame(text, file, line, column);
        }

        return new AnalysisError(code, text.ToString(), path, line + 1, column + 1) { Problem = message, Span = span };
    }

    /// <summary>The source line and a mark under the column; of a long line only the neighbourhood.</summary>
    private static void AppendFrame(StringBuilder text, SourceFile file, int line, int column)
    {
        var source = file.Lines.GetLineText(line);
        column = Math.Min(column, source.Length);
        var start = Math.Max(0, column - (MaxFrameWidth / 2));
        var length = Math.Min(source.Length - start, MaxFrameWidth);
        var gutter = $"  {line + 1} | ";
        text.Append("\n\n").Append(gutter);
        foreach (var c in source.Slice(start, length))
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        text.Append('\n').Append(' ', gutter.Length + column - start).Append('^');
    }
}
