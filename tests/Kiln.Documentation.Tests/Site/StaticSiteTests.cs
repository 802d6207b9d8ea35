using Kiln.Documentation.Site;
using Kiln.Documentation.Support;

namespace Kiln.Documentation.Site;

public sealed class StaticSiteTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everything_that_a_site_links_to_is_there(bool prefersReadme)
    {
        var crawler = SiteCrawler.Run(StaticSite.Render(Garden.Site(prefersReadme), TestContext.Current.CancellationToken));
        Assert.Equal("", string.Join("\n", crawler.Problems));
        Assert.InRange(crawler.Pages, 60, 200);
        Assert.InRange(crawler.Links, 1000, 20_000);
    }

    /// <summary>A crawler that finds nothing must be able to.</summary>
    [Theory]
    [InlineData("""<a href="nowhere.html">x</a>""", "does not exist")]
    [InlineData("""<a href="#nowhere">x</a>""", "no such place")]
    [InlineData("""<p id="a"></p><p id="a"></p>""", "twice")]
    [InlineData("""<p onclick="x">x</p>""", "handler")]
    [InlineData("""<b><p>x</b></p>""", "does not parse")]
    [InlineData("""<a href="javascript:alert(1)">x</a>""", "links to")]
    [InlineData("\u0001", "placeholder")]
    public void The_crawler_sees_what_is_wrong(string markup, string problem)
    {
        var site = new[]
        {
            new SiteFile("index.html", "<!DOCTYPE html><html lang=\"en\"><head><title>x</title></head><body>" + markup + "</body></html>"),
            new SiteFile("assets/search-index.js", """x = {"symbols":[]};"""),
        };
        Assert.Contains(SiteCrawler.Run(site).Problems, p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_are_copied_and_other_files_are_shown_as_text()
    {
        var site = StaticSite.Render(Garden.Site(), TestContext.Current.CancellationToken).ToDictionary(f => f.Path);
        Assert.Equal("/docs/bed.svg", site["files/docs/bed.svg"].CopyOf);
        Assert.Contains("Grow &lt;b&gt;slowly", Plain(site["src/docs/guide.md.html"].Text!), StringComparison.Ordinal);
        Assert.Contains("Do what you like.", Plain(site["src/LICENSE.html"].Text!), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Keys, k => k.Contains("missing", StringComparison.Ordinal));
        static string Plain(string html) => System.Text.RegularExpressions.Regex.Replace(html, "</?span[^>]*>", "");
    }

    [Fact]
    public void A_large_source_file_has_several_pages_and_links_lead_to_the_right_one()
    {
        var request = Garden.Site();
        var text = string.Concat(Enumerable.Range(0, 12_000).Select(i => $"value{i};\n")); // short, so that lines and not bytes fill a page
        var large = new SiteRequest { Docs = request.Docs, Sources = new Dictionary<string, string> { ["/mod.ts"] = text } };
        var site = StaticSite.Render(large, TestContext.Current.CancellationToken).ToDictionary(f => f.Path);
        var parts = Enumerable.Range(1, 20).Select(i => site.GetValueOrDefault(i == 1 ? "src/mod.ts.html" : $"src/mod.ts=p{i}.html")?.Text).TakeWhile(t => t is not null).ToList();
        Assert.InRange(parts.Count, 3, 10);
        var lines = parts.SelectMany(t => System.Text.RegularExpressions.Regex.Matches(t!, "<span id=\"L(\\d+)\"").Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Range(1, 12_000), lines);
        Assert.Contains("href=\"../../src/mod.ts.html#L", site["mod/~/water.html"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_nobody_wrote_is_cut()
    {
        var large = new SiteRequest { Docs = Garden.Docs(), Sources = new Dictionary<string, string> { ["/mod.ts"] = "const a = '" + new string('x', 3_000_000) + "';\n" } };
        var site = StaticSite.Render(large, TestContext.Current.CancellationToken).ToDictionary(f => f.Path);
        Assert.InRange(site["src/mod.ts.html"].Text!.Length, 20_000, 30_000);
    }
}
