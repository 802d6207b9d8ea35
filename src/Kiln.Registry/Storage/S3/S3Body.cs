using System.Security.Cryptography;
using Amazon.Runtime;

namespace Kiln.Registry.Storage.S3;

/// <summary>
/// The bytes of a remote object from its start. A connection that breaks is taken up where it broke, as long as the object is the same; bytes that are not those that
/// were stored end in an exception before the last of them is handed out.
/// </summary>
/// <param name="length">Of the whole object.</param>
/// <param name="sha256">Lower-case hex as stored with the object; null when nobody noted it.</param>
/// <param name="first">The body of the first answer.</param>
/// <param name="resume">Opens the same version from an offset; throws when it is gone.</param>
/// <param name="patience">For the next bytes.</param>
internal sealed class S3Body(long length, string? sha256, IDisposable first, Stream firstBody, Func<long, CancellationToken, Task<(IDisposable Owner, Stream Body)>> resume, TimeSpan patience, int attempts) : Stream
{
    private readonly IncrementalHash? hash = sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IDisposable owner = first;
    private Stream body = firstBody;
    private long position;
    private int broken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == length || buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            Exception failure;
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            time.CancelAfter(patience);
            try
            {
                var read = await body.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - position)], time.Token);
                if (read > 0)
                {
                    Accept(buffer.Span[..read]);
                    return read;
                }

                failure = new EndOfStreamException("The answer ended early.");
            }
            catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested && e is not ChecksumException)
            {
                failure = e;
            }

            if (++broken >= attempts)
            {
                throw new StoreUnavailableException($"The body of an object broke off {broken} times: {failure.Message}", refused: false, failure);
            }

            owner.Dispose();
            (owner, body) = await resume(position, cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Remote objects are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                owner.Dispose();
            }
            catch (AmazonClientException) when (sha256 is not null)
            {
                // The SDK compares with the entity tag, where that is an MD5, and only when it closes. Accept has compared already, and what it threw must not be covered.
            }

            hash?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Accept(ReadOnlySpan<byte> bytes)
    {
        hash?.AppendData(bytes);
        position += bytes.Length;
        if (position == length && hash is not null && !Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(sha256, StringComparison.Ordinal))
        {
            throw new ChecksumException("The bytes of an object are not those that were stored.");
        }
    }
}
