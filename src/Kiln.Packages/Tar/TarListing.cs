using System.IO.Compression;

namespace Kiln.Packages.Tar;

/// <summary>One file of an archive: its name in the archive and its size in bytes.</summary>
public readonly record struct TarFile(string Name, long Size);

/// <summary>Lists the archives that <see cref="TarWriter"/> makes. Not for what strangers send: see <see cref="PackageTarReader"/>.</summary>
public static class TarListing
{
    /// <summary>In the order of the archive.</summary>
    /// <exception cref="InvalidDataException">It is no such archive.</exception>
    public static IReadOnlyList<TarFile> Read(byte[] gzipTarball)
    {
        ArgumentNullException.ThrowIfNull(gzipTarball);
        using var gzip = new GZipStream(new MemoryStream(gzipTarball), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        gzip.CopyTo(buffer);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        var files = new List<TarFile>();
        while (bytes.Length >= TarHeader.BlockSize && !TarHeader.IsZero(bytes[..TarHeader.BlockSize]))
        {
            if (TarHeader.TryParse(bytes[..TarHeader.BlockSize], out var header) is { } problem)
            {
                throw new InvalidDataException(problem);
            }

            files.Add(new TarFile(header.Name, header.Size));
            bytes = bytes[(int)Math.Min(bytes.Length, TarHeader.BlockSize + header.Size + TarHeader.Padding(header.Size))..];
        }

        return files;
    }
}
