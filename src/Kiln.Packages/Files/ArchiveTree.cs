using System.Collections.Frozen;

namespace Kiln.Packages.Files;

/// <summary>The files of an archive in memory. Of npm's, in which all lies in one folder (<c>package/</c>), that folder is the root.</summary>
public sealed class ArchiveTree : IFileTree
{
    private readonly FrozenDictionary<string, ReadOnlyMemory<byte>> files;
    private readonly Dictionary<string, List<FileTreeEntry>> folders = new(StringComparer.Ordinal) { ["/"] = [] };

    public ArchiveTree(IReadOnlyList<PackageFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var root = CommonFolder(files);
        this.files = files.ToFrozenDictionary(f => "/" + TreePath.Below(f.Path.Value, root), f => (ReadOnlyMemory<byte>)f.Content, StringComparer.Ordinal);
        foreach (var path in this.files.Keys.Order(StringComparer.Ordinal))
        {
            Add(path, FileKind.File);
        }
    }

    public IReadOnlyList<FileTreeEntry> List(string folder) => folders.TryGetValue(folder, out var entries) ? entries : [];

    public FileKind KindOf(string path) => files.ContainsKey(path) ? FileKind.File : folders.ContainsKey(path) ? FileKind.Folder : FileKind.None;

    public long SizeOf(string path) => files.TryGetValue(path, out var bytes) ? bytes.Length : 0;

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes) => files.TryGetValue(path, out bytes);

    private void Add(string path, FileKind kind)
    {
        var folder = TreePath.ParentOf(path)!;
        if (!folders.TryGetValue(folder, out var entries))
        {
            folders.Add(folder, entries = []);
            Add(folder, FileKind.Folder);
        }

        entries.Add(new FileTreeEntry(TreePath.NameOf(path), kind));
    }

    /// <summary>The one folder at the top that holds everything; the root when there is none.</summary>
    private static string CommonFolder(IReadOnlyList<PackageFile> files)
    {
        if (files.Count == 0)
        {
            return "/";
        }

        var first = files[0].Path.Value;
        var slash = first.IndexOf('/', 1);
        var folder = slash < 0 ? "/" : first[..slash];
        return files.All(f => TreePath.IsWithin(f.Path.Value, folder)) ? folder : "/";
    }
}
