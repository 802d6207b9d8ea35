using Kiln.Browser.Harness;
using Kiln.Browser.Xss;
using Microsoft.Playwright;

namespace Kiln.Browser.Registry;

/// <summary>The corpus of security.md B3 on whole pages of the registry, published by the real client.</summary>
public sealed class RegistryXssTests(Chromium chromium, PublishedDocs docs)
{
    [Theory]
    [InlineData("@press/hostile")]
    [InlineData("@press/hostile/doc")]
    [InlineData("@press/hostile/doc/all_symbols")]
    [InlineData("@press/hostile/1.0.0")]
    [InlineData("@press/hostile/1.0.0/mod.ts")]
    [InlineData("@press/hostile/1.0.0/text.md")]
    [InlineData("@press/hostile/1.0.0/page.html")]
    [InlineData("@press/hostile/score")]
    [InlineData("search?q=script")]
    public async Task Nothing_that_an_author_wrote_does_anything(string path)
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                var response = await page.Tab.GotoAsync(server.Address + path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
                Assert.Equal(200, response!.Status);
                await AssertInertAsync(page);
            },
            Options(server.Address));
    }

    [Fact]
    public async Task The_page_of_every_symbol_is_as_quiet()
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(server.Address + "@press/hostile/doc/all_symbols");
                var links = await page.Tab.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('a[href*=\"/~/\"]')].map(a => a.getAttribute('href').split('#')[0]))]");
                Assert.True(links.Length > XssCorpus.All.Length, $"only {links.Length} symbols");
                foreach (var link in links.Where((_, i) => i % 7 == 0))
                {
                    var response = await page.Tab.GotoAsync(new Uri(server.Address, link).ToString());
                    Assert.True(response!.Status == 200, $"{link}: {response.Status}");
                    await AssertInertAsync(page);
                }
            },
            Options(server.Address));
    }

    private static async Task AssertInertAsync(BrowserPage page)
    {
        Assert.True(await page.Tab.EvaluateAsync<bool>("window.__xss === undefined"), $"a script ran on {page.Tab.Url}");
        Assert.DoesNotContain(page.Requests, r => Uri.TryCreate(r, UriKind.Absolute, out var asked) && asked.Host.Contains(XssCorpus.Canary, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, await page.Tab.Locator("main :is(script, style, iframe, object, embed, base, form, textarea, select, link, meta, template)").CountAsync());
    }

    private static PageOptions Options(Uri address) => new() { Allowed = [address.ToString(), "https://ok.test/"] };
}
