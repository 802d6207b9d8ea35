using System.Buffers.Binary;
using System.IO.Compression;

namespace Kiln.Packages.Tar;

/// <summary>
/// Compresses to one gzip member whose header says nothing about the machine: no time, no name, operating system "unknown". The BCL's own
/// header tells the system it ran on.
/// </summary>
public sealed class GzipOutputStream : Stream
{
    private readonly Stream output;
    private readonly CompressionLevel level;

    // Made by the first byte: what DeflateStream writes for no input at all differs between versions of .NET.
    private DeflateStream? deflate;
    private uint crc;
    private uint length;
    private bool finished;

    /// <param name="output">Left open.</param>
    /// <param name="level">Optimal is zlib's level 6.</param>
    public GzipOutputStream(Stream output, CompressionLevel level = CompressionLevel.Optimal)
    {
        ArgumentNullException.ThrowIfNull(output);
        this.output = output;
        output.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        this.level = level;
    }

    /// <summary>One call for bytes in memory.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Optimal)
    {
        var output = new MemoryStream();
        using (var gzip = new GzipOutputStream(output, level))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        deflate ??= new DeflateStream(output, level, leaveOpen: true);
        crc = Crc32.Append(crc, buffer);
        length += (uint)buffer.Length;
        deflate.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Ends the member; the stream beneath stays open.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !finished)
        {
            finished = true;

            deflate?.Dispose();
            if (deflate is null)
            {
                output.Write([3, 0]);
            }

            Span<byte> trailer = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], length);
            output.Write(trailer);
        }

        base.Dispose(disposing);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => (deflate ?? output).Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
