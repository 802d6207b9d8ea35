namespace Kiln.Packages.Tar;

/// <summary>
/// The compressed bytes of a gzip upload, given out so that a decompressor which reads ahead can still be held to the exact end: the last
/// eight bytes (the trailer) never come out, and the byte before them comes out alone and last. A decompressor that ends without having
/// asked for that byte has left something unread.
/// </summary>
internal sealed class GzipSource(Stream inner) : Stream
{
    public const int TrailerLength = 8;
    private const int HeldBack = TrailerLength + 1;

    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    private bool innerEnded;

    /// <summary>Compressed bytes given out so far.</summary>
    public long Delivered { get; private set; }

    public bool LastByteDelivered { get; private set; }

    /// <summary>The stream beneath failed: its exception is not about the contents of the archive.</summary>
    public bool InnerFailed { get; private set; }

    /// <summary>Valid once <see cref="LastByteDelivered"/>.</summary>
    public ReadOnlySpan<byte> Trailer => buffer.AsSpan(start, TrailerLength);

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        while (!innerEnded && end - start <= HeldBack)
        {
            await FillAsync(cancellationToken);
        }

        var available = end - start - HeldBack;
        if (available <= 0)
        {
            if (available < 0 || LastByteDelivered || destination.IsEmpty)
            {
                return 0;
            }

            LastByteDelivered = true;
            available = 1;
        }

        var count = Math.Min(available, destination.Length);
        buffer.AsMemory(start, count).CopyTo(destination);
        start += count;
        Delivered += count;
        return count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        try
        {
            var count = await inner.ReadAsync(buffer.AsMemory(end), cancellationToken);
            end += count;
            innerEnded = count == 0;
        }
        catch
        {
            InnerFailed = true;
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
