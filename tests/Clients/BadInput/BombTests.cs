using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;

namespace Kiln.Clients.BadInput;

/// <summary>security.md T12: a gigabyte in a megabyte. The task fails with its code, and the server's memory never held more than a package may have.</summary>
public sealed class BombTests(BadInputServer fixture) : IClassFixture<BadInputServer>
{
    private const int Gigabyte = 1000 * 1000 * 1000;
    private const long MostGrowth = 64 * 1024; // kB

    public static TheoryData<string, string> Bombs => new()
    {
        { "zeros", "packageTooLarge" },
        { "pax", "packageTooLarge" },
        { "long name", "packageTooLarge" },
        { "file of 20 MiB and one byte", "fileTooLarge" },
        { "file", "fileTooLarge" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_costs_the_server_little_memory(string kind, string code)
    {
        var process = fixture.Server.Process.Id.ToString(CultureInfo.InvariantCulture);
        var bomb = Bomb(kind);
        Assert.InRange(bomb.Length, 1, 12 * 1024 * 1024);

        // One that was refused before, so that what a refusal needs is there.
        await fixture.FinishAsync(await fixture.UploadAsync("bad/packages/pkg/versions/1.0.0?config=/deno.json", Archive.Gzip(new byte[10_000]), fixture.Token));
        await File.WriteAllTextAsync($"/proc/{process}/clear_refs", "5"); // the peak is counted from here
        var before = PeakOf(process);
        var task = await fixture.FinishAsync(await fixture.UploadAsync("bad/packages/pkg/versions/1.0.0?config=/deno.json", bomb, fixture.Token));
        Assert.Equal(("failure", code), (task.GetProperty("status").GetString(), task.GetProperty("error").GetProperty("code").GetString()));
        var growth = PeakOf(process) - before;
        Assert.True(growth < MostGrowth, $"{kind}: {growth} kB more than before");
    }

    private static long PeakOf(string process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static byte[] Bomb(string kind)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = Gigabyte;
            switch (kind)
            {
                case "zeros":
                    break;
                case "pax":
                    gzip.Write(Header("PaxHeader", 'x', Gigabyte));
                    break;
                case "long name":
                    gzip.Write(Header("././@LongLink", 'L', Gigabyte));
                    break;
                case "file of 20 MiB and one byte":
                    zeros = (20 * 1024 * 1024) + 1;
                    gzip.Write(Header("a.bin", '0', zeros));
                    zeros += 2048;
                    break;
                case "file":
                    gzip.Write(Header("a.bin", '0', Gigabyte));
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
            }

            var block = new byte[1024 * 1024];
            if (kind is "pax" or "long name")
            {
                block.AsSpan().Fill((byte)'a');
            }

            for (var left = zeros; left > 0; left -= block.Length)
            {
                gzip.Write(block, 0, Math.Min(left, block.Length));
            }
        }

        return output.ToArray();
    }

    /// <summary>The header that the framework writes, with another size and type, and its checksum made again.</summary>
    private static byte[] Header(string name, char type, int size)
    {
        using var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Gnu, leaveOpen: true))
        {
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name));
        }

        var header = buffer.ToArray().AsSpan(0, 512).ToArray();
        header[156] = (byte)type;
        Put(124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        Put(148, "        ");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        return header;

        void Put(int at, string text) => System.Text.Encoding.ASCII.GetBytes(text).CopyTo(header, at);
    }
}
