namespace Kiln.Registry.Docs;

/// <summary>
/// How a version's pages lie in one object: eight bytes of <see cref="Magic"/>, pieces that are compressed one by one (Brotli), the index (Brotli), and a footer of
/// <see cref="FooterLength"/> bytes that says where the index is. A page costs two reads, or one while the index is remembered, however many pages there are.
/// </summary>
/// <remarks>
/// Index: 32-bit count, then for each piece in ordinal order of keys: key (16-bit length, UTF-8), offset (64 bits), compressed length and length (32 bits each), the
/// first <see cref="HashLength"/> bytes of the SHA-256 of what is compressed. Footer: offset of the index (64 bits), its compressed length and its length (32 bits each), the same of its
/// hash, <see cref="Magic"/>. Little-endian.
/// </remarks>
internal static class DocPackFormat
{
    public const int FooterLength = 32;
    public const int HashLength = 8;

    /// <summary>Of an index entry without its key.</summary>
    public const int EntryLength = 2 + 8 + 4 + 4 + HashLength;

    /// <summary>Bytes of one piece as it was before compression: a page of a megabyte, its column and what stands around them.</summary>
    public const int LargestPiece = 8 * 1024 * 1024;

    /// <summary>Bytes of the index; as many pieces as <see cref="MostPieces"/> with long names.</summary>
    public const int LargestIndex = 64 * 1024 * 1024;

    public const int MostPieces = 250_000;
    public const int LongestKey = 4096;

    /// <summary>Bytes of a whole pack.</summary>
    public const int LargestPack = 128 * 1024 * 1024;

    public static ReadOnlySpan<byte> Magic => "KILNDOC1"u8;
}
