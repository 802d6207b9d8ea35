using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Kiln.Registry.Docs;

/// <summary>A pack with an index of anybody's choice.</summary>
internal static class DocPackForgery
{
    public static byte[] Around(byte[] index, int? lengthSaid = null, long? offsetSaid = null)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(index.Length)];
        Assert.True(BrotliEncoder.TryCompress(index, compressed, out var written));
        compressed = compressed[..written];
        byte[] pieces = [.. DocPackFormat.Magic, 1, 2, 3, 4];
        var footer = new byte[DocPackFormat.FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(footer, offsetSaid ?? pieces.Length);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(8), compressed.Length);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(12), lengthSaid ?? index.Length);
        SHA256.HashData(compressed).AsSpan(0, 8).CopyTo(footer.AsSpan(16));
        DocPackFormat.Magic.CopyTo(footer.AsSpan(24));
        return [.. pieces, .. compressed, .. footer];
    }
}
