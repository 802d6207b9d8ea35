using System.Buffers;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Files;
using Kiln.Packages.Publishing;
using Kiln.TypeScript.Text;

namespace Kiln.Cli.Commands;

/// <summary>Prints the diagnostics of packages.</summary>
internal static class PackageReport
{
    // JSON for programs: nothing that reads it is HTML.
    internal static readonly JsonWriterOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for every file that was looked into or has a problem, in ordinal order.</summary>
    public static byte[] Json(IEnumerable<string> files, IReadOnlyList<PublishDiagnostic> diagnostics, ShownPath paths)
    {
        var byFile = diagnostics.ToLookup(d => d.Path, StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, JsonOptions);
        foreach (var file in files.Concat(byFile.Select(f => f.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            DiagnosticText.WriteJson(writer, paths.Of(file), byFile[file]);
            writer.Flush();
            buffer.Write("\n"u8);
            writer.Reset();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Human(IReadOnlyList<PublishDiagnostic> diagnostics, IFileTree tree, ShownPath paths, Style style)
    {
        var text = new StringBuilder();
        foreach (var file in diagnostics.GroupBy(d => d.Path, StringComparer.Ordinal))
        {
            var lines = new LineMap(file.Any(d => d.HasPlace) && tree.TryRead(file.Key, out var bytes) ? Decode(bytes.Span) : "");
            foreach (var diagnostic in file)
            {
                DiagnosticText.WriteHuman(text, paths.Of(file.Key), lines, diagnostic, style);
            }
        }

        return text.ToString();
    }

    /// <summary><c>2 errors and 1 warning in 2 of 14 files</c>.</summary>
    public static string Summary(IReadOnlyList<PublishDiagnostic> diagnostics, IReadOnlyList<string> files)
    {
        var errors = diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
        var warnings = diagnostics.Count - errors;
        var found = errors == 0 ? Counted.Of(warnings, "warning") : warnings == 0 ? Counted.Of(errors, "error") : $"{Counted.Of(errors, "error")} and {Counted.Of(warnings, "warning")}";
        var places = diagnostics.Select(d => d.Path).Distinct(StringComparer.Ordinal).ToList();
        return $"{found} in {places.Count} of {Counted.Of(places.Union(files, StringComparer.Ordinal).Count(), "file")}";
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
}
