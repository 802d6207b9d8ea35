using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>
/// The file system calls whose result matters. The BCL cannot be used: its flush drops fsync's error (security.md §0.1), its move without overwrite is not
/// atomic (§0.2), and it cannot open a directory. Each method returns 0 or an errno. Virtual so that tests can let a call fail.
/// </summary>
internal partial class PosixCalls
{
    public const int NoEntry = 2;
    public const int Exists = 17;
    public const int WouldBlock = 11;
    public const int NotDirectory = 20;
    public const int NameTooLong = 36;
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;
    private const int ReadWriteCreate = 2 | 0x40;
    private const int LockExclusiveNonBlocking = 2 | 4;
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const uint NoReplace = 1;

    public virtual int Sync(SafeFileHandle file) => Result(FSync(file));

    public virtual int Link(string source, string target) => Result(LinkFile(source, target));

    public virtual int Rename(string source, string target) => Result(RenameFile(source, target));

    /// <summary>rename that fails with <see cref="Exists"/> instead of replacing: for file systems without hard links.</summary>
    public virtual int RenameNoReplace(string source, string target) => Result(RenameAt2(CurrentDirectory, source, CurrentDirectory, target, NoReplace));

    public virtual int Unlink(string path) => Result(UnlinkFile(path));

    public virtual int MakeDirectory(string path) => Result(MkDir(path, 0x1ed /* 0755 */));

    /// <summary>flock: among all open files of all processes. <see cref="WouldBlock"/> when somebody has it; closing the file frees it.</summary>
    public virtual int TryLock(SafeFileHandle file)
    {
        int error;
        do
        {
            error = Result(FLock(file, LockExclusiveNonBlocking));
        }
        while (error == Interrupted);
        return error;
    }

    /// <summary>Opens for reading, a directory too.</summary>
    public virtual int Open(string path, out SafeFileHandle? handle) => Open(path, CloseOnExec, out handle);

    /// <summary>Opens for reading and writing, and makes the file when there is none. The BCL would take a lock of its own.</summary>
    public virtual int OpenOrCreate(string path, out SafeFileHandle? handle) => Open(path, CloseOnExec | ReadWriteCreate, out handle);

    private static int Open(string path, int flags, out SafeFileHandle? handle)
    {
        int descriptor;
        int error;
        do
        {
            descriptor = OpenFile(path, flags, 0x1a4 /* 0644 */);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);
        handle = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    public virtual int Stat(SafeFileHandle file, out FileStatus status)
    {
        Span<byte> buffer = stackalloc byte[256];
        var error = Result(StatX(file, "", EmptyPath, BasicStats, ref MemoryMarshal.GetReference(buffer)));
        status = error == 0 ? FileStatus.Read(buffer) : default;
        return error;
    }

    public virtual int Stat(string path, out FileStatus status)
    {
        Span<byte> buffer = stackalloc byte[256];
        var error = Result(StatX(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)));
        status = error == 0 ? FileStatus.Read(buffer) : default;
        return error;
    }

    /// <param name="directory">Open; <paramref name="path"/> is relative to it, which spares the walk through what lies above.</param>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="status">Of the file.</param>
    public virtual int Stat(SafeFileHandle directory, string path, out FileStatus status)
    {
        Span<byte> buffer = stackalloc byte[256];
        var error = Result(StatX(directory, path, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)));
        status = error == 0 ? FileStatus.Read(buffer) : default;
        return error;
    }

    /// <summary>With the errno as its <see cref="Exception.HResult"/>, as the framework's own exceptions have it.</summary>
    public static IOException Failure(string call, string path, int error) =>
        new($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);

    private static int Result(int returned) => returned == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkFile(string source, string target);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameFile(string source, string target);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int sourceDirectory, string source, int targetDirectory, string target, uint flags);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int UnlinkFile(string path);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MkDir(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(SafeFileHandle file, string path, int flags, uint mask, ref byte buffer);
}
