namespace Kiln.Registry.Docs;

/// <summary>Where a piece lies in its pack.</summary>
/// <param name="Offset">From the start of the object.</param>
/// <param name="CompressedLength">Bytes in the object.</param>
/// <param name="Length">Bytes of the piece itself.</param>
/// <param name="Hash">The beginning of the SHA-256 of the compressed bytes.</param>
internal readonly record struct DocPackPiece(string Key, long Offset, int CompressedLength, int Length, long Hash);
