using System.Globalization;
using Kiln.Analysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Files;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Documentation;

/// <summary>Loads what is to be documented from the author's disk. Nothing is checked but that it can be read.</summary>
public static class DocumentationReader
{
    private static readonly PackageReference Unnamed = PackageReference.Parse("@unnamed/unnamed");
    private static readonly PackageVersion NoVersion = PackageVersion.Parse("0.0.0");

    /// <summary>The packages that a publish in the workspace's folder would concern, in the order of their folders.</summary>
    public static IReadOnlyList<DocumentedSources> ReadPackages(Workspace workspace, IFileTree tree, int maxParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(tree);
        var resolver = new ImportResolver(workspace, tree);
        return [.. workspace.Packages.Select(package => ReadPackage(package, workspace, resolver, tree, maxParallelism, cancellationToken))];
    }

    /// <summary>Files by themselves; the configuration file in the nearest folder above the first one says what their imports mean.</summary>
    /// <param name="paths">Absolute; at least one.</param>
    public static DocumentedSources ReadFiles(IReadOnlyList<string> paths, IFileTree tree, int maxParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(tree);
        var workspace = FindWorkspace(TreePath.ParentOf(paths[0])!, tree);
        var resolver = workspace is null ? null : new ImportResolver(workspace, tree);
        var exports = paths.Distinct(StringComparer.Ordinal).Select(path => KeyValuePair.Create(path, path)).ToList();
        var graph = Build(exports, new GraphRequirements(Unnamed, NoVersion), resolver, tree, maxParallelism, cancellationToken);
        return new DocumentedSources(null, null, CommonFolder(paths), exports, graph, Diagnose(graph));
    }

    private static DocumentedSources ReadPackage(WorkspaceFolder package, Workspace workspace, ImportResolver resolver, IFileTree tree, int maxParallelism, CancellationToken cancellationToken)
    {
        var manifest = PackageManifest.Read(package, workspace);
        List<KeyValuePair<string, string>> exports = manifest.Exports is null ? [] : [.. manifest.Exports.Entries.Select(e => KeyValuePair.Create(e.Key, TreePath.Resolve(package.Folder, e.Target)))];
        var graph = Build(exports, new GraphRequirements(manifest.Name ?? Unnamed, manifest.Version ?? NoVersion), resolver, tree, maxParallelism, cancellationToken);

        // What the configuration lacks for a publish does not matter here, unless it is the exports.
        var problems = manifest.Exports is null ? manifest.Problems.Where(p => p.Code == PublishDiagnosticCodes.InvalidExports) : [];
        return new DocumentedSources(package.Name, package.Version, package.Folder, exports, graph, [.. problems, .. Diagnose(graph)]);
    }

    private static ModuleGraph Build(IReadOnlyList<KeyValuePair<string, string>> exports, GraphRequirements requirements, ImportResolver? resolver, IFileTree tree, int maxParallelism, CancellationToken cancellationToken) => ModuleGraph.Build(
        new ModuleGraphInput
        {
            Exports = exports,
            Source = tree,
            Requirements = requirements,
            MapSpecifier = resolver is null ? null : (referrer, specifier, use) =>
            {
                var resolution = resolver.Resolve(referrer, specifier, use is SpecifierUse.Types or SpecifierUse.TypesFile ? SpecifierUse.Types : SpecifierUse.Code);
                return new MappedSpecifier(resolution.Text, resolution.Message);
            },
            AllErrors = true,
            OnlyLoads = true,
            MaxParallelism = maxParallelism,
        },
        cancellationToken);

    private static List<PublishDiagnostic> Diagnose(ModuleGraph graph)
    {
        var roots = graph.Roots.Select(r => r.Value).ToHashSet(StringComparer.Ordinal);
        var found = new List<PublishDiagnostic>();
        foreach (var error in graph.Errors)
        {
            var isRoot = error.Path is { } file && roots.Contains(file) && (error.Kind == GraphErrorKind.Syntax || error.Line == 0);
            var code = error.Kind switch
            {
                GraphErrorKind.NotFound => PublishDiagnosticCodes.ModuleNotFound,
                GraphErrorKind.Unresolved => PublishDiagnosticCodes.UnresolvedImport,
                GraphErrorKind.TooMany => PublishDiagnosticCodes.TooManyModules,
                GraphErrorKind.Syntax => error.SyntaxCode.ToString(CultureInfo.InvariantCulture),
                GraphErrorKind.Unsupported when isRoot => PublishDiagnosticCodes.UnsupportedModule,
                _ => null,
            };
            if (code is null)
            {
                continue;
            }

            var severity = isRoot || error.Kind == GraphErrorKind.TooMany ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
            var path = error.Path ?? graph.Roots[0].Value;
            found.Add((error.Span.End > 0 && graph.Find(path)?.SourceFile is { } source
                ? SourceDiagnostics.At(code, severity, error.Problem, path, source, error.Span)
                : new PublishDiagnostic(code, severity, error.Problem, path)) with
            { Number = error.SyntaxCode });
        }

        return found;
    }

    private static Workspace? FindWorkspace(string folder, IFileTree tree)
    {
        for (var current = folder; current is not null; current = TreePath.ParentOf(current))
        {
            if (WorkspaceDiscovery.FileNames.Any(name => tree.KindOf(TreePath.Resolve(current, name)) == FileKind.File))
            {
                return WorkspaceDiscovery.Find(tree, current);
            }
        }

        return null;
    }

    private static string CommonFolder(IReadOnlyList<string> paths)
    {
        var common = TreePath.ParentOf(paths[0])!;
        foreach (var path in paths)
        {
            while (!TreePath.IsWithin(path, common))
            {
                common = TreePath.ParentOf(common)!;
            }
        }

        return common;
    }
}
