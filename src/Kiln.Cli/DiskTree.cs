using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Kiln.Packages.Files;

namespace Kiln.Cli;

/// <summary>The files on disk.</summary>
internal sealed partial class DiskTree : IFileTree
{
    public IReadOnlyList<FileTreeEntry> List(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<FileTreeEntry>(folder, static (ref entry) => new FileTreeEntry(entry.FileName.ToString(), KindOf(ref entry)), new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public FileKind KindOf(string path) => File.Exists(path) ? FileKind.File : Directory.Exists(path) ? FileKind.Folder : FileKind.None;

    public long SizeOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        var file = new FileInfo(path);
        if (!file.Exists || (file.Length == 0 && IsSpecial(path)))
        {
            return false;
        }

        try
        {
            bytes = File.ReadAllBytes(path);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static FileKind KindOf(ref FileSystemEntry entry)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
        {
            return FileKind.Link;
        }

        if (entry.IsDirectory)
        {
            return FileKind.Folder;
        }

        // Pipes and sockets have no length; opening one would wait for somebody at its other end.
        return entry.Length == 0 && IsSpecial(entry.ToFullPath()) ? FileKind.Other : FileKind.File;
    }

    /// <summary>Neither a regular file nor a folder. Where the system cannot be asked, everything is regular.</summary>
    private static unsafe bool IsSpecial(string path)
    {
        const int CurrentFolder = -100;
        const uint Mode = 0x2;
        const int ModeOffset = 28;
        const int TypeMask = 0xF000;
        const int RegularFile = 0x8000;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        Span<byte> status = stackalloc byte[256];
        fixed (byte* buffer = status)
        {
            return Status(CurrentFolder, path, 0, Mode, buffer) == 0 && (BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask) != RegularFile;
        }
    }

    // statx has one layout on every architecture, unlike stat.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Status(int folder, string path, int flags, uint mask, byte* buffer);
}
