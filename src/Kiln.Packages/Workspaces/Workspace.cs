using Kiln.Packages.Files;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Workspaces;

/// <summary>All folders whose configuration counts together; a package by itself is a workspace of one.</summary>
public sealed class Workspace
{
    internal Workspace(WorkspaceFolder root, IReadOnlyList<WorkspaceFolder> members, IReadOnlyList<WorkspaceFolder> links, WorkspaceFolder start, IReadOnlyList<PublishDiagnostic> problems)
    {
        Root = root;
        Members = members;
        Links = links;
        Start = start;
        Problems = problems;

        // The root takes part like a member, behind them: what lies in a member's folder belongs to the member.
        Folders = [.. members, root];
    }

    public WorkspaceFolder Root { get; }

    /// <summary>Without the root, in the order of their folders.</summary>
    public IReadOnlyList<WorkspaceFolder> Members { get; }

    /// <summary>Packages elsewhere on disk that stand for published ones (<c>links</c>).</summary>
    public IReadOnlyList<WorkspaceFolder> Links { get; }

    /// <summary>The folder that the search started from.</summary>
    public WorkspaceFolder Start { get; }

    /// <summary>Members and root.</summary>
    public IReadOnlyList<WorkspaceFolder> Folders { get; }

    /// <summary>What is wrong with the workspace itself.</summary>
    public IReadOnlyList<PublishDiagnostic> Problems { get; }

    /// <summary>The packages that a publish in <see cref="Start"/> concerns: itself when it is one, at the root all members, else none (publishing.md §1.3).</summary>
    public IReadOnlyList<WorkspaceFolder> Packages =>
        Start.IsPackage ? [Start] : Start.Folder == Root.Folder ? [.. Members.Where(m => m.IsPackage)] : [];

    /// <summary>The innermost folder that a file belongs to; the root for everything else.</summary>
    public WorkspaceFolder FolderOf(string path)
    {
        WorkspaceFolder? best = null;
        foreach (var folder in Folders)
        {
            if (TreePath.IsWithin(path, folder.Folder) && (best is null || folder.Folder.Length > best.Folder.Length))
            {
                best = folder;
            }
        }

        return best ?? Root;
    }
}
