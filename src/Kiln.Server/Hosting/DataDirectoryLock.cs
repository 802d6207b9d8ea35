namespace Kiln.Server.Hosting;

/// <summary>
/// One server per data directory with an embedded database: two workers on it would only get in each other's way. Servers that share a PostgreSQL database may share the folders of the
/// object store, too; they keep out one with an embedded database, and it keeps them out.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DataDirectoryLock(FileStream file) => this.file = file;

    /// <summary>Creates the directory when needed. On failure <paramref name="problem"/> is one line for the terminal.</summary>
    /// <param name="shared">With others that say so.</param>
    public static DataDirectoryLock? TryTake(string directory, bool shared, out string? problem)
    {
        problem = null;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            problem = $"cannot create the data directory '{directory}': {e.Message}";
            return null;
        }

        try
        {
            // An advisory lock (flock) on Unix, exclusive for FileShare.None; the system drops it when the process dies in whatever way.
            var file = Path.Combine(directory, "server.lock");
            if (shared && !File.Exists(file))
            {
                using var made = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            }

            return new DataDirectoryLock(shared
                ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read)
                : new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            problem = $"the data directory '{directory}' is not writable";
            return null;
        }
        catch (IOException e) when (IsLocked(e))
        {
            problem = $"another server is running on the data directory '{directory}'";
            return null;
        }
        catch (IOException e)
        {
            problem = $"the data directory '{directory}' is not usable: {e.Message}";
            return null;
        }
    }

    public void Dispose() => file.Dispose();

    private static bool IsLocked(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) || e.Message.Contains("being used by another process", StringComparison.Ordinal);
}
