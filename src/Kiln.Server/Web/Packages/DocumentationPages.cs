using System.Globalization;
using Kiln.Documentation.Pages;
using Kiln.Registry.Catalog;
using Kiln.Registry.Docs;

namespace Kiln.Server.Web.Packages;

/// <summary>The overview of a package and its documentation: stored fragments inside the frame. Every version keeps its own.</summary>
internal static class DocumentationPages
{
    /// <summary>Seconds after which a page that waits for documentation looks again.</summary>
    private const int Patience = 3;

    private const int MostSuggestions = 8;
    private const int MostParts = 10_000;

    /// <summary><c>/@scope/package</c> and <c>/@scope/package@version</c>, which deno publish prints at its end.</summary>
    public static async Task OverviewAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var (view, page) = await ReadAsync(request, new DocPageKey(DocPageKind.Overview));
        var isPending = view.Version is not null && view.Documentation.State == DocumentationState.Pending;
        await request.RenderAsync<Pages.Packages.OverviewPage>(
            PackageTab.Overview,
            new Dictionary<string, object?> { ["Fragment"] = page },
            new PageOptions
            {
                Cache = page is null ? PageCache.None : request.Cache,
                ShowsAuthorsText = true,
                IsDocumentation = true,
                Head = request.Head("", page?.Description ?? "") with { Refresh = isPending ? Patience : 0 },
            });
    }

    /// <summary><c>/doc</c> and everything below it.</summary>
    public static async Task DocAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var rest = (string?)context.Request.RouteValues["rest"] ?? "";
        if (rest == "~" || rest.EndsWith("/~", StringComparison.Ordinal))
        {
            var entry = rest.TrimEnd('~').TrimEnd('/');
            request.Redirect(request.Address.Base + (DocPaths.TryParse(entry, out var cut) ? DocPaths.Of(cut.Value) : "/doc"));
            return;
        }

        if (!DocPaths.TryParse(rest, out var parsed))
        {
            await Page.NotFoundAsync(context, request.Principal);
            return;
        }

        var key = parsed.Value with { Part = PartOf(context) };
        var (view, page) = await ReadAsync(request, key);
        if (page is not null)
        {
            await ShowAsync(request, page);
        }
        else if (view.Version is null || view.Documentation.State != DocumentationState.Ready)
        {
            await StateAsync(request);
        }
        else if (await FindElsewhereAsync(request, view, key) is { } target)
        {
            request.Redirect(request.Address.Base + target);
        }
        else
        {
            await MissingAsync(request, view, key);
        }
    }

    /// <summary>What the search inside the package looks through, once somebody begins to type. The name of the pack in the query makes it last for ever.</summary>
    public static async Task SymbolsAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var documentation = request.View.Documentation;
        var isFixed = context.Request.Query["pack"] == SymbolsPack(documentation);
        if (documentation.State == DocumentationState.Ready && await request.Service<DocumentationReader>().ReadSearchAsync(documentation.Pages, request.Aborted) is { } index)
        {
            await SiteAssets.SendAsync(context, index, "application/json", isFixed ? "public, max-age=31536000, immutable" : "public, max-age=30");
            return;
        }

        await Page.NotFoundAsync(context, request.Principal);
    }

    /// <summary>Names the version's pack in an address.</summary>
    internal static string SymbolsPack(VersionDocumentation documentation) => documentation.Pages.Path is { } path ? System.IO.Path.GetFileNameWithoutExtension(path) : "";

    /// <summary>The page, and the state in which the version was when it was read: a pack that was replaced meanwhile is looked for once more.</summary>
    private static async Task<(PackageView View, DocPage? Page)> ReadAsync(PackageRequest request, DocPageKey key)
    {
        var reader = request.Service<DocumentationReader>();
        var view = request.View;
        if (view.Documentation.State != DocumentationState.Ready)
        {
            return (view, null);
        }

        if (await reader.ReadPageAsync(view.Documentation.Pages, key, request.Aborted) is { } page)
        {
            return (view, page);
        }

        var again = await request.Service<PackageViews>().FindAsync(request.Address.Scope, request.Address.Name, request.Address.Version, request.Aborted);
        return again is null || again.Documentation.State != DocumentationState.Ready || again.Documentation.Pages == view.Documentation.Pages
            ? (view, null)
            : (again, await reader.ReadPageAsync(again.Documentation.Pages, key, request.Aborted));
    }

    private static Task ShowAsync(PackageRequest request, DocPage page)
    {
        // A symbol's page is thin, and there are thousands of them.
        var isNoIndex = page.Key.Kind == DocPageKind.Symbol || page.Key.Part > 0;
        return request.RenderAsync<Pages.Packages.DocumentationPage>(
            PackageTab.Documentation,
            new Dictionary<string, object?>
            {
                ["Fragment"] = page,
                ["HasNoMain"] = page.Key.Kind == DocPageKind.AllSymbols && request.Http.Request.Query.ContainsKey("no_default_entrypoint"),
            },
            new PageOptions
            {
                Cache = request.Cache,
                ShowsAuthorsText = true,
                IsDocumentation = true,
                Head = request.Head(DocPaths.Of(page.Key), page.Description, isNoIndex),
            });
    }

    private static Task StateAsync(PackageRequest request)
    {
        var isPending = request.View.Version is not null && request.View.Documentation.State == DocumentationState.Pending;
        return request.RenderAsync<Pages.Packages.DocumentationStatePage>(
            PackageTab.Documentation,
            [],
            new PageOptions
            {
                Status = request.View.Version is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
                Head = request.Head("/doc", isNoIndex: true) with { Refresh = isPending ? Patience : 0 },
            });
    }

    /// <summary>Members live on the page of what they belong to; a package without a main entry has the list of all symbols in its place.</summary>
    private static async Task<string?> FindElsewhereAsync(PackageRequest request, PackageView view, DocPageKey key)
    {
        if (key is { Kind: DocPageKind.Entry, Entry: "", Part: 0 })
        {
            return DocPaths.Of(new DocPageKey(DocPageKind.AllSymbols)) + "?no_default_entrypoint";
        }

        return key.Kind == DocPageKind.Symbol
            ? await request.Service<DocumentationReader>().FindRedirectAsync(view.Documentation.Pages, key with { Part = 0 }, request.Aborted)
            : null;
    }

    private static async Task MissingAsync(PackageRequest request, PackageView view, DocPageKey key)
    {
        var suggestions = key.Kind == DocPageKind.Symbol
            ? await request.Service<DocumentationReader>().SuggestAsync(view.Documentation.Pages, key, MostSuggestions, request.Aborted)
            : [];
        await request.RenderAsync<Pages.Packages.MissingSymbolPage>(
            PackageTab.Documentation,
            new Dictionary<string, object?> { ["Wanted"] = key, ["Suggestions"] = suggestions },
            new PageOptions { Status = StatusCodes.Status404NotFound, IsDocumentation = true, Head = request.Head("/doc", isNoIndex: true) });
    }

    /// <summary><c>?part=2</c> is the second.</summary>
    private static int PartOf(HttpContext context) =>
        int.TryParse(context.Request.Query["part"], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? Math.Clamp(part, 1, MostParts) - 1 : 0;
}
