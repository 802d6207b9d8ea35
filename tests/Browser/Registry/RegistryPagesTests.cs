using Kiln.Browser.Harness;
using Kiln.Clients.Server;
using Microsoft.Playwright;

namespace Kiln.Browser.Registry;

/// <summary>A published package on the registry's own pages: nothing is complained about in the console, and nothing is asked of anybody else.</summary>
public sealed class RegistryPagesTests(Chromium chromium, PublishedDocs docs)
{
    private static readonly string[] Paths =
    [
        "@press/shelf", "@press/shelf@1.0.0", "@press/shelf/doc", "@press/shelf/doc/tools", "@press/shelf/doc/all_symbols", "@press/shelf/doc/~/Shelf", "@press/shelf@1.0.0/doc/~/sortShelf",
        "@press/shelf/1.0.0", "@press/shelf/1.0.0/mod.ts", "@press/shelf/versions", "@press/shelf/dependencies", "@press/shelf/score", "search?q=shelf",
    ];

    [Theory]
    [InlineData(false, true, 1280)]
    [InlineData(true, true, 1280)]
    [InlineData(false, false, 1280)]
    [InlineData(false, true, 360)]
    public async Task Every_page_is_quiet_and_fits(bool dark, bool javaScript, int width)
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                foreach (var path in Paths)
                {
                    var response = await page.Tab.GotoAsync(server.Address + path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
                    Assert.Equal(200, response!.Status);
                    Assert.NotEmpty(await page.Tab.InnerTextAsync("h1"));
                    Assert.Equal(1, await page.Tab.Locator("h1").CountAsync());
                    var (inner, outer) = (await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.Tab.EvaluateAsync<int>("window.innerWidth"));
                    Assert.True(inner <= outer, $"{path} is {inner} wide in a window of {outer}");
                    await page.ScreenshotAsync($"registry-{path.Replace('/', '_').Replace('?', '_')}-{width}{(dark ? "-dark" : "")}{(javaScript ? "" : "-plain")}");
                }
            },
            Options(server) with { Dark = dark, JavaScript = javaScript, Width = width });
    }

    [Fact]
    public async Task The_search_of_a_package_finds_a_member_by_its_words_and_leads_there()
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(server.Address + "@press/shelf@1.0.0");
                await page.Tab.Keyboard.PressAsync("/");
                await page.Tab.Keyboard.TypeAsync("upright");
                await page.Tab.Locator(".doc-hit").First.WaitForAsync();
                Assert.Contains("putUpright", await page.Tab.Locator(".doc-hit").First.InnerTextAsync(), StringComparison.Ordinal);
                await page.Tab.Keyboard.PressAsync("Enter");
                await page.Tab.WaitForFunctionAsync("location.hash.length > 1");
                Assert.StartsWith(server.Address + "@press/shelf@1.0.0/doc/~/Shelf#", page.Tab.Url, StringComparison.Ordinal);
                Assert.True(await page.Tab.Locator(":target").IsVisibleAsync());
            },
            Options(server));
    }

    [Fact]
    public async Task The_search_of_the_site_works_without_a_script()
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(server.Address.ToString());
                await page.Tab.FillAsync("input[name=q]", "sortshelf");
                await page.Tab.PressAsync("input[name=q]", "Enter");
                await page.Tab.ClickAsync(".hits a >> nth=0");
                Assert.Equal(server.Address + "@press/shelf/doc/~/sortShelf", page.Tab.Url);
                Assert.Contains("sortShelf", await page.Tab.InnerTextAsync("h1"), StringComparison.Ordinal);
            },
            Options(server) with { JavaScript = false });
    }

    [Fact]
    public async Task A_line_of_a_stack_trace_is_shown_and_marked()
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(server.Address + "@press/shelf/1.0.0/mod.ts:24:5");
                Assert.Equal(server.Address + "@press/shelf/1.0.0/mod.ts#L24", page.Tab.Url);
                Assert.Contains("putUpright", await page.Tab.InnerTextAsync(":target"), StringComparison.Ordinal);
                Assert.True(await page.Tab.Locator(":target").EvaluateAsync<bool>("e => e.getBoundingClientRect().top > 0 && e.getBoundingClientRect().bottom < innerHeight"));
                Assert.NotEqual("rgba(0, 0, 0, 0)", await page.Tab.Locator(":target").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
                Assert.DoesNotContain("24", await page.Tab.EvaluateAsync<string>("() => { getSelection().selectAllChildren(document.querySelector(':target')); return getSelection().toString(); }"), StringComparison.Ordinal);
            },
            Options(server));
    }

    /// <summary>A link that loads a file goes through the same border as every navigation: it must not bring the page that shows the file.</summary>
    [Fact]
    public async Task The_link_to_a_file_gives_its_bytes()
    {
        var server = await docs.GetAsync();
        await chromium.RunAsync(
            async page =>
            {
                await page.Tab.GotoAsync(server.Address + "@press/shelf/1.0.0/tools.ts");
                var download = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.ClickAsync("a[download]"));
                using var reader = new StreamReader(await download.CreateReadStreamAsync());
                Assert.StartsWith("/**\n * Tools.", await reader.ReadToEndAsync(), StringComparison.Ordinal);
            },
            Options(server));
    }

    private static PageOptions Options(KilnServer server) => new() { Allowed = [server.Address.ToString()] };
}
