using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc --json</c>.</summary>
internal static class DocJsonMode
{
    public static int Run(IReadOnlyList<DocInput> inputs, DocSettings settings, CancellationToken cancellationToken)
    {
        var modules = inputs.SelectMany(input => input.Build(settings.IncludesPrivate, cancellationToken).Modules).DistinctBy(m => m.Specifier, StringComparer.Ordinal);
        using var output = Console.OpenStandardOutput();
        DocJson.Write(output, new DocSet { Modules = [.. modules] }, indented: true);
        return 0;
    }
}
