using Kiln.Tooling;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Kiln.Browser.Harness.Chromium))]

namespace Kiln.Browser.Harness;

/// <summary>
/// One real browser for all tests, each of which gets a page with a profile of its own. Take it as a constructor parameter:
/// <code>
/// public sealed class SearchTests(Chromium chromium)
/// {
///     [Fact]
///     public Task Finds_a_symbol() => chromium.RunAsync(
///         async page =&gt;
///         {
///             await page.Tab.GotoAsync("file:///…/index.html");
///             …
///         },
///         new PageOptions { Allowed = ["file:///…/"] });
/// }
/// </code>
/// A test fails when its page writes an error or a warning to the console, throws, or asks for an address that was not allowed; such a request never leaves the machine.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Two cores, and other test programs beside this one.</summary>
    private const int PagesAtOnce = 2;

    private readonly SemaphoreSlim turns = new(PagesAtOnce);
    private readonly SemaphoreSlim start = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        turns.Dispose();
        start.Dispose();
    }

    /// <summary>Opens a page, runs the test, and then looks whether the page had anything to complain about.</summary>
    public async Task RunAsync(Func<BrowserPage, Task> test, PageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        options ??= new PageOptions();
        await turns.WaitAsync();
        try
        {
            var running = await StartAsync();
            await using var context = await running.NewContextAsync(new BrowserNewContextOptions
            {
                ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
                JavaScriptEnabled = options.JavaScript,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
                Permissions = options.Clipboard ? ["clipboard-read", "clipboard-write"] : [],
                ServiceWorkers = ServiceWorkerPolicy.Block,
                Locale = "en-GB",
            });
            context.SetDefaultTimeout(30_000);
            var page = await BrowserPage.OpenAsync(context, options);
            await test(page);
            Assert.Empty(page.Problems);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>The browser starts with the first test that needs it, so that a filtered run does not pay for it.</summary>
    private async Task<IBrowser> StartAsync()
    {
        await start.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ToolPaths.Chromium,

                // Containers give no user namespaces to root; what is opened here is our own output.
                Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            });
        }
        finally
        {
            start.Release();
        }
    }
}
