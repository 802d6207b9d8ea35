using Microsoft.AspNetCore.Http.Features;

namespace Kiln.Server.Hosting;

/// <summary>A request body that ends in a 413 when it is longer than allowed: at the first read when its length was announced, else at the byte that is too many.</summary>
internal sealed class BoundedRequestBody(Stream body, long? announced, long limit) : Stream, IHttpMaxRequestBodySizeFeature
{
    private long received;
    private bool isReadOnly;

    public bool IsReadOnly => isReadOnly;

    public long? MaxRequestBodySize
    {
        get => limit;
        set => limit = isReadOnly ? throw new InvalidOperationException("The body is being read already.") : value ?? long.MaxValue;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        isReadOnly = true;
        Check(announced ?? 0);
        var read = await body.ReadAsync(buffer, cancellationToken);
        Check(received += read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Request bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Check(long length)
    {
        if (length > limit)
        {
            throw new BadHttpRequestException("The request body is too large.", StatusCodes.Status413PayloadTooLarge);
        }
    }
}
