using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>How a temporary file becomes the final one without ever replacing another.</summary>
internal enum Placement
{
    /// <summary>link(2), then unlink of the temporary name.</summary>
    Link,

    /// <summary>renameat2(RENAME_NOREPLACE): where hard links do not exist.</summary>
    RenameNoReplace,
}

/// <summary>
/// The disk recipe of security.md §3.6: write a temporary file in the same tree, fsync it, give it its final name, fsync the directory. A failed fsync is never
/// repeated (the kernel may have dropped the pages): the temporary file goes, the error surfaces, the caller writes again from its source.
/// </summary>
internal sealed class DurableFile(PosixCalls calls, Placement placement)
{
    private const int RememberedDirectories = 20_000;

    // Directories whose entry in their parent has been synced by this process. A crash between mkdir and fsync leaves a directory that exists but
    // may vanish with the power, so each process syncs a directory's entry once, whether it made it or found it.
    private readonly ConcurrentDictionary<string, bool> durableDirectories = new(StringComparer.Ordinal);

    /// <summary>Writes and syncs a temporary file; deletes it when that fails.</summary>
    public void WriteTemporary(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(file, content, 0);
            Sync(file, path);
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    public void Sync(SafeFileHandle file, string path)
    {
        if (calls.Sync(file) is var error and not 0)
        {
            throw PosixCalls.Failure("fsync", path, error);
        }
    }

    /// <summary>Gives a synced temporary file its final name and consumes it. False when the name is taken: nothing has changed then, and the temporary file is gone.</summary>
    public bool PlaceNew(string temporary, string target)
    {
        try
        {
            var error = InDirectoryOf(target, () => placement == Placement.Link ? calls.Link(temporary, target) : calls.RenameNoReplace(temporary, target));
            return error switch
            {
                0 => true,
                PosixCalls.Exists => false,
                _ => throw PosixCalls.Failure(placement == Placement.Link ? "link" : "rename", target, error),
            };
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>Puts a synced temporary file in the place of whatever has the name, and syncs the directory.</summary>
    public void Replace(string temporary, string target)
    {
        var error = InDirectoryOf(target, () => calls.Rename(temporary, target));
        if (error != 0)
        {
            Delete(temporary);
            throw PosixCalls.Failure("rename", target, error);
        }

        SyncDirectory(Path.GetDirectoryName(target)!);
    }

    public void SyncDirectory(string path)
    {
        var error = calls.Open(path, out var directory);
        if (error != 0)
        {
            throw PosixCalls.Failure("open", path, error);
        }

        using (directory)
        {
            Sync(directory!, path);
        }
    }

    /// <summary>False when there was no such file.</summary>
    public bool Delete(string path) => calls.Unlink(path) switch
    {
        0 => true,
        PosixCalls.NoEntry or PosixCalls.NotDirectory => false,
        var error => throw PosixCalls.Failure("unlink", path, error),
    };

    /// <summary>Makes a directory and its parents exist, and their names durable.</summary>
    public void EnsureDirectory(string path)
    {
        if (durableDirectories.ContainsKey(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return; // The root.
        }

        EnsureDirectory(parent);
        var error = calls.MakeDirectory(path);
        if (error is not (0 or PosixCalls.Exists) && !Directory.Exists(path))
        {
            throw PosixCalls.Failure("mkdir", path, error);
        }

        if (error == 0 || IsBelowRoot(parent))
        {
            SyncDirectory(parent);
        }

        if (durableDirectories.Count > RememberedDirectories)
        {
            durableDirectories.Clear();
        }

        durableDirectories[path] = true;
    }

    /// <summary>Set once: directories above it belong to the operator, are assumed durable, and may not be readable for us.</summary>
    public string? Root { get; init; }

    private bool IsBelowRoot(string path) => Root is not null && (path.Equals(Root, StringComparison.Ordinal) || path.StartsWith(Root + "/", StringComparison.Ordinal));

    // Somebody may have removed an empty directory that we remember: forget all and try once more.
    private int InDirectoryOf(string target, Func<int> call)
    {
        EnsureDirectory(Path.GetDirectoryName(target)!);
        var error = call();
        if (error == PosixCalls.NoEntry)
        {
            durableDirectories.Clear();
            EnsureDirectory(Path.GetDirectoryName(target)!);
            error = call();
        }

        return error;
    }
}
