using Kiln.Registry.Catalog;
using Kiln.Registry.Search;

namespace Kiln.Server.Web;

/// <summary><c>/search?q=</c>: packages by name, and the symbols of all packages.</summary>
internal static class SearchPages
{
    private const int LongestQuery = 200;
    private const int MostPackages = 10;
    private const int MostSymbols = 50;

    public static async Task ShowAsync(HttpContext context)
    {
        var principal = Page.PrincipalAsync(context);
        var query = context.Request.Query["q"] is [{ Length: <= LongestQuery } text, ..] ? text.Trim() : "";
        var packages = context.RequestServices.GetRequiredService<PackageService>().SearchAsync(query, new PageRequest(1, MostPackages), context.RequestAborted);
        var symbols = context.RequestServices.GetRequiredService<ISymbolIndex>().SearchAsync(query, MostSymbols, context.RequestAborted);
        await Page.RenderAsync<Pages.SearchPage>(
            context,
            await principal,
            new Dictionary<string, object?> { ["Query"] = query, ["Packages"] = query.Length == 0 ? null : await packages, ["Symbols"] = await symbols },
            PageOptions.Default with { Head = PageHead.Empty with { IsNoIndex = true } });
    }
}
