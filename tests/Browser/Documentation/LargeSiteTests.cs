using Kiln.Browser.Harness;
using Kiln.Tooling;

namespace Kiln.Browser.Documentation;

/// <summary>What <c>kiln doc --html</c> writes of a package of six hundred modules, opened from the disk.</summary>
public sealed class LargeSiteTests(Chromium chromium)
{
    [Fact]
    public async Task Overview_symbol_and_search_of_a_large_package_are_shown()
    {
        using var folder = new TemporaryFolder();
        LargePackage.Write(folder[""]);
        (await Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), ["doc", "--html", "site", "."], folder[""])).MustSucceed();
        var site = new Uri(folder["site"] + "/").AbsoluteUri;
        foreach (var dark in (bool[])[false, true])
        {
            await chromium.RunAsync(
                async page =>
                {
                    var tab = page.Tab;
                    await tab.GotoAsync(site + "index.html");
                    Assert.Contains("Effect", await tab.InnerTextAsync("main"), StringComparison.Ordinal);
                    await page.ScreenshotAsync("large-overview-" + (dark ? "dark" : "light"), wholePage: false);

                    await tab.Keyboard.PressAsync("Control+k");
                    await tab.Keyboard.TypeAsync("flatMap");
                    await tab.WaitForSelectorAsync("[role=option]");
                    Assert.Equal("flatMap", await tab.InnerTextAsync("[role=option][aria-selected=true] .doc-hit-name"));
                    await page.ScreenshotAsync("large-search-" + (dark ? "dark" : "light"), wholePage: false);

                    await tab.Keyboard.PressAsync("Enter");
                    await tab.WaitForSelectorAsync("h1 .doc-name:text-is('flatMap')");
                    Assert.StartsWith("const flatMap:", await tab.InnerTextAsync(".doc-signature >> nth=0"), StringComparison.Ordinal);
                    await page.ScreenshotAsync("large-symbol-" + (dark ? "dark" : "light"), wholePage: false);
                },
                new PageOptions { Allowed = [site], Dark = dark });
        }
    }
}
