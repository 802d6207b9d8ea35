using System.Diagnostics;
using System.IO.Compression;
using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Tar;

/// <summary>Archives that were cut or bent.</summary>
public sealed class PackageTarReaderDamageTests
{
    /// <summary>A package with poorly compressible contents, so that the compressed stream is long enough to be cut at many places.</summary>
    private static byte[] GoodArchive(int seed = 1)
    {
        var random = new Random(seed);
        var forge = new TarForge().GlobalPax(("comment", "c"));
        for (var i = 0; i < 8; i++)
        {
            var content = new byte[random.Next(1, 3000)];
            random.NextBytes(content);
            forge.Entry($"dir{i % 3}/file{i}.bin", content, magic: i % 2 == 0 ? TarForge.Ustar : TarForge.Gnu);
        }

        return forge.Pax(("path", "by/pax.ts")).File("p").LongName("by/gnu.ts").File("g", magic: TarForge.Gnu).File("f/", "", '5').Zeros(8).Gzip();
    }

    /// <summary>The switch belongs to the whole build; GZipStream is used by others too.</summary>
    [Fact]
    public void Strict_validation_of_gzip_is_switched_on_in_this_process()
    {
        Assert.True(AppContext.TryGetSwitch("System.IO.Compression.UseStrictValidation", out var on) && on);
        var good = GoodArchive();
        using var cut = new GZipStream(new MemoryStream(good[..^100]), CompressionMode.Decompress);
        Assert.Throws<InvalidDataException>(() => cut.CopyTo(Stream.Null));
    }

    [Fact]
    public async Task Refuses_an_upload_cut_at_any_place()
    {
        var good = GoodArchive();
        Assert.True((await TarAssert.ReadAsync(good)).IsSuccess);
        int[] cuts = [.. Enumerable.Range(0, 200).Select(i => (int)((long)i * good.Length / 200)).Concat(Enumerable.Range(1, 40).Select(i => good.Length - i))];
        Assert.True(cuts.Distinct().Count() >= 200);
        foreach (var length in cuts)
        {
            await TarAssert.RejectsAsync(PublishErrorCodes.InvalidTarball, good[..length]);
        }
    }

    [Fact]
    public async Task Refuses_an_archive_cut_at_any_block()
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(GoodArchive()), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        // All but the zeros after the two end blocks.
        var tar = unpacked.ToArray();
        for (var length = 0; length < tar.Length - (8 * 512); length += 256)
        {
            await TarAssert.RejectsAsync(PublishErrorCodes.InvalidTarball, TarForge.Gzip(tar[..length]));
        }
    }

    /// <summary>security.md T8: fifty thousand of them in the whole.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_mutation_is_read_or_refused_and_never_throws_or_hangs(bool insideGzip)
    {
        var random = new Random(20261123);
        var archives = Enumerable.Range(0, 5).Select(seed => insideGzip ? Unzip(GoodArchive(seed)) : GoodArchive(seed)).ToArray();
        var refused = 0;
        var mutations = Amount.Of(sample: 5_000, whole: 25_000);
        var known = typeof(PublishErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        for (var i = 0; i < mutations; i++)
        {
            var bytes = archives[i % archives.Length].ToList();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                // Half of the edits hit the first blocks, where the headers are.
                var at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 2048) : bytes.Count);
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 600), bytes.Count - at));
                        break;
                    default:
                        bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 600)));
                        break;
                }

                if (bytes.Count == 0)
                {
                    break;
                }
            }

            if (insideGzip && random.Next(2) == 0)
            {
                Reseal(bytes);
            }

            var input = bytes.ToArray();
            var clock = Stopwatch.StartNew();
            var result = await TarAssert.ReadAsync(insideGzip ? TarForge.Gzip(input) : input);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"Mutation {i} took {clock.Elapsed}.");
            if (!result.IsSuccess)
            {
                refused++;
                Assert.Contains(result.Error.Code, known);
            }
        }

        // A reader that accepted everything would pass the loop.
        Assert.InRange(refused, mutations / 2, mutations);
    }

    /// <summary>Makes the checksums of whatever stands at the block borders right again, so that mutations reach behind them.</summary>
    private static void Reseal(List<byte> tar)
    {
        for (var at = 0; at + 512 <= tar.Count; at += 512)
        {
            var header = tar.GetRange(at, 512).ToArray();
            if (header.AsSpan(257, 5).SequenceEqual("ustar"u8))
            {
                TarForge.Seal(header);
                for (var i = 0; i < 512; i++)
                {
                    tar[at + i] = header[i];
                }
            }
        }
    }

    private static byte[] Unzip(byte[] gzip)
    {
        using var output = new MemoryStream();
        using (var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress))
        {
            stream.CopyTo(output);
        }

        return output.ToArray();
    }

    [Fact]
    public async Task Refuses_a_compression_ratio_over_the_limit_when_one_is_set()
    {
        var archive = new TarForge().Entry("zeros.bin", new byte[4 * 1024 * 1024]).Gzip();
        Assert.True((await TarAssert.ReadAsync(archive)).IsSuccess);
        await TarAssert.RejectsAsync(PublishErrorCodes.PackageTooLarge, archive, new TarLimits { MaxCompressionRatio = 100 });
    }

    [Fact]
    public async Task Refuses_an_archive_over_the_limit_of_all_bytes() =>
        await TarAssert.RejectsAsync(PublishErrorCodes.PackageTooLarge, GoodArchive(), new TarLimits { MaxArchiveBytes = 4096 });
}
