using Kiln.Packages.Configuration;
using Kiln.Packages.Publishing;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Unfurling;

/// <summary>Makes diagnostics that point into source files.</summary>
internal static class SourceDiagnostics
{
    public static PublishDiagnostic At(string code, DiagnosticSeverity severity, string message, string path, SourceFile file, TextSpan span) =>
        new(code, severity, message, path, PlaceOf(file, span.Start), PlaceOf(file, Math.Max(span.Start, span.End)));

    public static TextPlace PlaceOf(SourceFile file, int offset)
    {
        var (line, column) = file.Lines.GetPosition(Math.Min(offset, file.Text.Length));
        return new TextPlace(line + 1, column + 1);
    }
}
