using System.Text;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Hostile;

/// <summary>security.md H1: what strangers send through a shared cache must not change what the next client gets from it.</summary>
public sealed class CachePoisoningTests(Gateway.FileServer files) : IClassFixture<Gateway.FileServer>
{
    private const string Evil = "evil.example";

    /// <summary>Forty requests that a cache could mistake for the clean one.</summary>
    private static readonly (string Name, string Value)[][] Combinations =
    [
        [("Host", Evil)],
        [("Host", $"{Evil}:1")],
        [("X-Forwarded-Host", Evil)],
        [("X-Forwarded-Host", Evil), ("Host", Evil)],
        [("X-Forwarded-Server", Evil)],
        [("X-Host", Evil)],
        [("X-HTTP-Host-Override", Evil)],
        [("Forwarded", $"host={Evil};proto=https;for=1.2.3.4")],
        [("X-Forwarded-Proto", "https")],
        [("X-Forwarded-Scheme", "nothttps")],
        [("X-Forwarded-Prefix", "/evil")],
        [("X-Forwarded-Port", "1")],
        [("X-Forwarded-For", "127.0.0.1")],
        [("X-Original-URL", "/login")],
        [("X-Rewrite-URL", "/login")],
        [("X-Original-URL", "/@luca/flag/2.0.0/mod.ts")],
        [("X-HTTP-Method-Override", "DELETE")],
        [("Accept", "text/html")],
        [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")],
        [("Accept", " text/html")],
        [("Accept", "application/vnd.npm.install-v1+json")],
        [("Accept", "text/html"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "none")],
        [("Sec-Fetch-Dest", "document")],
        [("Sec-Fetch-Dest", "script"), ("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Dest", "image"), ("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Dest", "iframe"), ("Accept", "*/*")],
        [("Accept-Encoding", "gzip")],
        [("Accept-Encoding", "gzip"), ("Accept", "application/vnd.npm.install-v1+json")],
        [("Accept-Encoding", "br, zstd, gzip;q=0")],
        [("Range", "bytes=0-1")],
        [("Range", "bytes=0-0,2-3"), ("If-Range", "\"x\"")],
        [("Authorization", "Bearer nonsense")],
        [("Authorization", "Basic YTpi"), ("Cookie", "token=nonsense")],
        [("Cookie", "token=nonsense; kiln-form=x")],
        [("Origin", $"https://{Evil}")],
        [("Origin", "null"), ("Access-Control-Request-Method", "GET")],
        [("User-Agent", "Slackbot-LinkExpanding 1.0")],
        [("From", "googlebot(at)googlebot.com")],
        [("If-None-Match", "*")],
        [("If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"), ("Cache-Control", "max-age=31536000")],
    ];

    [Theory]
    [InlineData("/@luca/flag/1.0.0/mod.ts")]
    [InlineData("/@luca/flag/meta.json")]
    [InlineData("/npm/@jsr/luca__flag")]
    public async Task After_any_request_through_a_cache_a_clean_one_gets_clean_bytes(string path)
    {
        Assert.Equal(40, Combinations.Length);
        await using var nginx = await NginxProxy.StartAsync(files.Server.Address);
        using var straight = await files.Server.SendAsync("GET", path);
        var clean = await straight.Content.ReadAsByteArrayAsync();
        var kept = 0;
        for (var i = 0; i < Combinations.Length; i++)
        {
            // An address of its own, so that each combination is the one that fills the cache.
            var address = $"{path}?n={i}";
            await SendAsync(nginx, address, Combinations[i]);
            using var second = await SendAsync(nginx, address, []);
            var bytes = await second.Content.ReadAsByteArrayAsync();
            var told = $"after {string.Join(", ", Combinations[i])}: {(int)second.StatusCode} {Encoding.UTF8.GetString(bytes)}";
            Assert.True((int)second.StatusCode == 200 && clean.AsSpan().SequenceEqual(bytes), told);
            Assert.True(second.Content.Headers.ContentType?.ToString() == straight.Content.Headers.ContentType?.ToString() && second.Content.Headers.ContentEncoding.Count == 0, told);
            Assert.DoesNotContain(Evil, second.Headers.ToString(), StringComparison.Ordinal);
            Assert.False(second.Headers.Contains("Set-Cookie"), told);
            kept += second.Headers.GetValues("X-Cache").Single() == "HIT" ? 1 : 0;
        }

        Assert.True(kept > 0, "the cache kept nothing: this proves nothing");
    }

    /// <summary>What is refused or missing is not remembered: Deno asks for a version right after its publish.</summary>
    [Theory]
    [InlineData("/@luca/flag/9.9.9_meta.json")]
    [InlineData("/@luca/flag/9.9.9/mod.ts")]
    [InlineData("/npm/@jsr/luca__nothing")]
    [InlineData("/@luca/flag/1.0.0/%2e%2e/mod.ts")]
    [InlineData("/nothing/here")]
    public async Task A_refusal_is_kept_by_no_cache(string path)
    {
        await using var nginx = await NginxProxy.StartAsync(files.Server.Address);
        using var first = await SendAsync(nginx, path, []);
        using var second = await SendAsync(nginx, path, []);
        Assert.InRange((int)second.StatusCode, 400, 499);
        Assert.NotEqual("HIT", second.Headers.GetValues("X-Cache").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(NginxProxy nginx, string path, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        }

        return await nginx.Client.SendAsync(request);
    }
}
