using Kiln.Packages.Files;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Publishing;

/// <summary>The whole analysis before a publish, as the author's client does it: all packages that a publish in one folder concerns (publishing.md §1.5).</summary>
public sealed class WorkspaceCheck
{
    private WorkspaceCheck(Workspace workspace, IReadOnlyList<CheckedPackage> packages, IReadOnlyList<PublishDiagnostic> diagnostics)
    {
        Workspace = workspace;
        Packages = packages;
        Diagnostics = diagnostics;
    }

    public Workspace Workspace { get; }

    /// <summary>In the order of their folders.</summary>
    public IReadOnlyList<CheckedPackage> Packages { get; }

    /// <summary>Of the workspace and all packages, in the order of files and places.</summary>
    public IReadOnlyList<PublishDiagnostic> Diagnostics { get; }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Every file that was looked into: the modules of all graphs and the published sources. Absolute, in ordinal order.</summary>
    public IReadOnlyList<string> AnalysedFiles =>
    [
        .. Packages.SelectMany(p => (p.Graph?.Modules.Select(m => m.Path) ?? []).Concat(p.Sources.Keys.Select(s => p.Files[s]))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public static WorkspaceCheck Run(Workspace workspace, IFileTree tree, CheckOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        var resolver = new ImportResolver(workspace, tree);
        var types = new TypesPackages(workspace, resolver, tree);
        var packages = workspace.Packages.Select(p => new PackageAnalysis(p, workspace, resolver, types, tree, options).Run(cancellationToken)).ToList();
        var diagnostics = workspace.Problems.Concat(resolver.Problems).Concat(packages.SelectMany(p => p.Diagnostics)).ToList();
        if (new PackageCycles(packages, workspace, resolver).Find() is { } cycle)
        {
            diagnostics.Add(cycle);
        }

        // A module of two packages is looked at twice.
        var distinct = diagnostics.DistinctBy(d => (d.Code, d.Path, d.Start, d.Message)).ToList();
        distinct.Sort(PublishDiagnostic.Compare);
        return new WorkspaceCheck(workspace, packages, distinct);
    }
}
