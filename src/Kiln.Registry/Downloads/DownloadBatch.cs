using System.Text.Json;

namespace Kiln.Registry.Downloads;

/// <summary>Counts that are added together or not at all, and once: the id says which they are.</summary>
/// <param name="Time">When they were taken; it says which pieces of time they belong to.</param>
public sealed record DownloadBatch(string Id, DateTimeOffset Time, IReadOnlyList<DownloadCount> Counts)
{
    /// <summary>Counts of one batch. A transaction should be short, and an object small.</summary>
    public const int MostCounts = 1_000;

    /// <summary>Bytes of a batch as JSON.</summary>
    internal const int LargestJson = 512 * 1024;

    private const long MostOfOne = 1_000_000_000;

    public static IEnumerable<DownloadBatch> Of(IEnumerable<DownloadCount> counts, DateTimeOffset time) =>
        counts.Chunk(MostCounts).Select(some => new DownloadBatch(Guid.NewGuid().ToString("D"), time, some));

    /// <summary><c>{"time": ms since 1970, "counts": [["scope", "package", "version", "jsr_meta", 3], …]}</c>.</summary>
    internal byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("time", Time.ToUnixTimeMilliseconds());
            json.WriteStartArray("counts");
            foreach (var (subject, count) in Counts)
            {
                json.WriteStartArray();
                json.WriteStringValue(subject.Scope);
                json.WriteStringValue(subject.Package);
                json.WriteStringValue(subject.Version);
                json.WriteStringValue(DownloadKinds.NameOf(subject.Kind));
                json.WriteNumberValue(count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Null for what <see cref="Write"/> did not write.</summary>
    internal static DownloadBatch? Read(string id, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 4 });
            var counts = json.RootElement.GetProperty("counts").EnumerateArray().Take(MostCounts + 1).Select(ReadCount).ToList();
            return counts.Count > MostCounts || counts.Contains(null)
                ? null
                : new DownloadBatch(id, DateTimeOffset.FromUnixTimeMilliseconds(json.RootElement.GetProperty("time").GetInt64()), [.. counts.Select(c => c!)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DownloadCount? ReadCount(JsonElement row) =>
        row.GetArrayLength() == 5 && DownloadKinds.Find(row[3].GetString()) is { } kind && row[4].GetInt64() is > 0 and <= MostOfOne and var count
        && DownloadSubject.Create(row[0].GetString(), row[1].GetString(), row[2].GetString(), kind) is { } subject
            ? new DownloadCount(subject, count)
            : null;
}
