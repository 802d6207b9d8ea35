using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs.Lint;
using Kiln.TypeScript.Text;

namespace Kiln.Cli;

/// <summary>Problems of documentation, which may have their other end in another file.</summary>
internal static partial class DiagnosticText
{
    /// <summary>As other problems, with the other end as a note and the hint below.</summary>
    /// <param name="linesOf">From paths of the module graph.</param>
    /// <param name="shown">From the same to shown paths.</param>
    public static void WriteHuman(StringBuilder output, LintProblem problem, Func<string, LineMap> linesOf, Func<string, string> shown, Style style)
    {
        WritePlace(output, shown(problem.Place.Path), linesOf(problem.Place.Path), new Problem(0, problem.Message, problem.Place.Start, problem.Place.End), $"{style.Error}error {problem.Code}:{style.End}", style.Error, style);
        if (problem.Related is { } related)
        {
            WritePlace(output, shown(related.Path), linesOf(related.Path), new Problem(0, problem.RelatedMessage!, related.Start, related.End), $"{style.Note}note:{style.End}", style.Note, style);
        }

        if (problem.Hint is { } hint)
        {
            output.Append(CultureInfo.InvariantCulture, $"  {style.Note}hint:{style.End} {hint}\n");
        }
    }

    /// <summary>One line for a file, with the members of a package's diagnostics; <c>related</c> names its file as well.</summary>
    public static void WriteJson(Utf8JsonWriter writer, string path, IEnumerable<LintProblem> problems, Func<string, LineMap> linesOf, Func<string, string> shown)
    {
        writer.WriteStartObject();
        writer.WriteString("file", shown(path));
        writer.WriteStartArray("diagnostics");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("code", problem.Code);
            writer.WriteString("severity", "error");
            WriteSpan(writer, linesOf(problem.Place.Path), problem.Message, problem.Place);
            if (problem.Hint is not null)
            {
                writer.WriteString("hint", problem.Hint);
            }

            writer.WriteString("docs", $"docs/checks.md#{problem.Code}");
            if (problem.Related is { } related)
            {
                writer.WriteStartArray("related");
                writer.WriteStartObject();
                writer.WriteString("file", shown(related.Path));
                WriteSpan(writer, linesOf(related.Path), problem.RelatedMessage!, related);
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter writer, LineMap lines, string message, LintPlace place)
    {
        var (line, column) = lines.GetPosition(place.Start);
        var (endLine, endColumn) = lines.GetPosition(place.End);
        writer.WriteString("message", message);
        writer.WriteNumber("line", line + 1);
        writer.WriteNumber("column", column + 1);
        writer.WriteNumber("endLine", endLine + 1);
        writer.WriteNumber("endColumn", endColumn + 1);
    }
}
