using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <param name="Length">Bytes.</param>
/// <param name="LastModified">UTC, when these bytes were written.</param>
/// <param name="Version">Opaque; changes whenever the content may have changed.</param>
public sealed record ObjectInfo(long Length, DateTimeOffset LastModified, string Version)
{
    /// <summary>Lower-case hex, where the store keeps it beside the content; else null.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>
/// An open object. The bytes are those of one version even when the object is replaced meanwhile. Exactly one of <see cref="File"/> and
/// <see cref="Body"/> is set: a file on disk can be read at any offset and sent without copying, a remote body is a stream.
/// </summary>
public sealed class StoredObject(ObjectInfo info, SafeFileHandle? file, Stream? body) : IAsyncDisposable
{
    public ObjectInfo Info { get; } = info;

    public long Length => Info.Length;

    public DateTimeOffset LastModified => Info.LastModified;

    public string Version => Info.Version;

    public SafeFileHandle? File { get; } = file;

    public Stream? Body { get; } = body;

    /// <summary>A stream over the whole content; it is closed with this object.</summary>
    public Stream OpenStream() => Body ?? new FileStream(File!, FileAccess.Read, bufferSize: 0, isAsync: false);

    public async ValueTask<byte[]> ReadAllAsync(CancellationToken cancellation)
    {
        var bytes = new byte[checked((int)Length)];
        if (File is null)
        {
            await Body!.ReadExactlyAsync(bytes, cancellation);
            return bytes;
        }

        for (var at = 0; at < bytes.Length;)
        {
            var read = await RandomAccess.ReadAsync(File, bytes.AsMemory(at), at, cancellation);
            if (read == 0)
            {
                throw new EndOfStreamException("A stored object is shorter than when it was opened.");
            }

            at += read;
        }

        return bytes;
    }

    public ValueTask DisposeAsync()
    {
        File?.Dispose();
        return Body?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
