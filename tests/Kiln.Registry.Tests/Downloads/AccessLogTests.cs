using System.IO.Compression;
using System.Text;
using Kiln.Registry.Publishing;

namespace Kiln.Registry.Downloads;

public sealed class AccessLogTests
{
    /// <summary>Lines as nginx 1.22 writes them.</summary>
    [Theory]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0_meta.json HTTP/1.1\" 200 512 \"-\" \"Deno/2.6.0\"", "2026-05-04 00 pkg JsrMeta")]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0_meta.json?x=1 HTTP/2.0\" 304 0 \"-\" \"-\"", "2026-05-04 00 pkg JsrMeta")]
    [InlineData("127.0.0.1 - - [04/May/2026:05:02:01 +0200] \"GET /npm/@jsr/scope__pkg/-/scope__pkg-1.0.0.tgz HTTP/1.1\" 200 9 \"-\" \"npm\"", "2026-05-04 00 pkg NpmTarball")]
    [InlineData("::1 - bob [04/May/2026:04:00:00 +0000] \"GET /@jsr%2fscope__pkg/-/scope__pkg-1.0.0.tgz HTTP/1.1\" 200 9 \"-\" \"npm\"", "2026-05-04 04 pkg NpmTarball")]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"HEAD /@scope/pkg/1.0.0_meta.json HTTP/1.1\" 200 0 \"-\" \"-\"", null)]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0_meta.json HTTP/1.1\" 404 0 \"-\" \"-\"", null)]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/meta.json HTTP/1.1\" 200 0 \"-\" \"-\"", null)]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0/mod.ts HTTP/1.1\" 200 0 \"-\" \"-\"", null)]
    [InlineData("127.0.0.1 - - [04/Mai/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0_meta.json HTTP/1.1\" 200 0 \"-\" \"-\"", null)]
    [InlineData("127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/../pkg/1.0.0_meta.json HTTP/1.1\" 200 0 \"-\" \"-\"", null)]
    [InlineData("\\x16\\x03\\x01", null)]
    [InlineData("", null)]
    public void A_line_counts_as_a_request_to_the_gateway_would(string line, string? expected)
    {
        var found = AccessLog.Parse(line);
        Assert.Equal(expected, found is { } f ? $"{f.Time:yyyy-MM-dd HH} {f.Subject.Package} {f.Subject.Kind}" : null);
    }

    [Fact]
    public async Task A_log_is_counted_once()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"));
        const string Line = "127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET /@scope/pkg/1.0.0_meta.json HTTP/1.1\" 200 512 \"-\" \"Deno\"\n";
        var old = Line.Replace("2026", "2025", StringComparison.Ordinal);
        var log = Encoding.UTF8.GetBytes(Line + Line + "noise \0 \u00ff\n" + new string('x', 100_000) + "\n" + old + Line.TrimEnd());
        Assert.Equal(new AccessLogImport(3, 1), await ImportAsync(fixture, log));
        Assert.Equal(new AccessLogImport(0, 4), await ImportAsync(fixture, log));
        Assert.Equal(new AccessLogImport(1, 0), await ImportAsync(fixture, Encoding.UTF8.GetBytes(Line))); // another file
        Assert.Equal(4, Assert.Single((await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    [Fact]
    public async Task Downloads_of_versions_that_do_not_exist_are_not_said_to_be_counted()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"));
        string Line(string path) => $"127.0.0.1 - - [04/May/2026:03:02:01 +0000] \"GET {path} HTTP/1.1\" 200 512 \"-\" \"Deno\"\n";
        var log = Line("/@scope/pkg/1.0.0_meta.json") + Line("/@scope/pkg/9.9.9_meta.json") + Line("/@scope/none/1.0.0_meta.json");
        Assert.Equal(new AccessLogImport(1, 2), await ImportAsync(fixture, Encoding.UTF8.GetBytes(log)));
        Assert.Equal(1, Assert.Single((await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    [Fact]
    public async Task A_compressed_log_is_refused()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("127.0.0.1 - - …\n"u8.ToArray());
        }

        Assert.Contains("compressed", (await Assert.ThrowsAsync<InvalidDataException>(() => ImportAsync(fixture, packed.ToArray()))).Message, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.Registry.CountAsync("download_batches"));
    }

    private static Task<AccessLogImport> ImportAsync(PublishingFixture fixture, byte[] log) => DownloadService.ImportAsync(fixture.Registry.Database, new MemoryStream(log), default);
}
