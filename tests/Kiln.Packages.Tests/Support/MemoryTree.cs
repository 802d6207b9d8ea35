using System.Text;
using Kiln.Packages.Files;

namespace Kiln.Packages.Tests.Support;

/// <summary>A file tree in memory; folders exist by what lies in them.</summary>
internal sealed class MemoryTree : IFileTree
{
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> links = new(StringComparer.Ordinal);
    private readonly HashSet<string> folders = new(StringComparer.Ordinal) { "/" };

    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public void Add(string path, byte[] content)
    {
        files[path] = content;
        AddFolder(TreePath.ParentOf(path)!);
    }

    public void AddFolder(string path)
    {
        for (var folder = path; folder is not null; folder = TreePath.ParentOf(folder))
        {
            folders.Add(folder);
        }
    }

    public void AddLink(string path, string target) => links[path] = TreePath.Resolve(TreePath.ParentOf(path)!, target);

    public IReadOnlyList<FileTreeEntry> List(string folder) =>
    [
        .. folders.Where(f => f != "/" && TreePath.ParentOf(f) == folder).Select(f => new FileTreeEntry(TreePath.NameOf(f), FileKind.Folder)),
        .. files.Keys.Where(f => TreePath.ParentOf(f) == folder).Select(f => new FileTreeEntry(TreePath.NameOf(f), FileKind.File)),
        .. links.Keys.Where(f => TreePath.ParentOf(f) == folder).Select(f => new FileTreeEntry(TreePath.NameOf(f), FileKind.Link)),
    ];

    public FileKind KindOf(string path) =>
        files.ContainsKey(path) ? FileKind.File : folders.Contains(path) ? FileKind.Folder : links.TryGetValue(path, out var target) ? KindOf(target) : FileKind.None;

    public long SizeOf(string path) => files.TryGetValue(path, out var content) ? content.Length : 0;

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        var found = files.TryGetValue(links.GetValueOrDefault(path, path), out var content);
        bytes = content;
        return found;
    }
}
