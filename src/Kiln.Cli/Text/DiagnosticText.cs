using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Publishing;
using Kiln.TypeScript.Text;

namespace Kiln.Cli;

/// <summary>Problems for people and for programs. Lines and columns start at 1; columns count UTF-16 units, as editors do.</summary>
internal static partial class DiagnosticText
{
    private const int FirstOwnCode = 90_000;

    /// <summary><c>path:line:column: error TS1005: …</c>, the source line, what is meant underlined; then the related place as a note.</summary>
    public static void WriteHuman(StringBuilder output, string path, LineMap lines, Problem problem, Style style)
    {
        WritePlace(output, path, lines, problem, $"{style.Error}error {Label(problem.Code)}:{style.End}", style.Error, style);
        if (problem.Related is { } related)
        {
            WritePlace(output, path, lines, related, $"{style.Note}note:{style.End}", style.Note, style);
        }
    }

    /// <summary>The same for a problem of a package, with its hint below; of a file as a whole without a line.</summary>
    /// <param name="lines">Of the file that it is about.</param>
    public static void WriteHuman(StringBuilder output, string path, LineMap lines, PublishDiagnostic diagnostic, Style style)
    {
        var isError = diagnostic.Severity == DiagnosticSeverity.Error;
        var color = isError ? style.Error : style.Warning;
        var label = $"{color}{(isError ? "error" : "warning")} {(diagnostic.Number == 0 ? diagnostic.Code : Label(diagnostic.Number))}:{style.End}";
        if (diagnostic.HasPlace)
        {
            WritePlace(output, path, lines, new Problem(0, diagnostic.Message, OffsetOf(lines, diagnostic.Start), OffsetOf(lines, diagnostic.End)), label, color, style);
        }
        else
        {
            output.Append(CultureInfo.InvariantCulture, $"{style.Place}{path}:{style.End} {label} {style.Place}{diagnostic.Message}{style.End}\n");
        }

        if (diagnostic.Hint is { } hint)
        {
            output.Append(CultureInfo.InvariantCulture, $"  {style.Note}hint:{style.End} {hint}\n");
        }
    }

    /// <summary>One line for a file of a package: the fields of <see cref="WriteJson(Utf8JsonWriter, string, LineMap?, IReadOnlyList{Problem})"/>, severity, and hint and documentation where there are some.</summary>
    public static void WriteJson(Utf8JsonWriter writer, string path, IEnumerable<PublishDiagnostic> diagnostics)
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        WriteDiagnostics(writer, diagnostics);
        writer.WriteEndObject();
    }

    /// <summary>The member <c>diagnostics</c> alone.</summary>
    public static void WriteDiagnostics(Utf8JsonWriter writer, IEnumerable<PublishDiagnostic> diagnostics)
    {
        writer.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            if (diagnostic.Number != 0)
            {
                writer.WriteNumber("code", diagnostic.Number);
            }
            else
            {
                writer.WriteString("code", diagnostic.Code);
            }

            writer.WriteString("severity", diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning");
            writer.WriteString("message", diagnostic.Message);

            // What is about the file as a whole stands at its start.
            var start = diagnostic.HasPlace ? diagnostic.Start : new TextPlace(1, 1);
            var end = diagnostic.HasPlace ? diagnostic.End : start;
            writer.WriteNumber("line", start.Line);
            writer.WriteNumber("column", start.Column);
            writer.WriteNumber("endLine", end.Line);
            writer.WriteNumber("endColumn", end.Column);
            if (diagnostic.Hint is { } hint)
            {
                writer.WriteString("hint", hint);
            }

            if (diagnostic.Number == 0)
            {
                writer.WriteString("docs", $"docs/checks.md#{diagnostic.Code}");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Label(int code) => code < FirstOwnCode ? $"TS{code}" : $"KILN{code}";

    private static int OffsetOf(LineMap lines, TextPlace place)
    {
        var line = Math.Min(place.Line, lines.LineCount) - 1;
        return lines.GetLineStart(line) + Math.Min(place.Column - 1, lines.GetLineText(line).Length);
    }

    /// <summary>One JSON object on one line. <c>related</c> is written only for a problem that has a related place.</summary>
    public static void WriteJson(Utf8JsonWriter writer, string path, LineMap? lines, IReadOnlyList<Problem> problems)
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteStartArray("diagnostics");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            WriteFields(writer, lines!, problem);
            if (problem.Related is { } related)
            {
                writer.WriteStartArray("related");
                writer.WriteStartObject();
                WriteFields(writer, lines!, related);
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, LineMap lines, Problem problem)
    {
        var (line, column) = lines.GetPosition(problem.Start);
        var (endLine, endColumn) = lines.GetPosition(problem.End);
        writer.WriteNumber("code", problem.Code);
        writer.WriteString("message", problem.Message);
        writer.WriteNumber("line", line + 1);
        writer.WriteNumber("column", column + 1);
        writer.WriteNumber("endLine", endLine + 1);
        writer.WriteNumber("endColumn", endColumn + 1);
    }

    private static void WritePlace(StringBuilder output, string path, LineMap lines, Problem problem, string label, string mark, Style style)
    {
        var (line, column) = lines.GetPosition(problem.Start);
        var (endLine, endColumn) = lines.GetPosition(problem.End);
        output.Append(CultureInfo.InvariantCulture, $"{style.Place}{path}:{line + 1}:{column + 1}:{style.End} {label} {style.Place}{problem.Message}{style.End}\n");

        // An end at the very start of a line belongs to the line before.
        if (endColumn == 0 && endLine > line)
        {
            endLine--;
            endColumn = lines.GetLineText(endLine).Length;
        }

        var margin = (endLine + 1).ToString(CultureInfo.InvariantCulture).Length;
        WriteLine(output, lines, line, column, endLine > line ? int.MaxValue : endColumn, margin, mark, style);
        if (endLine > line)
        {
            if (endLine > line + 1)
            {
                output.Append(CultureInfo.InvariantCulture, $"  {style.Gutter}{new string(' ', margin)} |{style.End} …\n");
            }

            var text = lines.GetLineText(endLine);
            WriteLine(output, lines, endLine, Math.Min(text.Length - text.TrimStart().Length, endColumn), endColumn, margin, mark, style);
        }
    }

    private static void WriteLine(StringBuilder output, LineMap lines, int line, int from, int to, int margin, string mark, Style style)
    {
        var text = lines.GetLineText(line);
        SourceLine.Render(text, Math.Min(from, text.Length), Math.Min(to, text.Length), out var shown, out var indent, out var width);
        var number = (line + 1).ToString(CultureInfo.InvariantCulture).PadLeft(margin);
        output.Append(CultureInfo.InvariantCulture, $"  {style.Gutter}{number} |{style.End}{(shown.Length > 0 ? " " : "")}{shown}\n");
        output.Append(CultureInfo.InvariantCulture, $"  {style.Gutter}{new string(' ', margin)} |{style.End} {new string(' ', indent)}{mark}{new string('^', width)}{style.End}\n");
    }
}
