using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Kiln.Faults.Harness;

/// <summary>The smallest writer of POSIX ustar archives; deliberately not the product's own.</summary>
internal static class Ustar
{
    private const int Block = 512;

    /// <summary>A gzip-compressed archive of regular files, in the order of their paths.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, byte[]> files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var (path, content) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                gzip.Write(Header(path.TrimStart('/'), content.Length));
                gzip.Write(content);
                gzip.Write(new byte[(Block - (content.Length % Block)) % Block]);
            }

            gzip.Write(new byte[2 * Block]);
        }

        return packed.ToArray();
    }

    private static byte[] Header(string path, int size)
    {
        var header = new byte[Block];
        Put(0, path);
        Put(100, "0000644\0");
        Put(108, "0000000\0");
        Put(116, "0000000\0");
        Put(124, Octal(size, 11) + "\0");
        Put(136, "00000000000\0");
        Put(148, "        "); // The checksum counts itself as spaces.
        Put(156, "0");
        Put(257, "ustar");
        Put(263, "00");
        Put(265, "root");
        Put(297, "root");
        Put(148, Octal(header.Sum(b => b), 6) + "\0 ");
        return header;

        void Put(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
    }

    private static string Octal(int number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0').ToString(CultureInfo.InvariantCulture);
}
