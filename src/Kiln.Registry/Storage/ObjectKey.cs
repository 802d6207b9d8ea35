using System.Buffers;

namespace Kiln.Registry.Storage;

/// <summary>
/// The name of an object: a bucket and a path without a leading slash, e.g. <c>@s/p/meta.json</c>. A value exists only when the path is safe to use
/// on a disk: ASCII of the package path alphabet (registry.md §5.4), no empty, <c>.</c> or <c>..</c> segment, no segment over 255 bytes.
/// </summary>
public readonly record struct ObjectKey
{
    private const int MaxLength = 512;
    private const int MaxSegment = 240;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$()+-.@[]_{}~/");

    private ObjectKey(Bucket bucket, string path)
    {
        Bucket = bucket;
        Path = path;
    }

    public Bucket Bucket { get; }

    public string Path { get; }

    /// <summary>False for a path that no object can have; a reader answers "not found".</summary>
    public static bool TryCreate(Bucket bucket, string path, out ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(path);
        key = default;
        if (path.Length is 0 or > MaxLength || path.AsSpan().ContainsAnyExcept(Allowed))
        {
            return false;
        }

        var span = path.AsSpan();
        foreach (var range in span.Split('/'))
        {
            var segment = span[range];
            if (segment.Length is 0 or > MaxSegment || segment is "." or "..")
            {
                return false;
            }
        }

        key = new ObjectKey(bucket, path);
        return true;
    }

    /// <exception cref="ArgumentException">The path is not a safe one: a bug of the caller, who builds keys from validated names.</exception>
    public static ObjectKey Create(Bucket bucket, string path) =>
        TryCreate(bucket, path, out var key) ? key : throw new ArgumentException($"'{path}' cannot be an object key.", nameof(path));

    public override string ToString() => $"{Bucket}:{Path}";
}
