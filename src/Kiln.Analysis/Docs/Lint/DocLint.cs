using Kiln.Analysis.Docs.Collection;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Lint;

/// <summary>What documentation lacks (docs.md §8): the rules of the reference's <c>doc --lint</c>.</summary>
public static class DocLint
{
    /// <summary>Builds the documentation and judges it. Problems by path and place, then by code.</summary>
    public static IReadOnlyList<LintProblem> Check(DocRequest request, CancellationToken cancellationToken) => Check(request, DocBuilder.Build(request, cancellationToken), cancellationToken);

    /// <param name="request">What <paramref name="docs"/> was built from.</param>
    /// <param name="docs">The documentation.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static IReadOnlyList<LintProblem> Check(DocRequest request, DocSet docs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(docs);
        var modules = DocBuilder.Open(request, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.MaxParallelism), CancellationToken = cancellationToken });
        var problems = new List<LintProblem>();
        var places = new NamePlaces(modules.Values);
        new CommentLint(places, problems, cancellationToken).Check(docs);
        new PrivateTypeLint(request.Graph, modules, problems, cancellationToken).Check(request.Roots);
        return [.. problems.OrderBy(p => p.Place.Path, StringComparer.Ordinal).ThenBy(p => p.Place.Start).ThenBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.Message, StringComparer.Ordinal)];
    }
}
