using Kiln.Server.Tests.Web;

namespace Kiln.Server.Tests.Api;

public sealed class SearchApiTests(DocumentedPackage package) : IClassFixture<DocumentedPackage>
{
    [Fact]
    public async Task One_question_finds_packages_scopes_and_symbols()
    {
        var reply = await new ApiClient(package.Server).GetAsync("search?query=glaze");
        Assert.Equal(["packages", "total", "scopes", "symbols"], reply.Json.AsObject().Select(m => m.Key));
        Assert.Equal("glaze", reply.Json["packages"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("Glaze", reply.Json["symbols"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("pottery", (await new ApiClient(package.Server).GetAsync("search?query=potery")).Json["scopes"]![0]!["scope"]!.GetValue<string>());
        Assert.Equal("public, max-age=30, s-maxage=60, stale-while-revalidate=180", reply.Header("Cache-Control"));
        var filtered = await new ApiClient(package.Server).GetAsync("search?query=scope:pottery%20glaze&limit=1");
        Assert.Empty(filtered.Json["symbols"]!.AsArray());
        Assert.Single(filtered.Json["packages"]!.AsArray());
    }

    [Theory]
    [InlineData("glaze", "href=\"/@pottery/glaze\"", "href=\"/@pottery/glaze/doc/~/Glaze\"")]
    [InlineData("pottery", "href=\"/@pottery\"", "href=\"/@pottery/glaze\"")]
    [InlineData("glase", "href=\"/@pottery/glaze\"", "Packages")]
    [InlineData("zzzzqqqq", "No package fits", "No symbol of any package fits")]
    [InlineData("scope:nobody", "No package fits", "scope:nobody")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;", "No package fits")]
    public async Task The_page_shows_them_beside_each_other(string query, params string[] texts)
    {
        using var browser = new Browser(package.Server);
        var (response, html) = await browser.OpenAsync("/search?q=" + Uri.EscapeDataString(query));
        Assert.Equal(200, (int)response.StatusCode);
        foreach (var text in texts)
        {
            Assert.Contains(text, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_and_metrics_have_the_members_of_the_reference()
    {
        var stats = (await new ApiClient(package.Server).GetAsync("stats")).Json;
        Assert.Equal(["newest", "updated", "featured"], stats.AsObject().Select(m => m.Key));
        Assert.Equal(["scope", "name", "description"], stats["newest"]![0]!.AsObject().Select(m => m.Key));
        Assert.Equal(["scope", "package", "version", "description"], stats["updated"]![0]!.AsObject().Select(m => m.Key));
        var metrics = (await new ApiClient(package.Server).GetAsync("metrics")).Json;
        Assert.Equal(
            ["packages", "packages1d", "packages7d", "packages30d", "users", "users1d", "users7d", "users30d", "packageVersions", "packageVersions1d", "packageVersions7d", "packageVersions30d"],
            metrics.AsObject().Select(m => m.Key));
        Assert.Equal((2, 5), (metrics["packages"]!.GetValue<int>(), metrics["packageVersions"]!.GetValue<int>()));
        var id = (await package.Owner.GetAsync("user")).Json["id"]!.GetValue<string>();
        Assert.Equal(["glaze", "kit"], (await new ApiClient(package.Server).GetAsync($"users/{id}/packages")).Json.AsArray().Select(p => p!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }
}
