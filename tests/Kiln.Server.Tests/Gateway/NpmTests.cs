using System.IO.Compression;
using Kiln.Server.Gateway;

namespace Kiln.Server.Tests.Gateway;

/// <summary>The npm side (registry.md §1.8): scoped names come encoded, packuments in four forms.</summary>
public class NpmTests(FileServer files) : FileTestBase(files)
{
    private const string Abbreviated = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*";

    [Theory]
    [InlineData("/npm/@jsr/luca__flag")]
    [InlineData("/npm/@jsr%2fluca__flag")]
    [InlineData("/npm/@jsr%2Fluca__flag")]
    [InlineData("/npm/%40jsr%2fluca__flag")]
    public async Task Every_spelling_of_a_scoped_name_finds_the_packument(string path)
    {
        var reply = await Server.GetRawAsync(path);
        Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal);
        Assert.EndsWith(Packument, reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installers_get_the_short_form_when_they_ask_for_it()
    {
        using var full = await Server.SendAsync("GET", "/npm/@jsr/luca__flag", ("Accept", "application/json"));
        Assert.Equal(Packument, await full.Content.ReadAsStringAsync());
        using var shorter = await Server.SendAsync("GET", "/npm/@jsr/luca__flag", ("Accept", Abbreviated));
        Assert.Equal(InstallPackument, await shorter.Content.ReadAsStringAsync());
        Assert.Equal("application/vnd.npm.install-v1+json", shorter.Content.Headers.ContentType?.ToString());
        Assert.NotEqual(full.Headers.ETag, shorter.Headers.ETag);
        Assert.Contains("Accept", shorter.Headers.Vary);
        Assert.Contains("Accept-Encoding", shorter.Headers.Vary);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br;q=1.0, gzip;q=0.8, *;q=0.1", true)]
    [InlineData("*", true)]
    [InlineData("br", false)]
    [InlineData("identity", false)]
    [InlineData("gzip;q=0", false)]
    [InlineData("", false)]
    public async Task A_packument_is_compressed_for_those_who_can_read_it(string encoding, bool compressed)
    {
        compressed &= encoding != "*" || Front.AnyEncoding;
        foreach (var (accept, expected) in new[] { ("application/json", Packument), (Abbreviated, InstallPackument) })
        {
            using var response = await Server.SendAsync("GET", "/npm/@jsr/luca__flag", ("Accept", accept), ("Accept-Encoding", encoding));
            var body = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal(compressed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
            Assert.Equal(expected, compressed ? Gunzip(body) : System.Text.Encoding.UTF8.GetString(body));
        }
    }

    private static string Gunzip(byte[] bytes)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("/npm")]
    [InlineData("/npm/")]
    [InlineData("/npm/-/ping")]
    [InlineData("/npm/-/ping?write=true")]
    public async Task Ping_is_answered(string path)
    {
        using var response = await Server.SendAsync("GET", path);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/npm/lodash", 404)]
    [InlineData("GET", "/npm/@types/node", 404)]
    [InlineData("GET", "/npm/@jsr/luca__flag/1.0.0", 404)]
    [InlineData("GET", "/npm/@jsr/luca__flag.json.gz", 404)]
    [InlineData("GET", "/npm/@jsr/luca__flag.install", 404)]
    [InlineData("GET", "/npm/@jsr/luca", 404)]
    [InlineData("GET", "/npm/@jsr/luca__nope", 404)]
    [InlineData("GET", "/npm/@jsr/luca__flag/-/luca__flag-9.9.9.tgz", 404)]
    [InlineData("GET", "/npm/@jsr/luca__flag/-/luca__other-1.0.0.tgz", 404)]
    [InlineData("GET", "/npm/-/v1/search", 404)]
    [InlineData("POST", "/npm/-/npm/v1/security/advisories/bulk", 404)]
    [InlineData("POST", "/npm/-/npm/v1/security/audits/quick", 404)]
    [InlineData("PUT", "/npm/@jsr/luca__flag", 405)]
    [InlineData("DELETE", "/npm/@jsr/luca__flag/-/luca__flag-1.0.0.tgz", 405)]
    public async Task Everything_else_is_refused_in_JSON(string method, string path, int status)
    {
        using var response = await Server.SendAsync(method, path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("{\"error\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/npm/@jsr/a__b", (int)NpmRouteKind.Packument)]
    [InlineData("/npm/@jsr/a__b/latest", (int)NpmRouteKind.Manifest)]
    [InlineData("/npm/@jsr%2fa__b/latest", (int)NpmRouteKind.Manifest)]
    [InlineData("/npm/@jsr/a__b/latest/", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/a__/latest", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/__", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/a__", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/a_b", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/A__b", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr%2f%2fa__b", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsrx/a__b", (int)NpmRouteKind.Unknown)]
    [InlineData("/npm/@jsr/a__b/-/a__b-1.0.0.tgz", (int)NpmRouteKind.Tarball)]
    [InlineData("/npm/@jsr/a__b/-/a__b-1.0.0-rc.1+x.tgz", (int)NpmRouteKind.Tarball)]
    [InlineData("/npm/@jsr/a__b/-/x/a__b-1.0.0.tgz", (int)NpmRouteKind.Unknown)]
    public void Addresses_below_npm_are_told_apart(string path, int kind) => Assert.Equal((NpmRouteKind)kind, NpmRoute.Parse(path).Kind);
}
