namespace Kiln.Packages.Files;

/// <summary>All <c>.gitignore</c> files that count for a path: that of its folder and of every folder above, up to the one that holds <c>.git</c>.</summary>
/// <param name="tree">The files.</param>
/// <param name="explicitly">Paths that were named one by one; nothing ignores these.</param>
internal sealed class GitIgnores(IFileTree tree, IReadOnlySet<string> explicitly)
{
    private readonly Dictionary<string, GitIgnore[]> byFolder = new(StringComparer.Ordinal);

    public bool IsIgnored(string path, bool isFolder)
    {
        if (explicitly.Contains(path))
        {
            return false;
        }

        foreach (var ignore in Of(TreePath.ParentOf(path) ?? "/"))
        {
            if (ignore.IsIgnored(path, isFolder) is { } ignored)
            {
                return ignored;
            }
        }

        return false;
    }

    /// <summary>The nearest first. Recursion ends at the root.</summary>
    private GitIgnore[] Of(string folder)
    {
        if (byFolder.TryGetValue(folder, out var known))
        {
            return known;
        }

        var isTop = tree.KindOf(TreePath.Join(folder, ".git")) != FileKind.None;
        GitIgnore[] above = isTop || TreePath.ParentOf(folder) is not { } parent ? [] : Of(parent);
        return byFolder[folder] = tree.TryRead(TreePath.Join(folder, ".gitignore"), out var bytes) ? [new GitIgnore(folder, bytes.Span), .. above] : above;
    }
}
