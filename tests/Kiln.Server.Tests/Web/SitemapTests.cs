using System.Globalization;
using System.Xml.Linq;
using Kiln.Server.Web;

namespace Kiln.Server.Tests.Web;

/// <summary>Sitemaps by the rules of sitemaps.org and registry.md §2.3.</summary>
public sealed class SitemapTests(DocumentedPackage package) : IClassFixture<DocumentedPackage>
{
    private static readonly XNamespace Ns = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task The_index_names_both_lists_and_robots_names_the_index()
    {
        var (xml, cache) = await ReadAsync("/sitemap.xml");
        Assert.Equal(Ns + "sitemapindex", xml.Name);
        Assert.Equal(
            [$"{package.Server.Address}sitemap-scopes.xml", $"{package.Server.Address}sitemap-packages.xml"], xml.Elements(Ns + "sitemap").Select(s => s.Element(Ns + "loc")!.Value));
        Assert.Equal("public, max-age=3600, s-maxage=86400, stale-while-revalidate=86400", cache);
        Assert.Contains($"Sitemap: {package.Server.Address}sitemap.xml\n", await package.Server.Client.GetStringAsync("/robots.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_and_scopes_have_their_last_change()
    {
        var (packages, cache) = await ReadAsync("/sitemap-packages.xml");
        Assert.Equal("public, max-age=300, s-maxage=3600, stale-while-revalidate=3600", cache);
        Assert.Equal(
            [$"{package.Server.Address}@pottery/glaze", $"{package.Server.Address}@pottery/kit"],
            packages.Elements(Ns + "url").Select(u => u.Element(Ns + "loc")!.Value).Order(StringComparer.Ordinal)); // "bare" has nothing to show
        foreach (var url in packages.Elements(Ns + "url"))
        {
            var changed = DateTimeOffset.Parse(url.Element(Ns + "lastmod")!.Value, CultureInfo.InvariantCulture);
            Assert.InRange(DateTimeOffset.UtcNow - changed, TimeSpan.FromSeconds(-5), TimeSpan.FromHours(1));
            Assert.Equal("daily", url.Element(Ns + "changefreq")!.Value);
        }

        var (scopes, _) = await ReadAsync("/sitemap-scopes.xml");
        Assert.Equal([$"{package.Server.Address}@pottery"], scopes.Elements(Ns + "url").Select(u => u.Element(Ns + "loc")!.Value));
    }

    [Theory]
    [InlineData(0, "daily")]
    [InlineData(6.9, "daily")]
    [InlineData(7, "weekly")]
    [InlineData(29, "weekly")]
    [InlineData(30, "monthly")]
    [InlineData(364, "monthly")]
    [InlineData(366, "yearly")]
    public void What_changed_long_ago_is_looked_at_seldom(double days, string expected) => Assert.Equal(expected, SitemapPages.FrequencyOf(TimeSpan.FromDays(days)));

    private async Task<(XElement Root, string Cache)> ReadAsync(string path)
    {
        using var response = await package.Server.SendAsync("GET", path);
        Assert.Equal((200, "application/xml"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        return (XElement.Parse(await response.Content.ReadAsStringAsync()), response.Headers.GetValues("Cache-Control").Single());
    }
}
