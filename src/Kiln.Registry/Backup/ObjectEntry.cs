using System.Text.Json;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>An object that belongs to a backup. Objects that do not change are kept once for all backups of a place.</summary>
/// <param name="Sha256">Lower-case hex.</param>
internal readonly record struct ObjectEntry(ObjectKey Key, long Length, string Sha256)
{
    public string ToLine() => $"[{(int)Key.Bucket},{JsonSerializer.Serialize(Key.Path)},{Length},\"{Sha256}\"]\n";

    /// <exception cref="InvalidDataException">The line names no object.</exception>
    public static ObjectEntry Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return ObjectKey.TryCreate((Bucket)root[0].GetInt32(), root[1].GetString()!, out var key)
                ? new ObjectEntry(key, root[2].GetInt64(), root[3].GetString()!)
                : throw new InvalidDataException($"'{root[1]}' in the list of the backup is no object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new InvalidDataException($"A line in the list of the backup cannot be read: {e.Message}", e);
        }
    }
}
