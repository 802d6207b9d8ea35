using System.Security.Cryptography;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Server.Tests.Gateway;

/// <summary>Headers, conditional requests, HEAD and 404 (registry.md §1.9, §1.10; security.md H13).</summary>
public class FileResponseTests(FileServer files) : FileTestBase(files)
{
    [Theory]
    [InlineData("/@luca/flag/1.0.0/mod.ts", "modules")]
    [InlineData("/@luca/flag/1.0.0/page.html", "modules")]
    [InlineData("/@luca/flag/2.0.0/mod.ts", "modules")]
    [InlineData("/npm/@jsr/luca__flag", "npm")]
    [InlineData("/npm/@jsr/luca__flag/-/luca__flag-1.0.0.tgz", "npm")]
    [InlineData("/npm/nothing", "npm")]
    public async Task Every_file_and_every_404_is_locked_down(string path, string backend)
    {
        using var response = await Server.SendAsync("GET", path);
        Assert.Equal(
            "default-src 'none'; script-src 'none'; style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; frame-src 'none'; object-src 'none'; "
            + "frame-ancestors 'none'; form-action 'none'; sandbox",
            Header(response, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("noindex", Header(response, "X-Robots-Tag"));
        Assert.Equal("cross-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("*", Header(response, "Access-Control-Expose-Headers"));
        Assert.Equal(backend, Header(response, "X-JSR-Backend"));
        Assert.Contains("Origin", Header(response, "Vary"), StringComparison.Ordinal);
        Assert.Equal(Front.NamesItself, response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/@luca/flag/meta.json", "application/json", "public, max-age=60, s-maxage=60")]
    [InlineData("/@luca/flag/1.0.0_meta.json", "application/json", "public, max-age=31536000, immutable")]
    [InlineData("/@luca/flag/1.0.0/mod.ts", "text/typescript", "public, max-age=31536000, immutable")]
    [InlineData("/@luca/flag/1.0.0/page.html", "text/plain; charset=utf-8", "public, max-age=31536000, immutable")]
    [InlineData("/@luca/flag/1.0.0/LICENSE", "application/octet-stream", "public, max-age=31536000, immutable")]
    [InlineData("/@luca/flag/1.0.0/logo.svg", "image/svg+xml", "public, max-age=31536000, immutable")]
    [InlineData("/@luca/flag/1.0.0/large.wasm", "application/wasm", "public, max-age=31536000, immutable")]
    [InlineData("/npm/@jsr/luca__flag", "application/json", "public, max-age=60, s-maxage=60")]
    [InlineData("/npm/@jsr/luca__flag/-/luca__flag-1.0.0.tgz", "application/octet-stream", "public, max-age=31536000, immutable")]
    public async Task Type_cache_policy_and_tag_belong_to_the_object(string path, string type, string cacheControl)
    {
        for (var round = 0; round < 2; round++) // the second answer comes from memory
        {
            using var response = await Server.SendAsync("GET", path);
            var body = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
            Assert.Equal(cacheControl, string.Join(", ", Header(response, "Cache-Control").Split(", ").OrderBy(p => Array.IndexOf(cacheControl.Split(", "), p))));
            if (Front.HashTags)
            {
                Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"", Header(response, "ETag"));
            }

            Assert.Matches("^\"[0-9a-f-]+\"$", Header(response, "ETag"));
            Assert.Equal(body.Length, response.Content.Headers.ContentLength);

            using var head = await Server.SendAsync("HEAD", path);
            Assert.Equal(200, (int)head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            Assert.Equal(body.Length, head.Content.Headers.ContentLength);
            Assert.Equal(Header(response, "ETag"), Header(head, "ETag"));
            Assert.Equal(type, head.Content.Headers.ContentType?.ToString());
        }
    }

    [Theory]
    [InlineData("/@luca/flag/meta.json")]
    [InlineData("/@luca/flag/1.0.0/mod.ts")]
    [InlineData("/@luca/flag/1.0.0/large.wasm")]
    [InlineData("/npm/@jsr/luca__flag")]
    public async Task A_client_that_has_the_bytes_gets_304(string path)
    {
        using var first = await Server.SendAsync("GET", path);
        var etag = Header(first, "ETag");
        var modified = first.Content.Headers.GetValues("Last-Modified").Single();
        (string, string)[] simple = [("If-None-Match", etag), ("If-None-Match", "*"), ("If-Modified-Since", modified)];
        foreach (var (name, value) in Front.TagDecidesAlone ? [.. simple, ("If-None-Match", $"\"other\", {etag}"), ("If-None-Match", "W/" + etag)] : simple)
        {
            foreach (var method in new[] { "GET", "HEAD" })
            {
                using var response = await Server.SendAsync(method, path, (name, value));
                Assert.Equal(304, (int)response.StatusCode);
                if (Front.TagOn304)
                {
                    Assert.Equal(etag, Header(response, "ETag"));
                }

                Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            }
        }

        // A wrong tag decides alone, whatever the date says; a date before the change asks for the bytes.
        (string, string)[] stale = Front.TagDecidesAlone ? [("If-None-Match", "\"other\""), ("If-Modified-Since", modified)] : [("If-None-Match", "\"other\"")];
        using var changed = await Server.SendAsync("GET", path, stale);
        Assert.Equal(200, (int)changed.StatusCode);
        using var older = await Server.SendAsync("GET", path, ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"));
        Assert.Equal(200, (int)older.StatusCode);
        using var nonsense = await Server.SendAsync("GET", path, ("If-Modified-Since", "yesterday"));
        Assert.Equal(200, (int)nonsense.StatusCode);
    }

    [Fact]
    public async Task A_replaced_object_is_seen_by_the_next_request()
    {
        using var before = await Server.SendAsync("GET", "/@luca/flag/meta.json");
        var replacement = """{"scope":"luca","name":"flag","latest":"2.0.0","versions":{"1.0.0":{},"2.0.0":{}}}""";
        await Server.PutAsync(Bucket.Modules, "@luca/flag/meta.json", replacement);
        using var after = await Server.SendAsync("GET", "/@luca/flag/meta.json", ("If-None-Match", Header(before, "ETag")));
        Assert.Equal(200, (int)after.StatusCode);
        Assert.Equal(replacement, await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_object_that_appears_is_seen_although_it_was_asked_for_before()
    {
        using var missing = await Server.SendAsync("GET", "/@luca/flag/3.0.0_meta.json");
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.Equal("no-store", Header(missing, "Cache-Control"));
        await Server.PutAsync(Bucket.Modules, "@luca/flag/3.0.0_meta.json", "{}");
        using var found = await Server.SendAsync("GET", "/@luca/flag/3.0.0_meta.json");
        Assert.Equal(200, (int)found.StatusCode);
    }

    [Fact]
    public async Task A_missing_file_is_a_plain_404_and_HEAD_has_no_body()
    {
        using var get = await Server.SendAsync("GET", "/@luca/flag/1.0.0/nope.ts");
        Assert.Equal(404, (int)get.StatusCode);
        Assert.Equal("404 - Not Found", await get.Content.ReadAsStringAsync());
        using var head = await Server.SendAsync("HEAD", "/@luca/flag/1.0.0/nope.ts");
        Assert.Equal(404, (int)head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var directory = await Server.SendAsync("GET", "/@luca/flag/1.0.0/");
        Assert.Equal(404, (int)directory.StatusCode);
    }

    [Fact]
    public async Task A_query_string_and_a_range_change_nothing()
    {
        using var response = await Server.SendAsync("GET", "/@luca/flag/1.0.0/mod.ts?x=1", ("Range", "bytes=0-3"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Source, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Uploads_of_others_cannot_be_read()
    {
        await Server.PutAsync(Bucket.Staging, "0d4b8a2e.tar.gz", "secret");
        foreach (var path in new[] { "/staging/0d4b8a2e.tar.gz", "/npm/0d4b8a2e.tar.gz", "/npm/../staging/0d4b8a2e.tar.gz" })
        {
            Assert.DoesNotContain("secret", await Server.GetRawAsync(path), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/@luca/flag/meta.json", "HEAD, GET")]
    [InlineData("/npm/@jsr/luca__flag", "HEAD, GET")]
    public async Task A_preflight_allows_reading_from_anywhere_without_credentials(string path, string methods)
    {
        using var response = await Server.SendAsync("OPTIONS", path, ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal(methods, Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("3600", Header(response, "Access-Control-Max-Age"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Health_is_answered_without_any_object()
    {
        foreach (var path in new[] { "/healthz/live", "/healthz/ready" })
        {
            using var response = await Server.SendAsync("GET", path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal("no-store", Header(response, "Cache-Control"));
        }
    }

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : response.Content.Headers.GetValues(name));
}
