using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Tar;

public sealed class TarWriterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static byte[] Write(params (string Name, string Content)[] files)
    {
        using var output = new MemoryStream();
        var writer = new TarWriter(output, Moment);
        foreach (var (name, content) in files)
        {
            Assert.Null(writer.Add(name, Encoding.UTF8.GetBytes(content)));
        }

        writer.Finish();
        return output.ToArray();
    }

    [Fact]
    public void Writes_every_field_of_a_ustar_header()
    {
        var header = Write(("package/mod.js", "abc"))[..512];
        string Field(int offset, int length) => Encoding.ASCII.GetString(header, offset, length);
        Assert.Equal("package/mod.js".PadRight(100, '\0'), Field(0, 100));
        Assert.Equal("0000644\0", Field(100, 8));
        Assert.Equal("0000000\00000000\0", Field(108, 16));
        Assert.Equal("00000000003\0", Field(124, 12));
        Assert.Equal(Convert.ToString(1767323045, 8).PadLeft(11, '0') + "\0", Field(136, 12));
        Assert.Equal('0', (char)header[156]);
        Assert.Equal("ustar\000", Field(257, 8));
        Assert.True(header.AsSpan(157, 100).IndexOfAnyExcept((byte)0) < 0);
        Assert.True(header.AsSpan(265).IndexOfAnyExcept((byte)0) < 0);
        var sealedAgain = header.ToArray();
        TarForge.Seal(sealedAgain);
        Assert.Equal(sealedAgain, header);
    }

    [Fact]
    public void Pads_contents_to_blocks_and_ends_with_two_zero_blocks()
    {
        Assert.Equal(512 + 512 + 1024, Write(("a", "x")).Length);
        Assert.Equal(512 + 512 + 1024, Write(("a", new string('x', 512))).Length);
        Assert.Equal(512 + 1024, Write(("a", "")).Length);
        Assert.True(Write(("a", "x")).AsSpan(513).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public async Task What_it_writes_can_be_read_back()
    {
        (string, string)[] files =
        [
            ("package/a.js", "1"),
            ("package/" + new string('d', 146) + "/" + new string('f', 95), "2"),
            ("package/" + new string('d', 58) + "/" + new string('f', 60), "3"),
            (new string('n', 40) + "/" + new string('n', 59), "4"),
        ];
        var result = await TarAssert.ReadAsync(GzipOutputStream.Compress(Write([.. files.Where(f => f.Item1.Length < 155)])));
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(files.Where(f => f.Item1.Length < 155).Select(f => "/" + f.Item1), result.Files.Select(f => f.Path.Value));
    }

    [Fact]
    public async Task GNU_tar_reads_it()
    {
        Tools.Require("tar");
        var folder = Directory.CreateTempSubdirectory("kiln-tar-");
        try
        {
            var longName = "package/" + new string('d', 146) + "/" + new string('f', 95);
            var file = Path.Combine(folder.FullName, "a.tgz");
            await File.WriteAllBytesAsync(file, GzipOutputStream.Compress(Write(("package/a.js", "1"), (longName, "22"))));
            Assert.Equal($"package/a.js\n{longName}\n", await Tools.RunAsync("tar", ["-tzf", file]));
            var list = await Tools.RunAsync("tar", ["--utc", "-tvzf", file]);
            Assert.Contains("-rw-r--r-- 0/0", list, StringComparison.Ordinal);
            Assert.Contains("2026-01-02 03:04", list, StringComparison.Ordinal);
            Assert.Equal("22", await Tools.RunAsync("tar", ["-xzOf", file, longName]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, -1)]
    public void A_name_without_folders_has_at_most_100_bytes(int length, int expected)
    {
        var error = new TarWriter(new MemoryStream(), Moment).Add(new string('a', length), []);
        Assert.Equal(expected == 0 ? null : PublishErrorCodes.NpmTarballError, error?.Code);
    }

    [Fact]
    public void A_name_that_cannot_be_split_is_an_error_and_writes_nothing()
    {
        using var output = new MemoryStream();
        var writer = new TarWriter(output, Moment);
        Assert.Null(writer.Add(new string('a', 155) + "/" + new string('b', 100), []));
        var length = output.Length;
        Assert.NotNull(writer.Add(new string('a', 156) + "/" + new string('b', 90), []));
        Assert.NotNull(writer.Add("a/" + new string('b', 101), []));
        Assert.NotNull(writer.Add("", []));
        Assert.NotNull(writer.Add("a\0b", []));
        Assert.Equal(length, output.Length);
    }

    /// <summary>The longest package paths, in the place the npm archive gives them. A folder name of its own of over 147 bytes does not fit.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(6, true)]
    [InlineData(5, false)]
    [InlineData(1, false)]
    [InlineData(95, true)]
    public void A_package_path_of_155_bytes_fits_below_package_when_its_folder_does(int fileName, bool fits)
    {
        var path = "/" + new string('d', 153 - fileName) + "/" + new string('f', fileName);
        Assert.Equal(155, path.Length);
        var error = new TarWriter(new MemoryStream(), Moment).Add("package" + path + ".d.ts", []);
        Assert.Equal(fits, error is null);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        byte[] Pack() => GzipOutputStream.Compress(Write(("package/a.js", new string('a', 100_000)), ("package/b.js", "b")));
        Assert.Equal(Pack(), Pack());
    }

    [Fact]
    public void The_gzip_header_tells_nothing_about_the_machine() =>
        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], GzipOutputStream.Compress("x"u8)[..10]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_003)]
    public void Gzip_is_understood_by_the_BCL_and_holds_the_right_checksum(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var compressed = GzipOutputStream.Compress(content);
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress))
        {
            gzip.CopyTo(output);
        }

        Assert.Equal(content, output.ToArray());
        Assert.Equal((uint)length, BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(compressed.Length - 4)));

        // Bit by bit, as RFC 1952 defines it.
        var crc = ~content.Aggregate(~0u, (sum, b) => Enumerable.Range(0, 8).Aggregate(sum ^ b, (s, _) => (s >> 1) ^ ((s & 1) * 0xEDB88320u)));
        Assert.Equal(crc, BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(compressed.Length - 8)));
    }

    [Fact]
    public async Task Gzip_is_understood_by_node()
    {
        Tools.Require("node");
        var compressed = Convert.ToBase64String(GzipOutputStream.Compress("hello"u8));
        Assert.Equal("hello", await Tools.RunAsync("node", ["-e", "process.stdout.write(require('zlib').gunzipSync(Buffer.from(require('fs').readFileSync(0, 'utf8'), 'base64')))"], compressed));
    }
}
