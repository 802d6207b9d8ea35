using Kiln.Analysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Files;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Workspaces;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Publishing;

/// <summary>Modules that a package's exports reach and that are not published with it (publishing.md §1.6).</summary>
internal sealed class ForeignModules(WorkspaceFolder package, Workspace workspace, ModuleGraph graph, IReadOnlyDictionary<string, string> published)
{
    public IReadOnlyList<PublishDiagnostic> Find()
    {
        var problems = new List<PublishDiagnostic>();
        foreach (var module in graph.Modules)
        {
            if (OwnerOf(module.Path) == package.Folder && !published.ContainsKey(TreePath.InPackage(module.Path, package.Folder)) && IsModule(module.MediaType))
            {
                problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.ExcludedModule, DiagnosticSeverity.Error, "The exports reach this module, but it is excluded from publishing.", module.Path)
                { Hint = "Publish it (look at .gitignore and at \"exclude\" and \"publish\" of the configuration file), or do not import it." });
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        foreach (var module in graph.Modules)
        {
            if (module.IsParsed && OwnerOf(module.Path) == package.Folder)
            {
                FindForeignImports(module, problems);
            }
        }

        return problems;
    }

    private static bool IsModule(MediaType type) => type is MediaType.Json or MediaType.Wasm || MediaTypes.GetLanguage(type) is not null;

    private void FindForeignImports(ModuleEntry module, List<PublishDiagnostic> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var dependency in module.Info!.Dependencies)
        {
            if (dependency.Specifier is not { } specifier || !IsRelative(specifier) || !module.Dependencies.TryGetValue(specifier, out var target))
            {
                continue;
            }

            if ((target.Code ?? target.Types) is not { Kind: TargetKind.File, Text: var path } || OwnerOf(path) == package.Folder || !seen.Add(specifier))
            {
                continue;
            }

            var other = workspace.Folders.FirstOrDefault(f => f.Folder == OwnerOf(path));
            problems.Add(other is null
                ? At(PublishDiagnosticCodes.ExcludedModule, $"\"{specifier}\" lies outside of the package and is not published with it.", module, dependency.Span, "Move the file into the package, or make a package of it.")
                : At(
                    PublishDiagnosticCodes.RelativePackageImport,
                    $"\"{specifier}\" lies in another package of the workspace.",
                    module,
                    dependency.Span,
                    other.Name is { } name ? $"Import the package by its name: \"{name}\"." : "Make a package of it and import that by its name."));
        }
    }

    private static bool IsRelative(string specifier) => specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal) || specifier.StartsWith('/');

    private static PublishDiagnostic At(string code, string message, ModuleEntry module, TextSpan span, string hint) =>
        SourceDiagnostics.At(code, DiagnosticSeverity.Error, message, module.Path, module.SourceFile!, span) with { Hint = hint };

    /// <summary>The folder of the package that a file belongs to; "" for none.</summary>
    private string OwnerOf(string path)
    {
        var owner = workspace.FolderOf(path);
        if (owner.Folder == package.Folder)
        {
            return TreePath.IsWithin(path, package.Folder) ? package.Folder : "";
        }

        // A root that is no package owns nothing.
        return TreePath.IsWithin(path, owner.Folder) && owner.IsNamed ? owner.Folder : "";
    }
}
