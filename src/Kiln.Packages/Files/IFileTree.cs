using Kiln.Analysis.Graph;

namespace Kiln.Packages.Files;

/// <summary>What stands under a name in a folder.</summary>
public enum FileKind : byte
{
    /// <summary>Nothing.</summary>
    None,
    File,
    Folder,

    /// <summary>A symbolic link, whatever it leads to.</summary>
    Link,

    /// <summary>A socket, a pipe, a device.</summary>
    Other,
}

/// <summary>One entry of a folder.</summary>
public readonly record struct FileTreeEntry(string Name, FileKind Kind);

/// <summary>
/// The author's files, as far as publishing looks at them. Paths are absolute, with forward slashes and without a trailing one (but for the root, <c>/</c>).
/// May be called from several threads at once.
/// </summary>
public interface IFileTree : IModuleSource
{
    /// <summary>The entries of a folder in any order; empty when there is no such folder. Links are not followed.</summary>
    IReadOnlyList<FileTreeEntry> List(string folder);

    /// <summary>What a path leads to, links followed: a file, a folder or nothing.</summary>
    FileKind KindOf(string path);

    /// <summary>In bytes; 0 when there is no such file.</summary>
    long SizeOf(string path);
}
