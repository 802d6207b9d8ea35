using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Kiln.Packages.Tests.Support;

/// <summary>Builds archives byte by byte, the well-formed and the crooked, without any code of the product.</summary>
internal sealed class TarForge
{
    public const string Ustar = "ustar\000";
    public const string Gnu = "ustar  \0";
    public const string V7 = "\0\0\0\0\0\0\0\0";

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>A field of the header before it is written; the checksum is made afterwards.</summary>
    public delegate void Twist(byte[] header);

    public TarForge File(string name, string content = "x", char type = '0', string magic = Ustar, string? prefix = null, Twist? twist = null) =>
        Entry(name, Encoding.UTF8.GetBytes(content), type, magic, prefix, twist);

    public TarForge Entry(string name, byte[] content, char type = '0', string magic = Ustar, string? prefix = null, Twist? twist = null, long? size = null)
    {
        Header(name, size ?? content.Length, type, magic, prefix, twist);
        bytes.Write(content);
        bytes.Write(new byte[(512 - (content.Length % 512)) % 512]);
        return this;
    }

    public TarForge Header(string name, long size, char type = '0', string magic = Ustar, string? prefix = null, Twist? twist = null)
    {
        var header = new byte[512];
        Encoding.Latin1.GetBytes(Latin(name)).CopyTo(header, 0);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        Put(header, 136, "00000000000\0");
        header[156] = (byte)type;
        Put(header, 257, magic);
        Put(header, 345, prefix ?? "");
        twist?.Invoke(header);
        Seal(header);
        bytes.Write(header);
        return this;
    }

    public TarForge Pax(params (string Key, string Value)[] records) => PaxRaw('x', Records(records));

    public TarForge GlobalPax(params (string Key, string Value)[] records) => PaxRaw('g', Records(records));

    public TarForge PaxRaw(char type, string content) => File("PaxHeader/x", content, type);

    public TarForge LongName(string name, char type = 'L') => File("././@LongLink", name + "\0", type, Gnu);

    public TarForge Raw(byte[] raw)
    {
        bytes.Write(raw);
        return this;
    }

    public TarForge Zeros(int blocks) => Raw(new byte[512 * blocks]);

    /// <summary>The archive with its two end blocks.</summary>
    public byte[] Tar() => Zeros(2).bytes.WrittenSpan.ToArray();

    public byte[] Unended() => bytes.WrittenSpan.ToArray();

    public byte[] Gzip() => Gzip(Tar());

    public static byte[] Gzip(byte[] content)
    {
        // GZipStream writes nothing at all for no input.
        if (content.Length == 0)
        {
            return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }

        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    public static void Put(byte[] header, int offset, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, offset);

    /// <summary>Writes the checksum: six octal digits, NUL, blank.</summary>
    public static void Seal(byte[] header)
    {
        Put(header, 148, "        ");
        Put(header, 148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
    }

    public static string Records(params (string Key, string Value)[] records) => string.Concat(records.Select(r =>
    {
        var body = $" {r.Key}={r.Value}\n";
        var bodyLength = Encoding.UTF8.GetByteCount(body);
        var length = bodyLength + 1;
        while (length != bodyLength + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return length.ToString(CultureInfo.InvariantCulture) + body;
    }));

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
