using System.Diagnostics;

namespace Kiln.Architecture;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that git tracks, relative to the root.</summary>
    public static IReadOnlyList<string> TrackedFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kiln.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Kiln.slnx was not found above the test assembly.");
    }
}
