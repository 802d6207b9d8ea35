using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>
/// One folder of temporary files per process, marked as living by a lock that the kernel drops when the process dies. So a sweep can tell abandoned files
/// from those that another process (an <c>admin</c> command beside the server) is writing just now, without looking at any clock.
/// </summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly string root;
    private readonly string folder;
    private readonly SafeFileHandle alive;

    private TemporaryFiles(string root, string folder, SafeFileHandle alive)
    {
        this.root = root;
        this.folder = folder;
        this.alive = alive;
    }

    public static TemporaryFiles Open(string root)
    {
        var name = Guid.NewGuid().ToString("N");
        var alive = Lock($"{root}/{name}.lock", FileMode.CreateNew);
        var folder = $"{root}/{name}";
        Directory.CreateDirectory(folder);
        return new TemporaryFiles(root, folder, alive);
    }

    public string NewPath() => $"{folder}/{Guid.NewGuid():N}";

    /// <summary>Without touching them.</summary>
    public int CountAbandoned() => Visit(delete: false);

    public int SweepAbandoned() => Visit(delete: true);

    private int Visit(bool delete)
    {
        var swept = 0;
        foreach (var lockFile in Directory.GetFiles(root, "*.lock"))
        {
            var abandoned = lockFile[..^".lock".Length];
            if (abandoned.Equals(folder, StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                using var mine = Lock(lockFile, FileMode.Open);
                if (Directory.Exists(abandoned))
                {
                    swept += Directory.GetFiles(abandoned).Length;
                }

                if (delete)
                {
                    if (Directory.Exists(abandoned))
                    {
                        Directory.Delete(abandoned, recursive: true);
                    }

                    File.Delete(lockFile);
                }
            }
            catch (IOException)
            {
                // Its process lives, or another sweep is at it.
            }
        }

        return swept;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            File.Delete(folder + ".lock");
        }
        catch (IOException)
        {
            // A write is still under way; the next sweep takes the folder.
        }

        alive.Dispose();
    }

    // FileShare.None takes flock(LOCK_EX | LOCK_NB).
    private static SafeFileHandle Lock(string path, FileMode mode) => File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
}
