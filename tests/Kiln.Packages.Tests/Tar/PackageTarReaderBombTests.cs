using System.IO.Compression;
using System.Text;
using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Tar;

/// <summary>Counts allocations of the whole process, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(nameof(MeasuredAlone))]
public sealed class PackageTarReaderBombTests
{
    public static TheoryData<string, string> Bombs => new()
    {
        { "zeros", PublishErrorCodes.PackageTooLarge },
        { "pax", PublishErrorCodes.PackageTooLarge },
        { "longname", PublishErrorCodes.PackageTooLarge },
        { "global", PublishErrorCodes.PackageTooLarge },
        { "file", PublishErrorCodes.FileTooLarge },
        { "folders", PublishErrorCodes.TooManyFiles },
        { "pax after pax", PublishErrorCodes.PackageTooLarge },
        { "trailing zeros", PublishErrorCodes.PackageTooLarge },
    };

    /// <summary>A gigabyte in a megabyte. Memory is counted in bytes allocated, which bounds what can be held at one time.</summary>
    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_costs_little_memory(string kind, string code)
    {
        var bomb = Bomb(kind);
        await TarAssert.ReadAsync(new TarForge().File("warm.ts").Gzip());
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await PackageTarReader.ReadAsync(new MemoryStream(bomb), TarLimits.Default);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(code, result.Error?.Code);
        Assert.InRange(allocated, 0, 64L * 1024 * 1024);
    }

    private static byte[] Bomb(string kind)
    {
        const int Gigabyte = 1000 * 1000 * 1000;
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            switch (kind)
            {
                case "pax":
                    gzip.Write(new TarForge().Header("x", Gigabyte, 'x').Unended());
                    break;
                case "longname":
                    gzip.Write(new TarForge().Header("././@LongLink", Gigabyte, 'L', TarForge.Gnu).Unended());
                    break;
                case "global":
                    gzip.Write(new TarForge().Header("x", Gigabyte, 'g').Unended());
                    break;
                case "file":
                    gzip.Write(new TarForge().Header("x", Gigabyte).Unended());
                    break;
                case "folders":
                    var folder = new TarForge().File("d/", "", '5').Unended();
                    for (var i = 0; i < 1_000_000; i++)
                    {
                        gzip.Write(folder);
                    }

                    return Finished();
                case "pax after pax":
                    var pair = new TarForge().GlobalPax(("comment", new string('a', 60_000))).Unended();
                    for (var i = 0; i < 10_000; i++)
                    {
                        gzip.Write(pair);
                    }

                    return Finished();
                case "trailing zeros":
                    gzip.Write(new TarForge().File("a").Tar());
                    break;
                case "zeros":
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
            }

            var block = kind is "zeros" or "trailing zeros" ? new byte[1_000_000] : Encoding.ASCII.GetBytes(new string('a', 1_000_000));
            for (var i = 0; i < 1000; i++)
            {
                gzip.Write(block);
            }

            return Finished();

            byte[] Finished()
            {
                gzip.Dispose();
                return output.ToArray();
            }
        }
    }
}
