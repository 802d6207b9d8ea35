using System.Text.Json;

namespace Kiln.Registry.Backup;

/// <summary>What a backup holds. Written last: without it there is no backup.</summary>
/// <param name="Format">Of everything in the backup.</param>
/// <param name="Name">Its time; sorts by it.</param>
/// <param name="StartedAt">UTC, when the database was read: what was acknowledged before is in it.</param>
/// <param name="Engine">That the rows came from; they fit every engine.</param>
/// <param name="PublicUrl">At which the registry was reached; null when it never ran.</param>
/// <param name="Migrations">Names, in order.</param>
/// <param name="Deleted">Versions that were deleted while the backup was made: their rows are in it, their objects are not.</param>
public sealed record BackupManifest(
    int Format,
    string Name,
    DateTimeOffset StartedAt,
    string Engine,
    string? PublicUrl,
    IReadOnlyList<string> Migrations,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupPart> Lists,
    long Objects,
    long Bytes,
    IReadOnlyList<string> Deleted)
{
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <exception cref="InvalidDataException">It is no manifest, or one of a newer program.</exception>
    public static BackupManifest Read(byte[] json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(json, Options) ?? throw new InvalidDataException("The manifest is empty.");
            return manifest.Format == CurrentFormat ? manifest : throw new InvalidDataException($"The backup has the format {manifest.Format}; this program knows {CurrentFormat}. Use a newer one.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The manifest of the backup cannot be read: {e.Message}", e);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);
}

/// <param name="Columns">Name and kind, in the order of the values of each row.</param>
public sealed record BackupTable(string Name, IReadOnlyList<BackupColumn> Columns, long Rows, IReadOnlyList<BackupPart> Parts);

/// <param name="Kind"><c>text</c>, <c>integer</c>, <c>boolean</c>, <c>real</c> or <c>bytes</c>.</param>
public sealed record BackupColumn(string Name, string Kind);

/// <summary>An object of the backup's own.</summary>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record BackupPart(string Path, long Length, string Sha256);
