using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Model;
using Kiln.Packages.Documentation;

namespace Kiln.Cli.Commands;

/// <summary>What <c>kiln doc</c> documents: one package, or the files that were named.</summary>
/// <param name="Sources">The modules.</param>
/// <param name="Paths">How their places are shown.</param>
internal sealed record DocInput(DocumentedSources Sources, ShownPath Paths)
{
    /// <summary>The documentation; modules are named <c>file:///absolute/path</c>.</summary>
    public DocSet Build(bool includesPrivate, CancellationToken cancellationToken) => DocBuilder.Build(
        new DocRequest
        {
            Graph = Sources.Graph,
            Roots = Sources.Roots,
            IncludesPrivate = includesPrivate,
            MaxParallelism = Environment.ProcessorCount,
        },
        cancellationToken);
}
