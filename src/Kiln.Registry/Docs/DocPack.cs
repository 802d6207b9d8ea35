using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Docs;

/// <summary>
/// An open pack: its index. Reads trust nothing that the object says of itself: a damaged pack is an <see cref="InvalidDataException"/>, never wrong text and never more memory than
/// the bounds of <see cref="DocPackFormat"/>.
/// </summary>
internal sealed class DocPack
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IObjectStore store;
    private readonly ObjectKey key;
    private readonly DocPackPiece[] pieces;

    private DocPack(IObjectStore store, ObjectKey key, DocPackPiece[] pieces, int indexLength)
    {
        this.store = store;
        this.key = key;
        this.pieces = pieces;
        Size = indexLength + (pieces.Length * 96L);
    }

    /// <summary>By ordinal order of their keys.</summary>
    public IReadOnlyList<DocPackPiece> Pieces => pieces;

    /// <summary>Bytes of memory that it takes, roughly.</summary>
    public long Size { get; }

    /// <summary>Null when there is no such object.</summary>
    /// <exception cref="InvalidDataException">It is not a pack, or not all of one.</exception>
    public static async ValueTask<DocPack?> OpenAsync(IObjectStore store, ObjectKey key, CancellationToken cancellation)
    {
        if (await store.StatAsync(key, cancellation) is not { } info)
        {
            return null;
        }

        var start = info.Length - DocPackFormat.FooterLength;
        if (start < DocPackFormat.Magic.Length)
        {
            throw Damaged(key, "it is too short");
        }

        if (await store.ReadRangeAsync(key, start, DocPackFormat.FooterLength, cancellation) is not { } footer)
        {
            return null;
        }

        if (footer.Length != DocPackFormat.FooterLength || !footer.AsSpan(24).SequenceEqual(DocPackFormat.Magic))
        {
            throw Damaged(key, "it has no footer");
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        var compressed = BinaryPrimitives.ReadInt32LittleEndian(footer.AsSpan(8));
        var length = BinaryPrimitives.ReadInt32LittleEndian(footer.AsSpan(12));
        if (compressed < 1 || length is < 4 or > DocPackFormat.LargestIndex || offset != start - compressed || offset < DocPackFormat.Magic.Length)
        {
            throw Damaged(key, "its footer points nowhere");
        }

        if (await store.ReadRangeAsync(key, offset, compressed, cancellation) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length != compressed || HashOf(bytes) != BinaryPrimitives.ReadInt64LittleEndian(footer.AsSpan(16)))
        {
            throw Damaged(key, "its index is not the one that was written");
        }

        var index = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Decompress(bytes, index.AsSpan(0, length))
                ? new DocPack(store, key, ReadIndex(key, index.AsSpan(0, length), offset), length)
                : throw Damaged(key, "its index cannot be decompressed");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(index);
        }
    }

    public bool Contains(string piece) => Find(piece) is not null;

    /// <summary>Null when the pack has no such piece, or is gone: whoever asked has to look again what the version's pack is.</summary>
    /// <exception cref="InvalidDataException">The piece is damaged.</exception>
    public async ValueTask<byte[]?> ReadAsync(string piece, CancellationToken cancellation)
    {
        if (Find(piece) is not { } found || await store.ReadRangeAsync(key, found.Offset, found.CompressedLength, cancellation) is not { } compressed)
        {
            return null;
        }

        if (compressed.Length != found.CompressedLength || HashOf(compressed) != found.Hash)
        {
            throw Damaged(key, "a piece is not the one that was written");
        }

        var content = new byte[found.Length];
        return Decompress(compressed, content) ? content : throw Damaged(key, "a piece cannot be decompressed");
    }

    private static long HashOf(byte[] content) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(content));

    private static bool Decompress(ReadOnlySpan<byte> compressed, Span<byte> target) =>
        BrotliDecoder.TryDecompress(compressed, target, out var written) && written == target.Length;

    private static DocPackPiece[] ReadIndex(ObjectKey key, ReadOnlySpan<byte> index, long end)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(index);
        index = index[4..];
        if (count is < 0 or > DocPackFormat.MostPieces || count > index.Length / DocPackFormat.EntryLength)
        {
            throw Damaged(key, "its index has an impossible length");
        }

        var pieces = new DocPackPiece[count];
        var previous = (string?)null;
        for (var i = 0; i < count; i++)
        {
            var nameLength = index.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(index);
            if (nameLength > index.Length - DocPackFormat.EntryLength)
            {
                throw Damaged(key, "its index ends early");
            }

            var name = Decode(key, index.Slice(2, nameLength));
            index = index[(2 + nameLength)..];
            var piece = new DocPackPiece(
                name, BinaryPrimitives.ReadInt64LittleEndian(index), BinaryPrimitives.ReadInt32LittleEndian(index[8..]), BinaryPrimitives.ReadInt32LittleEndian(index[12..]),
                BinaryPrimitives.ReadInt64LittleEndian(index[16..]));
            index = index[24..];
            if (piece.Offset < DocPackFormat.Magic.Length || piece.CompressedLength < 1 || piece.Offset > end - piece.CompressedLength || piece.Length is < 0 or > DocPackFormat.LargestPiece
                || (previous is not null && string.CompareOrdinal(previous, name) >= 0))
            {
                throw Damaged(key, "its index has an impossible entry");
            }

            pieces[i] = piece;
            previous = name;
        }

        return index.IsEmpty ? pieces : throw Damaged(key, "its index goes on behind its end");
    }

    private static string Decode(ObjectKey key, ReadOnlySpan<byte> name)
    {
        try
        {
            return StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged(key, "a name in its index is no text");
        }
    }

    private static InvalidDataException Damaged(ObjectKey key, string why) => new($"'{key}' is not a sound pack of pages: {why}.");

    private DocPackPiece? Find(string piece)
    {
        int low = 0, high = pieces.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(pieces[middle].Key, piece);
            if (order == 0)
            {
                return pieces[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
