using System.IO.Compression;
using System.Security.Cryptography;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>Lines in compressed objects of a bounded size.</summary>
internal sealed class PartWriter(IObjectStore target, Func<int, ObjectKey> name, CancellationToken cancellation) : IDisposable
{
    /// <summary>Bytes before compression; a line is never split.</summary>
    private const int PartLength = 8 * 1024 * 1024;

    private readonly List<BackupPart> parts = [];
    private readonly MemoryStream lines = new();

    public Stream Lines => lines;

    /// <summary>Called after each line.</summary>
    public ValueTask FlushWhenFullAsync() => lines.Length >= PartLength ? FlushAsync() : ValueTask.CompletedTask;

    public async Task<IReadOnlyList<BackupPart>> FinishAsync()
    {
        if (lines.Length > 0)
        {
            await FlushAsync();
        }

        return parts;
    }

    public void Dispose() => lines.Dispose();

    private async ValueTask FlushAsync()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            lines.Position = 0;
            await lines.CopyToAsync(gzip, cancellation);
        }

        lines.SetLength(0);
        var content = compressed.ToArray();
        var key = name(parts.Count);
        if (await target.CreateAsync(key, content, cancellation) == CreateOutcome.Conflict)
        {
            throw new IOException($"'{key}' exists already.");
        }

        parts.Add(new BackupPart(key.Path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
    }
}
