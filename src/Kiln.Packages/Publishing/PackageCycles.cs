using Kiln.Analysis.Graph;
using Kiln.Packages.Files;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Workspaces;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Publishing;

/// <summary>Which packages of a workspace need which others to be published first (publishing.md §1.12).</summary>
internal sealed class PackageCycles
{
    private readonly SortedDictionary<string, CheckedPackage> packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, (ModuleEntry Module, TextSpan Span)>> needs = new(StringComparer.Ordinal);

    public PackageCycles(IReadOnlyList<CheckedPackage> checkedPackages, Workspace workspace, ImportResolver resolver)
    {
        foreach (var package in checkedPackages)
        {
            packages.TryAdd(package.Folder.Name!, package);
        }

        foreach (var (name, package) in packages)
        {
            needs[name] = new SortedDictionary<string, (ModuleEntry, TextSpan)>(StringComparer.Ordinal);
            foreach (var module in package.Graph?.Modules ?? [])
            {
                if (module.IsParsed && TreePath.IsWithin(module.Path, package.Folder.Folder))
                {
                    AddNeeds(name, module, workspace, resolver);
                }
            }
        }
    }

    /// <summary>The first cycle in the order of names, at the import that starts it.</summary>
    public PublishDiagnostic? Find()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in packages.Keys)
        {
            var path = new List<string> { start };
            var pending = new Stack<IEnumerator<string>>();
            pending.Push(needs[start].Keys.GetEnumerator());
            while (pending.TryPeek(out var at))
            {
                if (!at.MoveNext())
                {
                    pending.Pop();
                    done.Add(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }
                else if (path.IndexOf(at.Current) is var index and >= 0)
                {
                    return Describe([.. path[index..], at.Current]);
                }
                else if (!done.Contains(at.Current))
                {
                    path.Add(at.Current);
                    pending.Push(needs[at.Current].Keys.GetEnumerator());
                }
            }
        }

        return null;
    }

    private PublishDiagnostic Describe(string[] cycle)
    {
        var (module, span) = needs[cycle[0]][cycle[1]];
        return SourceDiagnostics.At(
            PublishDiagnosticCodes.DependencyCycle, DiagnosticSeverity.Error, $"The packages need each other: {string.Join(" -> ", cycle)}. None of them can be published first.", module.Path, module.SourceFile!, span) with
        { Hint = "Move what both need into a package of its own.", Package = cycle[0] };
    }

    private void AddNeeds(string name, ModuleEntry module, Workspace workspace, ImportResolver resolver)
    {
        foreach (var dependency in module.Info!.Dependencies)
        {
            if (dependency.Specifier is not { } specifier || !module.Dependencies.TryGetValue(specifier, out var target))
            {
                continue;
            }

            foreach (var resolved in (ReadOnlySpan<ResolvedTarget?>)[target.Code, target.Types])
            {
                var other = resolved?.Kind switch
                {
                    TargetKind.Package => resolver.FindWorkspacePackage(resolved.Text),
                    TargetKind.File => workspace.FolderOf(resolved.Text),
                    _ => null,
                };
                if (other?.Name is { } otherName && otherName != name && packages.ContainsKey(otherName))
                {
                    needs[name].TryAdd(otherName, (module, dependency.Span));
                }
            }
        }
    }
}
