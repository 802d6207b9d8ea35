using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Downloads;

/// <summary>
/// Downloads from the access log of a web server that serves the store by itself: the "combined" format of nginx and Apache. A line counts as a request to the gateway would: GET, answered
/// with 200 or 304, of a version's manifest or an npm tarball.
/// </summary>
public static partial class AccessLog
{
    /// <summary>Characters of a line; a longer one is none of ours.</summary>
    private const int LongestLine = 8 * 1024;

    /// <summary>Pieces of time and versions that are kept apart; beyond these a log has to be split.</summary>
    private const int MostSubjects = 500_000;

    /// <summary>How a file of gzip begins.</summary>
    private const string Gzip = "\u001f\u008b";

    /// <summary>
    /// Reads a whole log. The ids of the batches say what is in the log: the same file gives the same batches, and is counted once however often it is read.
    /// </summary>
    /// <exception cref="InvalidDataException">It is compressed, or holds more than is counted at once.</exception>
    public static async Task<IReadOnlyList<DownloadBatch>> ReadAsync(Stream log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var hashing = new HashingStream(log, hash);
        using var reader = new StreamReader(hashing, Encoding.Latin1);
        var counts = new Dictionary<(DateTimeOffset Time, DownloadSubject Subject), long>();
        for (var number = 0; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            if (number == 0 && line.StartsWith(Gzip, StringComparison.Ordinal))
            {
                throw new InvalidDataException("The log is compressed. Unpack it first.");
            }

            if (line.Length <= LongestLine && Parse(line) is { } download)
            {
                counts[download] = counts.GetValueOrDefault(download) + 1;
                if (counts.Count > MostSubjects)
                {
                    throw new InvalidDataException($"The log holds downloads of more than {MostSubjects} versions and times. Split it.");
                }
            }
        }

        var content = Convert.ToHexStringLower(hash.GetHashAndReset());
        return
        [
            .. counts.GroupBy(c => c.Key.Time).OrderBy(g => g.Key).SelectMany(piece => piece
                .OrderBy(c => c.Key.Subject.Scope, StringComparer.Ordinal).ThenBy(c => c.Key.Subject.Package, StringComparer.Ordinal)
                .ThenBy(c => c.Key.Subject.Version, StringComparer.Ordinal).ThenBy(c => c.Key.Subject.Kind)
                .Select(c => new DownloadCount(c.Key.Subject, c.Value)).Chunk(DownloadBatch.MostCounts)
                .Select((some, i) => new DownloadBatch(IdOf(content, piece.Key, i), piece.Key, some))),
        ];
    }

    internal static (DateTimeOffset Time, DownloadSubject Subject)? Parse(string line)
    {
        if (Request().Match(line) is not { Success: true } match
            || !DateTimeOffset.TryParseExact(match.Groups[1].ValueSpan, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(match.Groups[2].Value.Split('?')[0]);
        var subject = path.StartsWith("/npm/@jsr/", StringComparison.Ordinal) ? SubjectOf(Bucket.Npm, path["/npm/".Length..])
            : path.StartsWith("/@jsr/", StringComparison.Ordinal) ? SubjectOf(Bucket.Npm, path[1..]) // npm on a host of its own
            : path.StartsWith("/@", StringComparison.Ordinal) ? SubjectOf(Bucket.Modules, path[1..])
            : null;
        return subject is null ? null : (new DateTimeOffset(time.UtcTicks - (time.UtcTicks % DownloadStore.Piece.Ticks), TimeSpan.Zero), subject);
    }

    private static DownloadSubject? SubjectOf(Bucket bucket, string path) => ObjectKey.TryCreate(bucket, path, out var key) ? DownloadSubject.Of(key) : null;

    private static string IdOf(string content, DateTimeOffset time, int part) => new Guid(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{content} {time.UtcTicks} {part}"))).AsSpan(0, 16)).ToString("D");

    /// <summary><c>127.0.0.1 - - [26/Nov/2026:16:22:25 +0000] "GET /@s/p/1.0.0_meta.json HTTP/1.1" 200 512 "-" "Deno/2"</c>.</summary>
    [GeneratedRegex(@"\[([^\]]{20,40})\] ""GET (/\S{1,2000}) HTTP/[0-9.]{1,4}"" (?:200|304) ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Request();

    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            hash.AppendData(buffer.AsSpan(offset, read));
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            hash.AppendData(buffer.Span[..read]);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
