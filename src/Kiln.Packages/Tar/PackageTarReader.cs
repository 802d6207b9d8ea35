using System.Text;
using Kiln.Packages.Names;

namespace Kiln.Packages.Tar;

/// <summary>
/// Reads an uploaded package: one gzip member holding one tar archive (V7, ustar, GNU or PAX). Made for hostile input: nothing is believed
/// that can be counted or checked, memory is bounded by the limits, and what two tools could read differently is refused.
/// </summary>
/// <remarks>Names <c>x</c>, <c>./x</c> and <c>/x</c> all become <c>/x</c>. Folders are passed over.</remarks>
public sealed class PackageTarReader
{
    private readonly GzipMember archive;
    private readonly TarLimits limits;
    private readonly byte[] block = new byte[TarHeader.BlockSize];
    private readonly List<PackageFile> files = [];
    private readonly Dictionary<string, PackagePath> filesByFoldedPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> foldedFolders = new(StringComparer.Ordinal);
    private byte[]? metadata;
    private int entries;
    private long total;

    // What metadata records have said about the entry to come.
    private PaxRecords? pax;
    private string? longName;
    private bool hasLongLink;

    private PackageTarReader(GzipMember archive, TarLimits limits)
    {
        this.archive = archive;
        this.limits = limits;
    }

    /// <summary>
    /// Reads the stream to its end. Whatever is wrong with the bytes is a failure with a code of <see cref="PublishErrorCodes"/>; only
    /// exceptions of the stream itself pass through.
    /// </summary>
    public static async Task<TarResult> ReadAsync(Stream gzip, TarLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gzip);
        ArgumentNullException.ThrowIfNull(limits);
        await using var archive = new GzipMember(gzip, limits);
        var reader = new PackageTarReader(archive, limits);
        var error = await reader.RunAsync(cancellationToken);
        return error is null ? TarResult.Success(reader.files) : TarResult.Failure(error);
    }

    private async Task<PublishError?> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // 1. A header, or the end.
            if (!await FillAsync(block, cancellationToken))
            {
                return Cut();
            }

            if (TarHeader.IsZero(block))
            {
                return await EndAsync(cancellationToken);
            }

            if (++entries > limits.MaxEntries)
            {
                return new PublishError(PublishErrorCodes.TooManyFiles, $"The archive has more than {limits.MaxEntries} entries.");
            }

            if (TarHeader.TryParse(block, out var header) is { } damage)
            {
                return Invalid(damage);
            }

            // 2. Metadata about the entry to come.
            if (header.Type is 'x' or 'g' or 'L' or 'K')
            {
                if (await MetadataAsync(header, cancellationToken) is { } wrong)
                {
                    return wrong;
                }

                continue;
            }

            // 3. The checks of one entry, in the order that decides which code is reported.
            if (Check(header, out var path) is { } error)
            {
                return error;
            }

            pax = null;
            longName = null;
            hasLongLink = false;
            if (path is null)
            {
                continue;
            }

            // 4. Its contents.
            var content = header.Size == 0 ? [] : new byte[header.Size];
            if (!await FillAsync(content, cancellationToken) || !await SkipPaddingAsync(header.Size, cancellationToken))
            {
                return Cut();
            }

            files.Add(PackageFile.Create(path, content));
        }
    }

    /// <summary>Checks an entry and claims its path. Null and no path: a folder.</summary>
    private PublishError? Check(TarHeader header, out PackagePath? path)
    {
        path = null;
        if (pax?.Path is not null && longName is not null)
        {
            return Invalid("The archive names one entry twice, in a PAX header and in a GNU long name.");
        }

        var name = pax?.Path ?? longName ?? header.Name;
        var shown = EntryText.Show(name);
        if (pax?.Size is { } size && size != header.Size)
        {
            return Invalid($"The entry '{shown}' has two different sizes, {header.Size} and {size}.");
        }

        if (header.Type == '5')
        {
            return header.Size == 0 ? null : Invalid($"The folder '{shown}' has contents.");
        }

        if (header.Type is '1' or '2' || pax is { HasLinkPath: true } || hasLongLink)
        {
            return new PublishError(PublishErrorCodes.LinkInTarball, $"The entry '{shown}' is a link. Links cannot be published: put a copy of the file in its place.");
        }

        if (header.Type != '0' || pax is { IsSparse: true })
        {
            return new PublishError(PublishErrorCodes.InvalidEntryType, $"The entry '{shown}' is neither a file nor a folder (type '{EntryText.Show(header.Type.ToString())}').");
        }

        if (!PackagePath.TryParse(Absolute(name), out path, out var reason))
        {
            return new PublishError(PublishErrorCodes.InvalidPath, $"The path '{shown}' cannot be published. {reason}");
        }

        if (path.IsGitInternal)
        {
            return new PublishError(PublishErrorCodes.InvalidGitPath, $"The file '{path}' belongs to git and cannot be published. Exclude the '.git' folder.");
        }

        if (header.Size > limits.MaxFileBytes)
        {
            return new PublishError(PublishErrorCodes.FileTooLarge, $"The file '{path}' has {header.Size} bytes; a file may have {limits.MaxFileBytes}.");
        }

        total += header.Size;
        if (total > limits.MaxTotalBytes)
        {
            return new PublishError(PublishErrorCodes.PackageTooLarge, $"The files up to '{path}' have {total} bytes together; a package may have {limits.MaxTotalBytes}.");
        }

        return Claim(path);
    }

    /// <summary>No two files may need the same name on a file system that ignores case, nor may one name be both a file and a folder.</summary>
    private PublishError? Claim(PackagePath path)
    {
        var folded = path.CaseFoldedKey;
        if (filesByFoldedPath.TryGetValue(folded, out var other))
        {
            return Collision(path == other
                ? $"The file '{path}' is in the archive twice."
                : $"The files '{other}' and '{path}' differ only in upper and lower case. Rename one of them.");
        }

        if (foldedFolders.Contains(folded))
        {
            return Collision($"The file '{path}' has the name of a folder in the archive. Rename one of them.");
        }

        for (var slash = folded.LastIndexOf('/'); slash > 0; slash = folded.LastIndexOf('/', slash - 1))
        {
            var folder = folded[..slash];
            if (filesByFoldedPath.TryGetValue(folder, out other))
            {
                return Collision($"The folder of the file '{path}' has the name of the file '{other}'. Rename one of them.");
            }

            foldedFolders.Add(folder);
        }

        filesByFoldedPath.Add(folded, path);
        return filesByFoldedPath.Count > limits.MaxFiles
            ? new PublishError(PublishErrorCodes.TooManyFiles, $"The package has more than {limits.MaxFiles} files.")
            : null;
    }

    private async Task<PublishError?> MetadataAsync(TarHeader header, CancellationToken cancellationToken)
    {
        if (header.Size > limits.MaxMetadataBytes)
        {
            return new PublishError(PublishErrorCodes.PackageTooLarge, $"The archive holds a header record of {header.Size} bytes; it may have {limits.MaxMetadataBytes}.");
        }

        metadata ??= new byte[limits.MaxMetadataBytes];
        var content = metadata.AsMemory(0, (int)header.Size);
        if (!await FillAsync(content, cancellationToken) || !await SkipPaddingAsync(header.Size, cancellationToken))
        {
            return Cut();
        }

        switch (header.Type)
        {
            case 'g':
                return PaxRecords.IsHarmlessGlobal(content.Span) ? null : Invalid("The archive has a global PAX header with more than comments and times.");

            case 'x':
                if (pax is not null || (pax = PaxRecords.Parse(content.Span)) is null)
                {
                    return Invalid("The archive has a malformed PAX header.");
                }

                return null;

            case 'L':
                if (longName is not null || (longName = LongText(content.Span)) is null)
                {
                    return Invalid("The archive has a malformed GNU long name.");
                }

                return null;

            case 'K':
                if (hasLongLink || LongText(content.Span) is null)
                {
                    return Invalid("The archive has a malformed GNU long link name.");
                }

                hasLongLink = true;
                return null;

            default:
                throw new InvalidOperationException($"'{header.Type}' is not a metadata record.");
        }
    }

    /// <summary>A GNU long name: text, then NULs to the end.</summary>
    private static string? LongText(ReadOnlySpan<byte> content)
    {
        var text = content.TrimEnd((byte)0);
        return text.IsEmpty || text.Contains((byte)0) ? null : Encoding.UTF8.GetString(text);
    }

    /// <summary>After the first zero block: one more, then zeros to the end of the stream, whose checksum is verified on the way.</summary>
    private async Task<PublishError?> EndAsync(CancellationToken cancellationToken)
    {
        if (pax is not null || longName is not null || hasLongLink)
        {
            return Invalid("The archive ends after a header that announces one more entry.");
        }

        if (!await FillAsync(block, cancellationToken))
        {
            return Cut();
        }

        if (!TarHeader.IsZero(block))
        {
            return Invalid("The archive goes on after its end: only one end block, then more entries.");
        }

        var buffer = new byte[16 * 1024];
        var trailing = 0;
        int count;
        while ((count = await archive.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (!TarHeader.IsZero(buffer.AsSpan(0, count)))
            {
                return Invalid("The archive holds more data after its end.");
            }

            trailing += count;
            if (trailing > limits.MaxTrailingBytes)
            {
                return new PublishError(PublishErrorCodes.PackageTooLarge, $"More than {limits.MaxTrailingBytes} zeros follow the end of the archive.");
            }
        }

        return archive.Problem;
    }

    private async ValueTask<bool> SkipPaddingAsync(long size, CancellationToken cancellationToken) =>
        await FillAsync(block.AsMemory(0, TarHeader.Padding(size)), cancellationToken);

    private async ValueTask<bool> FillAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            var count = await archive.ReadAsync(destination, cancellationToken);
            if (count == 0)
            {
                return false;
            }

            destination = destination[count..];
        }

        return true;
    }

    private static string Absolute(string name) =>
        name.StartsWith("./", StringComparison.Ordinal) ? name[1..]
        : name.StartsWith('/') ? name
        : "/" + name;

    private PublishError Cut() => archive.Problem ?? Invalid("The archive is cut off: it lacks its end.");

    private static PublishError Invalid(string message) => new(PublishErrorCodes.InvalidTarball, message);

    private static PublishError Collision(string message) => new(PublishErrorCodes.CaseInsensitiveDuplicatePath, message);
}
