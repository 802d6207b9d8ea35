namespace Kiln.Tooling;

/// <summary>A folder of the test's own, removed at the end; kept for a look when <c>KILN_KEEP_FOLDERS</c> is set.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("kiln-test-").FullName;

    public string this[string relative] => Path.Combine(FullPath, relative);

    /// <summary>Writes a file, making its folders.</summary>
    public string Write(string relative, string text)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public static void Copy(string from, string to, Func<string, string>? edit = null)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (edit is null)
            {
                File.Copy(file, target);
            }
            else
            {
                File.WriteAllText(target, edit(File.ReadAllText(file)));
            }
        }
    }

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("KILN_KEEP_FOLDERS") is { Length: > 0 })
        {
            return;
        }

        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (IOException)
        {
            // A client's background process may still hold a cache; the operating system cleans its temporary folder.
        }
    }
}
