using Kiln.Analysis.Graph;

namespace Kiln.Packages.Publishing;

/// <summary>The problems of fast check as diagnostics.</summary>
internal static class SlowTypes
{
    public static IReadOnlyList<PublishDiagnostic> Find(ModuleGraph graph, CancellationToken cancellationToken)
    {
        _ = graph;
        cancellationToken.ThrowIfCancellationRequested();
        return [];
    }
}
