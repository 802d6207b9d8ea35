using Kiln.Browser.Harness;
using Xunit.Sdk;

namespace Kiln.Browser;

/// <summary>The harness must see what tests rely on it to see.</summary>
public sealed class HarnessTests(Chromium chromium)
{
    [Fact]
    public Task A_quiet_page_passes() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(PageOptions.SiteAddress);
            Assert.Equal("Hello", await page.Tab.InnerTextAsync("h1"));
        },
        Site("<h1>Hello</h1><link rel=stylesheet href=/style.css>"));

    [Theory]
    [InlineData("<script>console.error('broken')</script>", "console error: broken")]
    [InlineData("<script>undefined.x</script>", "exception")]
    [InlineData("<script>Promise.reject(new Error('late'))</script>", "exception")]
    [InlineData("<img src=https://canary.test/x.png>", "request: image https://canary.test/x.png")]
    [InlineData("<img src=/missing.png>", "not found: http://site.test/missing.png")]
    [InlineData("<link rel=prefetch href=https://canary.test/p><p>x", "request: ")]
    [InlineData("<script>alert(1)</script>", "dialog: 1")]
    [InlineData("<iframe src='data:text/html,<script>alert(2)</script>'></iframe>", "dialog: 2")]
    public async Task What_a_page_does_wrong_fails_its_test(string markup, string problem)
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(PageOptions.SiteAddress);
                await page.Tab.WaitForTimeoutAsync(300);
            },
            Site(markup)));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Without_JavaScript_no_script_runs() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(PageOptions.SiteAddress);
            Assert.Equal("before", await page.Tab.InnerTextAsync("p"));
        },
        Site("<p>before</p><script>document.querySelector('p').textContent = 'after'</script>") with { JavaScript = false });

    private static PageOptions Site(string markup) => new()
    {
        Site = path => path switch
        {
            "/" => new SiteResponse("<!doctype html><html lang=en><title>Test</title>" + markup),
            "/style.css" => new SiteResponse("h1 { color: red }", "text/css"),
            _ => null,
        },
    };
}
