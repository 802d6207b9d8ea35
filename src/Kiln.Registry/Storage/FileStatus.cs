using System.Buffers.Binary;
using System.Globalization;

namespace Kiln.Registry.Storage;

/// <summary>The part of <c>struct statx</c> that we read; its layout is the same on every architecture, unlike <c>struct stat</c>'s.</summary>
internal readonly record struct FileStatus(bool IsRegular, ulong Inode, long Length, long Seconds, uint Nanoseconds)
{
    private const int LongestVersion = 64;

    public static FileStatus Read(ReadOnlySpan<byte> buffer) => new(
        (BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]) & 0xf000) == 0x8000,
        BinaryPrimitives.ReadUInt64LittleEndian(buffer[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(buffer[40..]),
        BinaryPrimitives.ReadInt64LittleEndian(buffer[112..]),
        BinaryPrimitives.ReadUInt32LittleEndian(buffer[120..]));

    public ObjectInfo ToInfo() => new(Length, DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100), new string(Version(stackalloc char[LongestVersion])));

    /// <summary>Asked at every read of a document, so without making a string.</summary>
    public bool HasVersion(string version) => Version(stackalloc char[LongestVersion]).SequenceEqual(version);

    private ReadOnlySpan<char> Version(Span<char> space) =>
        space.TryWrite(CultureInfo.InvariantCulture, $"{Inode:x}-{Seconds:x}{Nanoseconds:x8}-{Length:x}", out var length) ? space[..length] : throw new InvalidOperationException("A version is longer than it can be.");
}
