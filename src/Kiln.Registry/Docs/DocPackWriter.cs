using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Kiln.Registry.Docs;

/// <summary>Makes a pack, piece by piece. The same pieces give the same bytes, whatever their order was.</summary>
internal sealed class DocPackWriter : IDisposable
{
    /// <summary>Half a second for the thousand pages of a large package, and a tenth larger than the best.</summary>
    private const int Quality = 5;
    private const int Window = 22;

    private readonly SortedDictionary<string, (byte[] Compressed, int Length)> pieces = new(StringComparer.Ordinal);
    private long size;

    /// <summary>False when the pack would exceed its bounds; nothing was added then. Of two pieces of one name the first stays.</summary>
    /// <param name="key">Without halves of surrogate pairs.</param>
    public bool TryAdd(string key, ReadOnlySpan<byte> content)
    {
        if (pieces.ContainsKey(key))
        {
            return true;
        }

        if (content.Length > DocPackFormat.LargestPiece || pieces.Count >= DocPackFormat.MostPieces || Encoding.UTF8.GetByteCount(key) > DocPackFormat.LongestKey)
        {
            return false;
        }

        var compressed = Compress(content);
        if (size + compressed.Length > DocPackFormat.LargestPack)
        {
            return false;
        }

        pieces.Add(key, (compressed, content.Length));
        size += compressed.Length;
        return true;
    }

    public byte[] Finish()
    {
        var index = new ArrayBufferWriter<byte>();
        Write32(index, pieces.Count);
        long offset = DocPackFormat.Magic.Length;
        foreach (var (key, piece) in pieces)
        {
            var name = Encoding.UTF8.GetBytes(key);
            BinaryPrimitives.WriteUInt16LittleEndian(index.GetSpan(2), (ushort)name.Length);
            index.Advance(2);
            index.Write(name);
            Write64(index, offset);
            Write32(index, piece.Compressed.Length);
            Write32(index, piece.Length);
            index.Write(Hash(piece.Compressed));
            offset += piece.Compressed.Length;
        }

        var compressed = Compress(index.WrittenSpan);
        var footer = new ArrayBufferWriter<byte>(DocPackFormat.FooterLength);
        Write64(footer, offset);
        Write32(footer, compressed.Length);
        Write32(footer, index.WrittenCount);
        footer.Write(Hash(compressed));
        footer.Write(DocPackFormat.Magic);

        var pack = new byte[offset + compressed.Length + DocPackFormat.FooterLength];
        DocPackFormat.Magic.CopyTo(pack);
        var at = DocPackFormat.Magic.Length;
        foreach (var (_, piece) in pieces)
        {
            piece.Compressed.CopyTo(pack, at);
            at += piece.Compressed.Length;
        }

        compressed.CopyTo(pack, at);
        footer.WrittenSpan.CopyTo(pack.AsSpan(at + compressed.Length));
        return pack;
    }

    public void Dispose() => pieces.Clear();

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(content.Length));
        try
        {
            return BrotliEncoder.TryCompress(content, buffer, out var written, Quality, Window) ? buffer[..written] : throw new InvalidOperationException("Brotli needs more room than it says.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ReadOnlySpan<byte> Hash(byte[] content) => SHA256.HashData(content).AsSpan(0, DocPackFormat.HashLength);

    private static void Write32(ArrayBufferWriter<byte> writer, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }

    private static void Write64(ArrayBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }
}
