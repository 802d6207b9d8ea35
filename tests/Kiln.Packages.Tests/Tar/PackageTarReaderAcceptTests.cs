using System.Security.Cryptography;
using System.Text;
using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Tar;

/// <summary>What honest tools write.</summary>
public sealed class PackageTarReaderAcceptTests : IDisposable
{
    private static readonly string LongPath = "/" + new string('d', 60) + "/" + new string('e', 40) + "/" + new string('f', 30);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kiln-tar-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The golden files: an ordinary one, an empty one, one of exactly a block, one over a block, one with a long path.</summary>
    private static readonly (string Path, string Text)[] Golden =
    [
        ("/LICENSE", "MIT"),
        ("/empty.txt", ""),
        ("/mod.ts", "export const a = 1;\n"),
        ("/sub/block.txt", new string('b', 512)),
        ("/sub/over.txt", new string('o', 1025)),
        (LongPath, "long"),
    ];

    private void WriteGolden()
    {
        foreach (var (path, text) in Golden)
        {
            var file = Path.Combine(folder.FullName, "in", path[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private static async Task AcceptsGoldenAsync(string archive)
    {
        var result = await TarAssert.ReadAsync(await File.ReadAllBytesAsync(archive));
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(
            Golden.OrderBy(f => f.Path, StringComparer.Ordinal),
            result.Files.Select(f => (f.Path.Value, Encoding.UTF8.GetString(f.Content))).OrderBy(f => f.Item1, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("pax")]
    [InlineData("ustar")]
    [InlineData("oldgnu")]
    public async Task Accepts_what_GNU_tar_writes(string format)
    {
        Tools.Require("tar");
        WriteGolden();
        var archive = Path.Combine(folder.FullName, "a.tgz");
        await Tools.RunAsync("tar", ["--format", format, "-czf", archive, "-C", Path.Combine(folder.FullName, "in"), "."]);
        await AcceptsGoldenAsync(archive);
    }

    [Theory]
    [InlineData("pax")]
    [InlineData("ustar")]
    [InlineData("gnutar")]
    public async Task Accepts_what_bsdtar_writes(string format)
    {
        Tools.Require("bsdtar");
        WriteGolden();
        var archive = Path.Combine(folder.FullName, "a.tgz");
        await Tools.RunAsync("bsdtar", ["--format", format, "-czf", archive, "-C", Path.Combine(folder.FullName, "in"), "."]);
        await AcceptsGoldenAsync(archive);
    }

    [Fact]
    public async Task Accepts_what_npm_pack_writes()
    {
        Tools.Require("npm");
        WriteGolden();
        var input = Path.Combine(folder.FullName, "in");
        await File.WriteAllTextAsync(Path.Combine(input, "package.json"), """{"name":"golden","version":"1.0.0"}""");
        await Tools.RunAsync("npm", ["pack", "--pack-destination", folder.FullName, "--ignore-scripts", "--offline"], folder: input);
        var result = await TarAssert.ReadAsync(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "golden-1.0.0.tgz")));
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(
            Golden.Select(f => f.Path).Append("/package.json").Order(StringComparer.Ordinal),
            result.Files.Select(f => f.Path.Value["/package".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Accepts_what_git_archive_writes_with_its_comment_in_a_global_header()
    {
        Tools.Require("git");
        WriteGolden();
        var input = Path.Combine(folder.FullName, "in");
        var archive = Path.Combine(folder.FullName, "a.tgz");
        await Tools.RunAsync("git", ["init", "-q"], folder: input);
        await Tools.RunAsync("git", ["add", "."], folder: input);
        await Tools.RunAsync("git", ["-c", "user.name=k", "-c", "user.email=k@example.com", "commit", "-qm", "x"], folder: input);
        await Tools.RunAsync("git", ["archive", "--format=tar.gz", "-o", archive, "HEAD"], folder: input);
        await AcceptsGoldenAsync(archive);
    }

    [Fact]
    public async Task Accepts_what_python_writes()
    {
        Tools.Require("python3");
        WriteGolden();
        var archive = Path.Combine(folder.FullName, "a.tgz");
        await Tools.RunAsync("python3", ["-c", "import tarfile, sys; t = tarfile.open(sys.argv[1], 'w:gz'); t.add(sys.argv[2], '.'); t.close()", archive, Path.Combine(folder.FullName, "in")]);
        await AcceptsGoldenAsync(archive);
    }

    /// <summary>deno publish: GNU magic, mode, owner and group left NUL, long names by <c>././@LongLink</c>, no folders.</summary>
    [Fact]
    public async Task Accepts_what_deno_writes()
    {
        static void Bare(byte[] header) => header.AsSpan(100, 24).Clear();
        var forge = new TarForge();
        foreach (var (path, text) in Golden)
        {
            if (path.Length > 101)
            {
                forge.Entry("././@LongLink", Encoding.UTF8.GetBytes(path[1..] + "\0"), 'L', TarForge.Gnu, twist: Bare);
            }

            forge.File(path[1..Math.Min(path.Length, 101)], text, magic: TarForge.Gnu, twist: Bare);
        }

        await TarAssert.AcceptsAsync(forge.Gzip(), Golden);
    }

    [Fact]
    public async Task Gives_the_files_in_the_order_of_the_archive_with_their_hash()
    {
        var result = await TarAssert.ReadAsync(new TarForge().File("b.ts", "2").File("a.ts", "1").Gzip());
        Assert.True(result.IsSuccess);
        Assert.Equal(["/b.ts", "/a.ts"], result.Files.Select(f => f.Path.Value));
        Assert.Equal(Convert.ToHexString(SHA256.HashData("2"u8)).ToLowerInvariant(), result.Files[0].Sha256);
        Assert.Equal(1, result.Files[0].Size);
    }

    [Theory]
    [InlineData("mod.ts")]
    [InlineData("./mod.ts")]
    [InlineData("/mod.ts")]
    public async Task Three_spellings_of_a_name_mean_the_same(string name) =>
        await TarAssert.AcceptsAsync(new TarForge().File(name).Gzip(), ("/mod.ts", "x"));

    [Fact]
    public async Task Passes_over_folders() =>
        await TarAssert.AcceptsAsync(new TarForge().File("./", "", '5').File("a", "", '5').File("a/b.ts").Gzip(), ("/a/b.ts", "x"));

    [Fact]
    public async Task An_archive_without_files_is_empty() => await TarAssert.AcceptsAsync(new TarForge().Gzip());

    [Fact]
    public async Task Joins_a_ustar_prefix() =>
        await TarAssert.AcceptsAsync(new TarForge().File("c.ts", prefix: "a/b").Gzip(), ("/a/b/c.ts", "x"));

    [Fact]
    public async Task Takes_no_prefix_from_a_GNU_header_which_keeps_times_there() =>
        await TarAssert.AcceptsAsync(new TarForge().File("c.ts", magic: TarForge.Gnu, prefix: "15000000000").Gzip(), ("/c.ts", "x"));

    [Fact]
    public async Task Accepts_V7_headers_with_a_NUL_type() =>
        await TarAssert.AcceptsAsync(new TarForge().File("c.ts", type: '\0', magic: TarForge.V7).Gzip(), ("/c.ts", "x"));

    [Fact]
    public async Task A_name_may_fill_its_field()
    {
        var name = new string('a', 50) + "/" + new string('b', 49);
        await TarAssert.AcceptsAsync(new TarForge().File(name).Gzip(), ("/" + name, "x"));
    }

    [Fact]
    public async Task Accepts_a_base_256_size() =>
        await TarAssert.AcceptsAsync(
            new TarForge().File("c.ts", "xyz", twist: h => { h.AsSpan(124, 12).Clear(); h[124] = 0x80; h[135] = 3; }).Gzip(),
            ("/c.ts", "xyz"));

    [Theory]
    [InlineData("          3 ")]
    [InlineData("3\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("000000000003")]
    public async Task Accepts_old_spellings_of_a_size(string field) =>
        await TarAssert.AcceptsAsync(new TarForge().File("c.ts", "xyz", twist: h => TarForge.Put(h, 124, field)).Gzip(), ("/c.ts", "xyz"));

    [Fact]
    public async Task Takes_the_name_from_PAX_and_passes_over_harmless_keys() =>
        await TarAssert.AcceptsAsync(
            new TarForge().Pax(("mtime", "1.5"), ("path", "long/name.ts"), ("size", "1"), ("SCHILY.dev", "1"), ("comment", "a=b\nc")).File("short").File("next").Gzip(),
            ("/long/name.ts", "x"),
            ("/next", "x"));

    [Fact]
    public async Task Accepts_a_global_header_with_a_comment_or_times() =>
        await TarAssert.AcceptsAsync(new TarForge().GlobalPax(("comment", "abc"), ("mtime", "1"), ("atime", "1"), ("ctime", "1")).File("a").Gzip(), ("/a", "x"));

    [Fact]
    public async Task Accepts_a_mebibyte_of_zeros_after_the_end() =>
        await TarAssert.AcceptsAsync(new TarForge().File("a").Zeros(2 + 2046).Gzip(), ("/a", "x"));

    [Fact]
    public async Task Accepts_all_optional_parts_of_a_gzip_header()
    {
        var plain = new TarForge().File("a").Gzip();
        byte[] head = [0x1f, 0x8b, 8, 0b0001_1110, 1, 2, 3, 4, 2, 3, 3, 0, 9, 8, 7, (byte)'n', 0, (byte)'c', 0];
        var crc = ~head.Aggregate(~0u, (sum, b) => Enumerable.Range(0, 8).Aggregate(sum ^ b, (s, _) => (s >> 1) ^ ((s & 1) * 0xEDB88320u)));
        await TarAssert.AcceptsAsync([.. head, (byte)crc, (byte)(crc >> 8), .. plain[10..]], ("/a", "x"));
        await TarAssert.RejectsAsync(PublishErrorCodes.InvalidTarball, [.. head, (byte)~crc, (byte)(crc >> 8), .. plain[10..]]);
    }

    [Fact]
    public async Task The_largest_file_and_the_largest_package_are_accepted()
    {
        var limits = new TarLimits { MaxFileBytes = 1000, MaxTotalBytes = 1500 };
        var result = await TarAssert.ReadAsync(new TarForge().File("a", new string('a', 1000)).File("b", new string('b', 500)).Gzip(), limits);
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(20 * 1024 * 1024, TarLimits.Default.MaxFileBytes);
        Assert.Equal(20 * 1024 * 1024, TarLimits.Default.MaxTotalBytes);
    }

    [Fact]
    public async Task Reads_a_stream_that_gives_one_byte_at_a_time()
    {
        var result = await PackageTarReader.ReadAsync(new TrickleStream(new TarForge().File("a", "abc").Pax(("path", "p")).File("b").Gzip()), TarLimits.Default);
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(["/a", "/p"], result.Files.Select(f => f.Path.Value));
    }

    [Fact]
    public async Task An_exception_of_the_stream_passes_through()
    {
        await Assert.ThrowsAsync<IOException>(() => PackageTarReader.ReadAsync(new TrickleStream(new TarForge().File("a").Gzip(), new IOException("disk")), TarLimits.Default));
        await Assert.ThrowsAsync<InvalidDataException>(() => PackageTarReader.ReadAsync(new TrickleStream(new TarForge().File("a").Gzip(), new InvalidDataException("chunk")), TarLimits.Default));
    }

    [Fact]
    public async Task Stops_when_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PackageTarReader.ReadAsync(new MemoryStream(new TarForge().File("a").Gzip()), TarLimits.Default, new CancellationToken(canceled: true)));

    /// <summary>One byte a read; with a failure, that instead of the last ten bytes.</summary>
    private sealed class TrickleStream(byte[] bytes, Exception? failure = null) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (failure is not null && Position > Length - 10)
            {
                throw failure;
            }

            return base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
        }
    }
}
