using Kiln.Server.Gateway;

namespace Kiln.Server.Tests.Gateway;

/// <summary>The decision table of registry.md §1.2: who gets bytes and who gets a page.</summary>
public class NegotiationTests(FileServer files) : FileTestBase(files)
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("*/*", null, null)]
    [InlineData("application/json, text/html", null, null)]
    [InlineData(null, "empty", null)]
    [InlineData("*/*", "empty", "cross-site")]
    [InlineData(null, "", null)]
    [InlineData(null, "image", "same-origin")]
    [InlineData(null, "video", "same-origin")]
    public async Task Tools_and_fetch_get_the_file(string? accept, string? destination, string? site)
    {
        foreach (var (path, type) in new[]
        {
            ("/@luca/flag/meta.json", "application/json"), ("/@luca/flag/1.0.0_meta.json", "application/json"), ("/@luca/flag/1.0.0/mod.ts", "text/typescript"),
        })
        {
            using var response = await Server.SendAsync("GET", path, Headers(accept, destination, site));
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
            Assert.Equal("modules", response.Headers.GetValues("X-JSR-Backend").Single());
        }
    }

    [Theory]
    [InlineData("text/html", null, null)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", null, null)]
    [InlineData("Text/HTML", null, null)]
    [InlineData("text/html", "document", "none")]
    [InlineData("text/newhtml", "document", null)]
    [InlineData("*/*", "script", "same-origin")]
    [InlineData(null, "script", null)]
    [InlineData(null, "style", null)]
    [InlineData("*/*", "worker", "same-origin")]
    [InlineData("*/*", "iframe", "same-origin")]
    [InlineData("*/*", "object", "same-origin")]
    [InlineData(null, "image", null)]
    [InlineData(null, "image", "cross-origin")]
    [InlineData(null, "image", "cross-site")]
    [InlineData(null, "video", "cross-site")]
    public async Task Navigations_frames_scripts_and_foreign_images_never_get_bytes_of_a_package(string? accept, string? destination, string? site)
    {
        foreach (var path in new[] { "/@luca/flag/meta.json", "/@luca/flag/1.0.0_meta.json", "/@luca/flag/1.0.0/mod.ts", "/@luca/flag/1.0.0/page.html" })
        {
            using var response = await Server.SendAsync("GET", path, Headers(accept, destination, site));
            Assert.Equal("frontend", response.Headers.GetValues("X-JSR-Backend").Single());
            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
            Assert.Contains("script-src 'nonce-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var body = await response.Content.ReadAsStringAsync();
            Assert.StartsWith("<!DOCTYPE html>", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", body, StringComparison.OrdinalIgnoreCase); // ours have a source
            Assert.DoesNotContain("\"manifest\"", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("From", "googlebot(at)googlebot.com")]
    [InlineData("User-Agent", "Slackbot-LinkExpanding 1.0")]
    [InlineData("User-Agent", "twitterbot/1.0")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    public async Task Bots_that_preview_links_get_the_page(string header, string value)
    {
        using var response = await Server.SendAsync("GET", "/@luca/flag/1.0.0/mod.ts", (header, value));
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("/@luca/flag/meta.json", true)]
    [InlineData("/@luca/flag/1.0.0_meta.json", true)]
    [InlineData("/@luca/flag/1.0.0/", true)]
    [InlineData("/@luca/flag/1.0.0/a/b.ts", true)]
    [InlineData("/@luca/flag/1x/b.ts", true)]
    [InlineData("/@luca/flag", false)]
    [InlineData("/@luca/flag/", false)]
    [InlineData("/@luca/flag/1.0.0", false)]
    [InlineData("/@luca/flag/versions", false)]
    [InlineData("/@luca/flag/x_meta.json", false)]
    [InlineData("/@luca/flag/meta.jsonx", false)]
    [InlineData("/@luca/meta.json", false)]
    [InlineData("/@luca//meta.json", false)]
    [InlineData("/luca/flag/meta.json", false)]
    public void Module_addresses_are_told_from_pages(string path, bool isFile) => Assert.Equal(isFile, Negotiation.IsModuleFile(path));

    private static (string, string)[] Headers(string? accept, string? destination, string? site) =>
        [.. new[] { ("Accept", accept), ("Sec-Fetch-Dest", destination), ("Sec-Fetch-Site", site) }.Where(h => h.Item2 is not null).Select(h => (h.Item1, h.Item2!))];
}
