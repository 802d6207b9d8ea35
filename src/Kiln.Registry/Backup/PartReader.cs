using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>Reads what <see cref="PartWriter"/> wrote, after a look at its hash.</summary>
internal static class PartReader
{
    /// <exception cref="InvalidDataException">A part is missing or is not the one that was written.</exception>
    public static async IAsyncEnumerable<string> LinesAsync(IObjectStore source, IEnumerable<BackupPart> parts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            await using var stored = await source.OpenAsync(ObjectKey.Create(Bucket.Backups, part.Path), cancellation) ?? throw new InvalidDataException($"The backup lacks '{part.Path}'.");
            var content = await stored.ReadAllAsync(cancellation);
            if (content.Length != part.Length || Convert.ToHexStringLower(SHA256.HashData(content)) != part.Sha256)
            {
                throw new InvalidDataException($"'{part.Path}' of the backup is damaged.");
            }

            using var reader = new StreamReader(new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress));
            while (await reader.ReadLineAsync(cancellation) is { } line)
            {
                yield return line;
            }
        }
    }
}
