using Kiln.Analysis.Declarations;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.Packages.Unfurling;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Publishing;

/// <summary>The problems of fast check as diagnostics.</summary>
public static class SlowTypeDiagnostics
{
    /// <summary>Shown once behind all of them.</summary>
    public const string Explanation =
        """
        The package has slow types: types that cannot be told from the source without a type checker. With the types written out,
        type checking is faster for everybody who uses the package, its documentation is complete, and users of npm get its declarations.
        Slow types can be published with --allow-slow-types.
        """;

    public static IReadOnlyList<PublishDiagnostic> Find(ModuleGraph graph, int maxParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return [.. PackageTypes.Analyze(graph, module => new DeclarationOptions { Public = module }, maxParallelism, cancellationToken).Problems.Select(p => ToDiagnostic(graph.Find(p.Path), p.Path, p.Problem))];
    }

    /// <summary>The problem at its place in a module.</summary>
    public static PublishDiagnostic ToDiagnostic(ModuleEntry? module, string path, FastCheckDiagnostic problem)
    {
        var severity = PackageTypes.IsWarning(problem.Code) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
        var diagnostic = module?.SourceFile is { } file && problem.End > 0
            ? SourceDiagnostics.At(problem.Code, severity, problem.Message, path, file, new TextSpan(problem.Start, problem.End))
            : new PublishDiagnostic(problem.Code, severity, problem.Message, path);
        return diagnostic with { Hint = problem.Hint, IsSlowType = true };
    }
}
