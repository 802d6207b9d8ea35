using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;

namespace Kiln.Cli;

/// <summary>A problem at a place. Offsets are UTF-16 offsets in the file.</summary>
internal readonly record struct Problem(int Code, string Message, int Start, int End);

/// <summary>Problems for people and for programs. Lines and columns start at 1; columns count UTF-16 units, as editors do.</summary>
internal static class DiagnosticText
{
    private const int FirstOwnCode = 90_000;
    private const int Window = 120;

    /// <summary><c>path:line:column: error TS1005: …</c>, the source line, and what is meant underlined.</summary>
    public static void WriteHuman(StringBuilder output, string path, LineMap lines, Problem problem)
    {
        var (line, column) = lines.GetPosition(problem.Start);
        var code = problem.Code < FirstOwnCode ? $"TS{problem.Code}" : $"KILN{problem.Code}";
        output.Append(CultureInfo.InvariantCulture, $"{path}:{line + 1}:{column + 1}: error {code}: {problem.Message}\n");

        // A minified line is megabytes long: show the part around the place.
        var text = lines.GetLineText(line);
        var from = Math.Max(0, Math.Min(column, text.Length) - (Window / 2));
        var shown = text.Slice(from, Math.Min(Window, text.Length - from));
        var number = (line + 1).ToString(CultureInfo.InvariantCulture);
        output.Append("  ").Append(number).Append(" | ").Append(Printable(shown)).Append('\n');
        output.Append(' ', number.Length + 2).Append(" | ");
        for (var i = from; i < column && i - from < shown.Length; i++)
        {
            output.Append(text[i] == '\t' ? '\t' : ' ');
        }

        var width = Math.Clamp(problem.End - problem.Start, 1, Math.Max(1, from + shown.Length - column));
        output.Append('^', width).Append('\n');
    }

    /// <summary>One JSON object on one line.</summary>
    public static void WriteJson(Utf8JsonWriter writer, string path, LineMap? lines, IReadOnlyList<Problem> problems)
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteStartArray("diagnostics");
        foreach (var problem in problems)
        {
            var (line, column) = lines!.GetPosition(problem.Start);
            var (endLine, endColumn) = lines.GetPosition(problem.End);
            writer.WriteStartObject();
            writer.WriteNumber("code", problem.Code);
            writer.WriteString("message", problem.Message);
            writer.WriteNumber("line", line + 1);
            writer.WriteNumber("column", column + 1);
            writer.WriteNumber("endLine", endLine + 1);
            writer.WriteNumber("endColumn", endColumn + 1);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Control characters of a stranger's file do not reach the terminal; a tab stays, for the caret's sake.</summary>
    private static string Printable(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            clean.Append(c != '\t' && char.IsControl(c) ? '\uFFFD' : c);
        }

        return clean.ToString();
    }
}
