namespace Kiln.Packages.Tar;

/// <summary>What an uploaded archive may cost. All sizes are bytes after decompression, and are counted, not believed.</summary>
public sealed record TarLimits
{
    private const int Mebibyte = 1024 * 1024;

    public static TarLimits Default { get; } = new();

    /// <summary>Of one file: <c>fileTooLarge</c>.</summary>
    public long MaxFileBytes { get; init; } = 20 * Mebibyte;

    /// <summary>Of all files together: <c>packageTooLarge</c>.</summary>
    public long MaxTotalBytes { get; init; } = 20 * Mebibyte;

    /// <summary>Of one PAX header or GNU long name: <c>packageTooLarge</c>.</summary>
    public int MaxMetadataBytes { get; init; } = 64 * 1024;

    /// <summary><c>tooManyFiles</c></summary>
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>Files, folders and metadata records: <c>tooManyFiles</c>.</summary>
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>Zeros after the two end blocks: <c>packageTooLarge</c>. GNU tar fills up to 10 KiB.</summary>
    public int MaxTrailingBytes { get; init; } = Mebibyte;

    /// <summary>
    /// Of the whole archive with headers and padding: <c>packageTooLarge</c>. The other limits bound all but the metadata; this bounds everything.
    /// 10,000 files that fill <see cref="MaxTotalBytes"/>, each with a PAX header, take 45 MiB.
    /// </summary>
    public long MaxArchiveBytes { get; init; } = 64 * Mebibyte;

    /// <summary>
    /// Decompressed by compressed bytes: <c>packageTooLarge</c>. Looked at beyond the first mebibyte. Off by default: deflate itself ends at
    /// 1,032, <see cref="MaxArchiveBytes"/> bounds the cost, and an honest file of zeros comes close to that ratio.
    /// </summary>
    public double MaxCompressionRatio { get; init; } = double.PositiveInfinity;
}
