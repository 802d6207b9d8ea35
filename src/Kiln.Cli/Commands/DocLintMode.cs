using System.Buffers;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Lint;
using Kiln.Documentation.Links;
using Kiln.Documentation.Pages;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc --lint</c>: what the documentation lacks, printed as <c>kiln check</c> prints problems.</summary>
internal static class DocLintMode
{
    public static int Run(IReadOnlyList<DocInput> inputs, DocSettings settings, bool json, CancellationToken cancellationToken)
    {
        var found = 0;
        var modules = 0;
        using var output = Console.OpenStandardOutput();
        foreach (var input in inputs)
        {
            var problems = Check(input, cancellationToken);
            output.Write(json ? Json(input, problems) : Human(input, problems, settings.Output));
            found += problems.Count;
            modules += input.Sources.Roots.Count;
        }

        if (!json)
        {
            output.Flush();
            Console.Error.WriteLine(found == 0 ? $"{Counted.Of(modules, "entry point")} checked, no problem" : Counted.Of(found, "problem"));
        }

        return found == 0 ? 0 : 1;
    }

    /// <summary>What the reference's lint looks for, and links that pages of documentation would show as text.</summary>
    private static List<LintProblem> Check(DocInput input, CancellationToken cancellationToken)
    {
        var request = new DocRequest { Graph = input.Sources.Graph, Roots = input.Sources.Roots, MaxParallelism = Environment.ProcessorCount };
        var docs = DocBuilder.Build(request, cancellationToken);
        var package = new PackageDocs
        {
            Name = input.Sources.Name ?? "",
            Modules = docs,
            Entries = [.. input.Sources.Exports.Select(e => new DocEntryPoint(e.Key == "." ? "" : e.Key.StartsWith("./", StringComparison.Ordinal) ? e.Key[2..] : e.Key, request.Specifier(e.Value)))],
        };
        var places = new LinkProblems(request.Graph);
        var links = BrokenLinks.Find(package, cancellationToken)
            .Select(link => places.Create(link.Location.FileName["file://".Length..], link.Location, link.IsModule, link.Target))
            .OfType<LintProblem>();
        return [.. DocLint.Check(request, docs, cancellationToken).Concat(links).OrderBy(p => p.Place.Path, StringComparer.Ordinal).ThenBy(p => p.Place.Start)];
    }

    private static byte[] Human(DocInput input, IReadOnlyList<LintProblem> problems, Style style)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            DiagnosticText.WriteHuman(text, problem, path => input.Sources.Graph.Find(path)!.SourceFile!.Lines, input.Paths.Of, style);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One line for each entry point and each other file with a problem.</summary>
    private static byte[] Json(DocInput input, IReadOnlyList<LintProblem> problems)
    {
        var byFile = problems.ToLookup(p => p.Place.Path, StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions);
        foreach (var file in input.Sources.Roots.Concat(byFile.Select(f => f.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            DiagnosticText.WriteJson(writer, file, byFile[file], path => input.Sources.Graph.Find(path)!.SourceFile!.Lines, input.Paths.Of);
            writer.Flush();
            buffer.Write("\n"u8);
            writer.Reset();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
