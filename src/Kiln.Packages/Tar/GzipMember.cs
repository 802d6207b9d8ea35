using System.Buffers.Binary;
using System.IO.Compression;

namespace Kiln.Packages.Tar;

/// <summary>
/// Decompresses exactly one gzip member (RFC 1952) and counts what comes out. Stricter than GZipStream, whatever its switches say: a second
/// member, bytes after the end, a cut at any place and a wrong checksum are all problems.
/// </summary>
internal sealed class GzipMember : IAsyncDisposable
{
    private const int MaxHeaderTextBytes = 64 * 1024;
    private const int RatioFloor = 1024 * 1024;

    private readonly GzipSource source;
    private readonly DeflateStream deflate;
    private readonly TarLimits limits;
    private readonly byte[] one = new byte[1];
    private uint headerCrc;
    private uint crc;
    private long produced;
    private bool headerRead;
    private bool ended;

    public GzipMember(Stream gzip, TarLimits limits)
    {
        source = new GzipSource(gzip);
        deflate = new DeflateStream(source, CompressionMode.Decompress, leaveOpen: true);
        this.limits = limits;
    }

    /// <summary>What is wrong, once a read has given 0 before its time.</summary>
    public PublishError? Problem { get; private set; }

    /// <summary>Gives 0 at the verified end, and from the first problem on. Exceptions come from the stream beneath only.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (ended || Problem is not null)
        {
            return 0;
        }

        if (!headerRead)
        {
            headerRead = true;
            if (!await ReadHeaderAsync(cancellationToken))
            {
                Problem ??= Invalid("The upload is not a gzip stream, or its header is damaged.");
                return 0;
            }
        }

        int count;
        try
        {
            count = await deflate.ReadAsync(destination, cancellationToken);
        }
        catch (InvalidDataException) when (!source.InnerFailed)
        {
            Problem = Invalid("The gzip stream is damaged or cut off.");
            return 0;
        }

        if (count == 0)
        {
            Problem = EndProblem();
            ended = true;
            return 0;
        }

        crc = Crc32.Append(crc, destination.Span[..count]);
        produced += count;
        if (produced > limits.MaxArchiveBytes)
        {
            Problem = TooLarge($"The archive is larger than {limits.MaxArchiveBytes} bytes when unpacked.");
            return 0;
        }

        if (produced > RatioFloor && produced > source.Delivered * limits.MaxCompressionRatio)
        {
            Problem = TooLarge($"The archive unpacks to more than {limits.MaxCompressionRatio} times its size.");
            return 0;
        }

        return count;
    }

    public ValueTask DisposeAsync() => deflate.DisposeAsync();

    private PublishError? EndProblem()
    {
        if (!source.LastByteDelivered)
        {
            return Invalid("The gzip stream is cut off, or other bytes follow its end.");
        }

        var trailer = source.Trailer;
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)produced
            ? Invalid("The gzip stream is damaged or cut off: its checksum does not match.")
            : null;
    }

    private async ValueTask<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var start = new byte[10];
        for (var i = 0; i < start.Length; i++)
        {
            if (!await NextAsync(cancellationToken))
            {
                return false;
            }

            start[i] = one[0];
        }

        var flags = start[3];
        if (start[0] != 0x1f || start[1] != 0x8b || start[2] != 8 || (flags & 0xe0) != 0)
        {
            return false;
        }

        // Extra field, file name, comment: skipped.
        if ((flags & 4) != 0 && !await SkipExtraAsync(cancellationToken))
        {
            return false;
        }

        if (((flags & 8) != 0 && !await SkipTextAsync(cancellationToken)) || ((flags & 16) != 0 && !await SkipTextAsync(cancellationToken)))
        {
            return false;
        }

        if ((flags & 2) == 0)
        {
            return true;
        }

        var expected = headerCrc & 0xffff;
        return await NextAsync(cancellationToken) && one[0] == (byte)expected && await NextAsync(cancellationToken) && one[0] == (byte)(expected >> 8);
    }

    private async ValueTask<bool> SkipExtraAsync(CancellationToken cancellationToken)
    {
        if (!await NextAsync(cancellationToken))
        {
            return false;
        }

        int length = one[0];
        if (!await NextAsync(cancellationToken))
        {
            return false;
        }

        for (length |= one[0] << 8; length > 0; length--)
        {
            if (!await NextAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<bool> SkipTextAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxHeaderTextBytes && await NextAsync(cancellationToken); i++)
        {
            if (one[0] == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(one, cancellationToken) == 0)
        {
            return false;
        }

        headerCrc = Crc32.Append(headerCrc, one);
        return true;
    }

    private static PublishError Invalid(string message) => new(PublishErrorCodes.InvalidTarball, message);

    private static PublishError TooLarge(string message) => new(PublishErrorCodes.PackageTooLarge, message);
}
