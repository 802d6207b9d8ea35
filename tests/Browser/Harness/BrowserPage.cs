using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Kiln.Browser.Harness;

/// <summary>An open page, and what it did that it should not have.</summary>
public sealed class BrowserPage
{
    private readonly ConcurrentQueue<string> problems = new();
    private readonly ConcurrentQueue<string> requests = new();

    private BrowserPage(IPage tab) => Tab = tab;

    public IPage Tab { get; }

    /// <summary>Console errors and warnings, exceptions, requests that were not allowed, dialogs.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Every address that was asked for, allowed or not.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    internal static async Task<BrowserPage> OpenAsync(IBrowserContext context, PageOptions options)
    {
        var tab = await context.NewPageAsync();
        var page = new BrowserPage(tab);
        page.Watch(options);
        await context.RouteAsync("**/*", route => page.AnswerAsync(route, options));
        return page;
    }

    /// <summary>A PNG of the whole page beside the test program, for eyes.</summary>
    public async Task<string> ScreenshotAsync(string name, bool wholePage = true)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png");
        await Tab.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = wholePage });
        return path;
    }

    private void Watch(PageOptions options)
    {
        Tab.Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !options.ExpectedMessages.Any(e => message.Text.Contains(e, StringComparison.Ordinal)))
            {
                problems.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        Tab.Context.WebError += (_, error) => problems.Enqueue($"exception: {error.Error}");
        Tab.Context.Page += (_, other) => problems.Enqueue($"opened a window: {other.Url}");
        Tab.Context.Request += (_, request) => requests.Enqueue(request.Url);
        Tab.Context.Dialog += (_, dialog) =>
        {
            problems.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        Tab.Crash += (_, _) => problems.Enqueue("the page crashed");
    }

    private async Task AnswerAsync(IRoute route, PageOptions options)
    {
        var address = route.Request.Url;
        if (options.Site is not null && address.StartsWith(PageOptions.SiteAddress, StringComparison.Ordinal))
        {
            var path = address[(PageOptions.SiteAddress.Length - 1)..];
            if (options.Site(path) is { } response)
            {
                await route.FulfillAsync(new RouteFulfillOptions
                {
                    Status = response.Status,
                    ContentType = response.ContentType,
                    Headers = response.Headers.ToDictionary(),
                    Body = response.Body,
                });
                return;
            }

            if (path == "/favicon.ico")
            {
                await route.FulfillAsync(new RouteFulfillOptions { Status = 204 });
                return;
            }

            problems.Enqueue($"not found: {address}");
            await route.FulfillAsync(new RouteFulfillOptions { Status = 404 });
            return;
        }

        if (options.Allowed.Any(a => address.StartsWith(a, StringComparison.Ordinal)))
        {
            await route.ContinueAsync();
            return;
        }

        problems.Enqueue($"request: {route.Request.ResourceType} {address}");
        await route.AbortAsync();
    }
}
