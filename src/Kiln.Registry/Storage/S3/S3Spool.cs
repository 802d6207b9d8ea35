using System.Security.Cryptography;

namespace Kiln.Registry.Storage.S3;

/// <summary>
/// An upload on its way: in memory while it is small, else in a file that has no name, so that it goes with the process however that ends. A put must be able to start
/// over, and whether an upload is complete is known only at its end; so nothing is sent before that, and no multipart upload can be left open.
/// </summary>
internal sealed class S3Spool : IAsyncDisposable
{
    private const int InMemory = 1024 * 1024;
    private const int CopyBuffer = 64 * 1024;

    private readonly Stream content;

    private S3Spool(Stream content, Upload upload)
    {
        this.content = content;
        Upload = upload;
    }

    public Upload Upload { get; }

    /// <summary>From the start; the caller must not close it.</summary>
    public Stream Content
    {
        get
        {
            content.Position = 0;
            return content;
        }
    }

    public static async Task<S3Spool> ReceiveAsync(Stream source, long limit, string folder, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Stream target = new MemoryStream();
        try
        {
            var buffer = new byte[CopyBuffer];
            long length = 0;
            int read;
            while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    return new S3Spool(target, new Upload(limit + 1, "", LimitExceeded: true));
                }

                hash.AppendData(buffer, 0, read);
                if (length > InMemory && target is MemoryStream memory)
                {
                    target = OpenUnnamed(folder);
                    memory.Position = 0;
                    await memory.CopyToAsync(target, cancellation);
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            await target.FlushAsync(cancellation);
            return new S3Spool(target, new Upload(length, Convert.ToHexStringLower(hash.GetHashAndReset()), LimitExceeded: false));
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();

    private static FileStream OpenUnnamed(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "upload-" + Guid.NewGuid().ToString("N"));
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CopyBuffer, FileOptions.Asynchronous);
        File.Delete(path);
        return file;
    }
}
