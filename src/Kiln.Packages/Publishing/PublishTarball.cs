using Kiln.Packages.Tar;

namespace Kiln.Packages.Publishing;

/// <summary>The archive that an author's client uploads (publishing.md §1.7): all files in ordinal order of their paths, with nothing of the machine or the day in it.</summary>
public static class PublishTarball
{
    /// <summary>Equal files give equal bytes.</summary>
    /// <param name="error">A path does not fit the archive.</param>
    public static byte[]? Create(IReadOnlyList<PackageFile> files, out PublishError? error)
    {
        ArgumentNullException.ThrowIfNull(files);
        error = null;
        using var output = new MemoryStream();
        using (var gzip = new GzipOutputStream(output))
        {
            var tar = new TarWriter(gzip, DateTimeOffset.UnixEpoch);
            foreach (var file in files.OrderBy(f => f.Path.Value, StringComparer.Ordinal))
            {
                error ??= tar.Add(file.Path.Value[1..], file.Content);
            }

            tar.Finish();
        }

        return error is null ? output.ToArray() : null;
    }
}
