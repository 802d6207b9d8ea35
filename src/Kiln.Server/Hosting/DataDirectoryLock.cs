namespace Kiln.Server.Hosting;

/// <summary>One server per data directory: two workers on one embedded database and one object store would only get in each other's way.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DataDirectoryLock(FileStream file) => this.file = file;

    /// <summary>Creates the directory when needed. On failure <paramref name="problem"/> is one line for the terminal.</summary>
    public static DataDirectoryLock? TryTake(string directory, out string? problem)
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
            // FileShare.None is an advisory lock (flock) on Unix; the system drops it when the process dies in whatever way.
            return new DataDirectoryLock(new FileStream(Path.Combine(directory, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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
