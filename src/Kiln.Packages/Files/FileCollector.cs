namespace Kiln.Packages.Files;

/// <summary>The files that a folder publishes.</summary>
/// <param name="Paths">Absolute, in ordinal order.</param>
/// <param name="Unsupported">Links and special files, which are left out, in ordinal order.</param>
internal sealed record CollectedFiles(IReadOnlyList<string> Paths, IReadOnlyList<FileTreeEntry> Unsupported);

/// <summary>Searches a package's folder for what is published (publishing.md §1.6).</summary>
internal sealed class FileCollector
{
    /// <summary>More entries than any package has; a folder that was named by mistake must not take all memory.</summary>
    public const int MaxEntries = 200_000;

    private readonly IFileTree tree;
    private readonly FilePatterns patterns;
    private readonly Func<string, bool> isSkippedFolder;
    private readonly GitIgnores ignores;
    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FileKind> unsupported = new(StringComparer.Ordinal);
    private int entries;

    /// <param name="tree">The files.</param>
    /// <param name="patterns">What the configuration includes and excludes.</param>
    /// <param name="isSkippedFolder">Folders that belong to another package, or hold vendored modules.</param>
    public FileCollector(IFileTree tree, FilePatterns patterns, Func<string, bool> isSkippedFolder)
    {
        this.tree = tree;
        this.patterns = patterns;
        this.isSkippedFolder = isSkippedFolder;
        var explicitly = (patterns.Include ?? []).Where(p => p is { IsNegated: false, IsGlob: false }).Select(p => p.Base).ToHashSet(StringComparer.Ordinal);
        ignores = new GitIgnores(tree, explicitly);
    }

    public CollectedFiles Collect(CancellationToken cancellationToken)
    {
        // Each inclusion is a search of its own, so that its start is not subject to what is skipped on the way.
        var starts = patterns.Include?.Where(p => !p.IsNegated).Select(p => (p.Base, p.IsGlob)).Distinct() ?? [(patterns.Folder, false)];
        foreach (var (start, isGlob) in starts)
        {
            if (!TreePath.IsWithin(start, patterns.Folder) || (isGlob && IsBelowIgnored(start)))
            {
                continue;
            }

            switch (tree.KindOf(start))
            {
                case FileKind.Folder when patterns.Match(start, isFolder: true) != PatternMatch.Negative || start == patterns.Folder:
                    Search(start, cancellationToken);
                    break;
                case FileKind.File:
                    Add(start, FileKind.File, null);
                    break;
            }
        }

        return new CollectedFiles([.. files], [.. unsupported.Select(u => new FileTreeEntry(u.Key, u.Value))]);
    }

    /// <summary>What a path names is published even where it is ignored; what a glob finds is not.</summary>
    private bool IsBelowIgnored(string start)
    {
        for (var folder = start; folder.Length > patterns.Folder.Length; folder = TreePath.ParentOf(folder)!)
        {
            if (ignores.IsIgnored(folder, isFolder: true))
            {
                return true;
            }
        }

        return false;
    }

    private void Search(string start, CancellationToken cancellationToken)
    {
        var pending = new Queue<string>();
        pending.Enqueue(start);
        while (pending.TryDequeue(out var folder) && entries <= MaxEntries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in tree.List(folder))
            {
                entries++;
                Add(TreePath.Join(folder, entry.Name), entry.Kind, pending);
            }
        }
    }

    private void Add(string path, FileKind kind, Queue<string>? pending)
    {
        var isFolder = kind == FileKind.Folder;
        var match = patterns.Match(path, isFolder);
        if (match == PatternMatch.Negative || (match == PatternMatch.None && ignores.IsIgnored(path, isFolder)))
        {
            return;
        }

        switch (kind)
        {
            case FileKind.Folder:
                if (!IsNeverSearched(TreePath.NameOf(path)) && !isSkippedFolder(path))
                {
                    pending?.Enqueue(path);
                }

                break;
            case FileKind.File:
                if (TreePath.NameOf(path) is not (".DS_Store" or ".gitignore"))
                {
                    files.Add(path);
                }

                break;
            case FileKind.Link or FileKind.Other:
                unsupported[path] = kind;
                break;
        }
    }

    private static bool IsNeverSearched(string name) => name.Equals("node_modules", StringComparison.OrdinalIgnoreCase) || name.Equals(".git", StringComparison.OrdinalIgnoreCase);
}
