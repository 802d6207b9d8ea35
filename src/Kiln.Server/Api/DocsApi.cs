using System.Text.Json;
using System.Text.Json.Serialization;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Site;
using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Docs;
using Kiln.Server.Api.Routes;
using Kiln.Server.Web.Packages;

namespace Kiln.Server.Api;

/// <summary>
/// Documentation of every version (the reference has it of the newest only). The members are those of registry.md §2.2; what stands in them are the fragments that the site shows.
/// </summary>
internal static class DocsApi
{
    public static IReadOnlyList<QueryParameter> PageQuery { get; } =
    [
        new("all_symbols", "Everything at once; excludes the other two.", typeof(bool)),
        QueryParameter.Text("entrypoint", "An export key without `./`; empty for the main one."),
        QueryParameter.Text("symbol", "A symbol of the entry point: `Name`, `Ns.Name`."),
    ];

    public static async Task<ApiReply> PageAsync(ApiRequest request)
    {
        var key = PageOf(request);
        var found = await FindAsync(request);
        if (!found.TryGet(out var view, out var error))
        {
            return ApiReply.Refuse(error);
        }

        var reader = request.Service<DocumentationReader>();
        if (await reader.ReadPageAsync(view.Documentation.Pages, key, request.Aborted) is { } page)
        {
            return ApiReply.Ok(Of(request, view, page));
        }

        return await reader.FindRedirectAsync(view.Documentation.Pages, key, request.Aborted) is { } target && SymbolOf(target) is { } symbol
            ? ApiReply.Ok(new RedirectShape("redirect", symbol))
            : ApiReply.Refuse(ApiErrors.EntrypointOrSymbolNotFound, "The version has no such entry point or symbol.");
    }

    /// <summary>The data of the search inside the package, symbol by symbol.</summary>
    public static async Task<ApiReply> SearchAsync(ApiRequest request)
    {
        var found = await SymbolsAsync(request);
        return ApiReply.Of(found, view => new SearchShape("search", [.. view.Symbols.Select(s => Of(view, s))]));
    }

    public static async Task<ApiReply> StructureAsync(ApiRequest request)
    {
        var found = await SymbolsAsync(request);
        return ApiReply.Of(found, view =>
        {
            var symbols = view.Symbols.ToLookup(s => ExportKey(s.Entry), s => Of(view, s), StringComparer.Ordinal);
            return new StructureShape([.. view.Exports.Select(e => new EntryPointShape(e, [.. symbols[e]]))]);
        });
    }

    /// <summary><c>GET …/diff/:old/:new</c>: what <c>kiln diff --json</c> says. Like the reference it has no start page: all symbols, or an entry point.</summary>
    public static async Task<ApiReply> DifferenceAsync(ApiRequest request)
    {
        var (scope, package) = (request.Scope, request.Package);
        var (older, newer) = (request.VersionNamed("old"), request.VersionNamed("new"));
        var key = PageOf(request);
        if (key.Kind == DocPageKind.Overview)
        {
            return ApiReply.Refuse(ApiErrors.DiffNoIndex, "Ask for 'all_symbols' or an 'entrypoint'.");
        }

        var entry = key.Kind == DocPageKind.AllSymbols ? null : ExportKey(key.Entry);
        var found = await request.Service<DocumentationDifference>().CompareAsync(scope, package, older, newer, entry, request.Aborted);
        if (!found.TryGet(out var difference, out var error))
        {
            return ApiReply.Refuse(error);
        }

        var modules = difference.GetProperty("modules").EnumerateArray().Where(m => entry is null || m.GetProperty("name").GetString() == entry);
        if (key.Kind == DocPageKind.Symbol)
        {
            modules = modules.Where(m => m.GetProperty("symbols").EnumerateArray().Any(s => s.GetProperty("name").GetString() == key.Symbol));
        }

        return ApiReply.Ok(new DifferenceShape("diff", older, newer, difference.GetProperty("verdict").GetString()!, difference.GetProperty("changes"), [.. modules]));
    }

    private static DocPageKey PageOf(ApiRequest request)
    {
        var (entrypoint, symbol) = (request.Query("entrypoint"), request.Query("symbol"));
        if (request.Query("all_symbols") is not null)
        {
            return entrypoint is null && symbol is null
                ? new DocPageKey(DocPageKind.AllSymbols)
                : throw ApiRequest.Malformed("'all_symbols' cannot be combined with 'entrypoint' or 'symbol'.");
        }

        var entry = entrypoint is null or "" or "." ? "" : entrypoint.StartsWith("./", StringComparison.Ordinal) ? entrypoint[2..] : entrypoint;
        return symbol is { Length: > 0 } ? new DocPageKey(DocPageKind.Symbol, entry, symbol)
            : entrypoint is null ? new DocPageKey(DocPageKind.Overview)
            : new DocPageKey(DocPageKind.Entry, entry);
    }

    /// <summary>A version that has documentation.</summary>
    private static async Task<Result<PackageView>> FindAsync(ApiRequest request)
    {
        var (scope, package, version) = (request.Scope, request.Package, request.VersionOrLatest);
        if (version == ApiRequest.Latest)
        {
            var offered = await request.Service<PackageService>().FindOfferedAsync(scope, package, request.Aborted);
            if (!offered.TryGet(out version, out var error))
            {
                return error;
            }
        }

        if (await request.Service<PackageViews>().FindAsync(scope, package, version, request.Aborted) is not { } view)
        {
            var missing = await request.Service<PackageService>().GetVersionAsync(scope, package, version, request.Aborted);
            return missing.Error ?? new ApiError(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{package}.");
        }

        return view.Documentation.State switch
        {
            DocumentationState.Ready => view,
            DocumentationState.Pending => new ApiError(ApiErrors.EntrypointOrSymbolNotFound, "The documentation of this version is being made. Ask again in a moment."),
            _ => new ApiError(ApiErrors.EntrypointOrSymbolNotFound, $"There is no documentation of this version: {view.Documentation.Reason}"),
        };
    }

    private static async Task<Result<SymbolsOfVersion>> SymbolsAsync(ApiRequest request)
    {
        var found = await FindAsync(request);
        return found.TryGet(out var view, out var error)
            ? new SymbolsOfVersion(Base(request, view), [.. view.Exports.Select(e => e.Key)], await request.Service<DocumentationReader>().ListSymbolsAsync(view.Documentation.Pages, request.Aborted))
            : error;
    }

    private static PackageAddress Base(ApiRequest request, PackageView view) => new(request.Scope, request.Package, request.VersionOrLatest == ApiRequest.Latest ? null : view.Version!.Version);

    private static NodeShape Of(SymbolsOfVersion of, Kiln.Registry.Search.SymbolEntry symbol) =>
        new(symbol.Name, symbol.Kind, ExportKey(symbol.Entry), symbol.Summary, symbol.IsDeprecated, of.Address.Base + symbol.Address);

    private static string ExportKey(string entry) => entry.Length == 0 ? "." : "./" + entry;

    private static string? SymbolOf(string target)
    {
        var path = target.Split('#', '?')[0];
        return path.StartsWith("/doc/", StringComparison.Ordinal) && DocPaths.TryParse(Uri.UnescapeDataString(path["/doc/".Length..]), out var page) && page.Value.Kind == DocPageKind.Symbol
            ? page.Value.Symbol
            : null;
    }

    private static PageShape Of(ApiRequest request, PackageView view, DocPage page)
    {
        var address = Base(request, view);
        var crumbs = page.Crumbs.Select(c => new LinkShape(c.Text, c.Address is null ? null : Fragments.At(c.Address, address))).ToList();
        var main = Fragments.At(page.Content.ToString(), address);
        return new PageShape(
            "content",
            Wire.Of(view.Version!) with { NewerVersionsCount = null },
            DocAssets.Stylesheet,
            DocAssets.Script,
            crumbs.Count == 0 ? null : new BreadcrumbsShape(
                crumbs[0],
                page.Key.Kind is DocPageKind.Entry or DocPageKind.Symbol ? new LinkShape(ExportKey(page.Key.Entry), address.Base + DocPaths.Of(new DocPageKey(DocPageKind.Entry, page.Key.Entry))) : null,
                [.. view.Exports.Select(e => new LinkShape(e.Key, address.Base + DocPaths.Of(new DocPageKey(DocPageKind.Entry, e.Key == "." ? "" : e.Key[2..]))))],
                page.Key.Kind == DocPageKind.Symbol ? [.. crumbs.Skip(1)] : []),
            new TocShape(null, null, Fragments.At(page.Aside.ToString(), address), []),
            new MainShape(
                page.Key.Kind switch { DocPageKind.Overview => "index", DocPageKind.Entry => "file", DocPageKind.AllSymbols => "allSymbols", _ => "symbol" },
                new MainValueShape(page.Title, page.Description, main)));
    }

    private sealed record SymbolsOfVersion(PackageAddress Address, IReadOnlyList<string> Exports, IReadOnlyList<Kiln.Registry.Search.SymbolEntry> Symbols);

    /// <param name="ComrakCss">The style sheet that the markup is made for.</param>
    /// <param name="Script">Of the parts that do something.</param>
    internal sealed record PageShape(string Kind, Wire.VersionShape Version, string ComrakCss, string Script, BreadcrumbsShape? Breadcrumbs, TocShape Toc, MainShape Main);

    /// <param name="Symbol">The one whose page shows what was asked for.</param>
    internal sealed record RedirectShape(string Kind, string Symbol);

    internal sealed record LinkShape(string Name, string? Href);

    internal sealed record BreadcrumbsShape(
        LinkShape Root, [property: JsonPropertyName("current_entrypoint")] LinkShape? CurrentEntrypoint, IReadOnlyList<LinkShape> Entrypoints, IReadOnlyList<LinkShape> Symbol);

    /// <param name="DocumentNavigationStr">Markup of the whole column beside the page; the other members are in it.</param>
    internal sealed record TocShape(
        object? Usages,
        [property: JsonPropertyName("top_symbols")] object? TopSymbols,
        [property: JsonPropertyName("document_navigation_str")] string DocumentNavigationStr,
        [property: JsonPropertyName("document_navigation")] IReadOnlyList<object> DocumentNavigation);

    /// <param name="Kind"><c>index</c>, <c>file</c>, <c>symbol</c> or <c>allSymbols</c>.</param>
    internal sealed record MainShape(string Kind, MainValueShape Value);

    /// <param name="Docs">Markup.</param>
    internal sealed record MainValueShape(string Name, string Description, string Docs);

    internal sealed record NodeShape(string Name, string Kind, string File, string Doc, bool Deprecated, string Url);

    internal sealed record SearchShape(string Kind, IReadOnlyList<NodeShape> Nodes);

    internal sealed record EntryPointShape(string Name, IReadOnlyList<NodeShape> Symbols);

    internal sealed record StructureShape(IReadOnlyList<EntryPointShape> Entrypoints);

    /// <param name="Changes">How many of each severity; of everything, also when a part was asked for, like <paramref name="Verdict"/>.</param>
    /// <param name="Modules">See docs/diff.md.</param>
    internal sealed record DifferenceShape(string Kind, string Old, string New, string Verdict, JsonElement Changes, IReadOnlyList<JsonElement> Modules);
}
