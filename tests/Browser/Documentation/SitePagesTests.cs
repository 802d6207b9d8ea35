using Kiln.Browser.Harness;
using Microsoft.Playwright;

namespace Kiln.Browser.Documentation;

/// <summary>Pages of a static site in Chromium; the harness fails a test whose page complains or asks for anything that is not there.</summary>
public sealed class SitePagesTests(Chromium chromium, GardenSite site)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "index.html", "Everything for a small garden" },
        { "mod/index.html", "@kiln/garden" },
        { "mod/~/Plant.html", "Plant" },
        { "mod/~/water.html", "water" },
        { "mod/~/merged.html", "merged" },
        { "all_symbols.html", "All symbols" },
        { "src/mod.ts.html", "mod.ts" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_shown_in_both_themes(string path, string text)
    {
        var grounds = new HashSet<string>();
        foreach (var dark in (bool[])[false, true])
        {
            await chromium.RunAsync(
                async page =>
                {
                    await page.Tab.GotoAsync(site.Address(path));
                    Assert.Contains(text, await page.Tab.InnerTextAsync("main"), StringComparison.Ordinal);
                    grounds.Add(await page.Tab.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
                    await page.ScreenshotAsync($"{path.Replace('/', '-').Replace('~', '-')}-{(dark ? "dark" : "light")}", wholePage: false);
                },
                site.Options with { Dark = dark });
        }

        Assert.Equal(2, grounds.Count);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Nothing_is_wider_than_a_phone(string path, string text) => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(site.Address(path));
            Assert.Contains(text, await page.Tab.InnerTextAsync("main"), StringComparison.Ordinal);
            Assert.Equal(320, await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await page.ScreenshotAsync($"{path.Replace('/', '-').Replace('~', '-')}-phone", wholePage: false);
        },
        site.Options with { Width = 320, Height = 700 });

    [Fact]
    public Task Without_JavaScript_everything_but_search_works() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(site.Address("index.html"));
            Assert.False(await page.Tab.IsVisibleAsync(".doc-search"));
            Assert.False(await page.Tab.IsVisibleAsync(".doc-theme"));
            Assert.False(await page.Tab.IsVisibleAsync("button.copy >> nth=0"));
            Assert.True(await page.Tab.IsVisibleAsync("text=deno add jsr:@kiln/garden"));
            await page.Tab.ClickAsync(".doc-tabs label:has-text('npm') >> nth=-1");
            Assert.True(await page.Tab.IsVisibleAsync("text=npx jsr add @kiln/garden"));
            Assert.False(await page.Tab.IsVisibleAsync("text=deno add jsr:@kiln/garden"));
            await page.Tab.ClickAsync("text=All symbols");
            await page.Tab.ClickAsync("main a:text-is('water')");
            Assert.Contains("Waters a plant.", await page.Tab.InnerTextAsync("main"), StringComparison.Ordinal);
            await page.Tab.ClickAsync(".doc-signature .doc-source");
            Assert.StartsWith("export async function water", (await page.Tab.InnerTextAsync("span:target")).TrimStart([.. "0123456789"]), StringComparison.Ordinal);
            await page.Tab.GotoAsync(site.Address("mod/~/water.html"));
            await page.Tab.ClickAsync(".doc-switch > summary");
            await page.Tab.ClickAsync(".doc-switch a:has-text('./shapes')");
            Assert.Contains("@kiln/garden/shapes", await page.Tab.InnerTextAsync("h1"), StringComparison.Ordinal);
        },
        site.Options with { JavaScript = false });

    [Fact]
    public Task Search_finds_with_the_keyboard_alone() => chromium.RunAsync(
        async page =>
        {
            var tab = page.Tab;
            await tab.GotoAsync(site.Address("mod/~/Plant.html"));
            Assert.DoesNotContain(page.Requests, r => r.Contains("search-index", StringComparison.Ordinal));
            await tab.Keyboard.PressAsync("Control+k");
            await tab.Keyboard.TypeAsync("plant");
            await tab.WaitForSelectorAsync("[role=option]");
            Assert.Equal("Plant", await tab.InnerTextAsync("[role=option][aria-selected=true] .doc-hit-name"));
            Assert.Equal("Plant", await tab.InnerTextAsync("[role=option] mark >> nth=0"));
            Assert.Equal("true", await tab.GetAttributeAsync("[role=combobox]", "aria-expanded"));
            await page.ScreenshotAsync("search-light", wholePage: false);
            await tab.Keyboard.PressAsync("Escape");
            Assert.False(await tab.IsVisibleAsync("[role=listbox]"));

            await Query("wtaer");
            Assert.Equal("water", await Best());
            await Query("dHelp");
            Assert.Equal("renamedHelper", await Best());
            await Query("rH");
            Assert.Equal("renamedHelper", await Best());
            await Query("tree rings");
            Assert.Equal("Tree.rings", await Best());
            await Query("zzzzzz");
            Assert.Equal("Nothing is called “zzzzzz”.", await tab.InnerTextAsync("[role=status]"));
            await Query("secretSauce");
            Assert.NotEqual("secretSauce", await tab.QuerySelectorAsync("[role=option]") is null ? "" : await Best());
            await Query("<img");
            Assert.Equal("<img src=x onerror=alert(1)>", await Best());

            await Query("foo");
            var first = await Best();
            await tab.Keyboard.PressAsync("ArrowDown");
            Assert.NotEqual(first, await Best());
            await tab.Keyboard.PressAsync("ArrowUp");
            Assert.Equal(first, await Best());
            await tab.Keyboard.PressAsync("Enter");
            await tab.WaitForTimeoutAsync(1000);
            Assert.EndsWith("/foo=c2.html", tab.Url, StringComparison.Ordinal);
            Assert.Equal("foo", await tab.InnerTextAsync("h1 .doc-name"));
            await tab.Keyboard.PressAsync("/");
            Assert.Equal("combobox", await tab.EvaluateAsync<string>("document.activeElement.role || document.activeElement.getAttribute('role')"));

            async Task Query(string text)
            {
                await tab.FillAsync("[role=combobox]", "");
                await tab.FillAsync("[role=combobox]", text);
            }

            Task<string> Best() => tab.InnerTextAsync("[role=option][aria-selected=true] .doc-hit-name");
        },
        site.Options);

    [Fact]
    public Task A_copy_button_copies_all_of_an_example() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(site.Address("mod/~/water.html"));
            await page.Tab.ClickAsync(".doc-example .copy >> nth=0");
            await page.Tab.WaitForSelectorAsync("button:has-text('Copied')");
            await page.Tab.Keyboard.PressAsync("Control+k");
            await page.Tab.Keyboard.PressAsync("Control+v");
            Assert.Equal("await water(rose);", (await page.Tab.InputValueAsync("[role=combobox]")).Trim());
        },
        site.Options with { Clipboard = true });

    [Fact]
    public Task A_chosen_theme_stays() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(site.Address("index.html"));
            Assert.Equal("Theme: system", await page.Tab.GetAttributeAsync(".doc-theme", "aria-label"));
            var light = await Ground();
            await page.Tab.ClickAsync(".doc-theme");
            Assert.Equal(light, await Ground());
            await page.Tab.ClickAsync(".doc-theme");
            var dark = await Ground();
            Assert.NotEqual(light, dark);
            await page.Tab.ClickAsync("text=All symbols >> nth=0");
            Assert.Equal(dark, await Ground());
            Assert.Equal("Theme: dark", await page.Tab.GetAttributeAsync(".doc-theme", "aria-label"));

            Task<string> Ground() => page.Tab.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        },
        site.Options);

    [Fact]
    public Task The_table_of_contents_shows_where_the_reader_is() => chromium.RunAsync(
        async page =>
        {
            await page.Tab.GotoAsync(site.Address("mod/~/Plant.html"));
            await page.Tab.EvaluateAsync("document.getElementById('method_trim_0').scrollIntoView()");
            await page.Tab.WaitForSelectorAsync(".doc-toc a[aria-current=location]");
            await page.Tab.WaitForFunctionAsync("document.querySelector('.doc-toc a[aria-current]').textContent.match(/trim|Methods|cut|iterator/) !== null");
        },
        site.Options with { Height = 500 });
}
