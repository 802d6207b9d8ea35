using Kiln.Registry.Search;

namespace Kiln.Server.Web;

/// <summary><c>/search?q=</c>: packages, scopes and the symbols of all packages; with a filter packages alone.</summary>
internal static class SearchPages
{
    private const int MostPackages = 20;
    private const int MostSymbols = 50;

    public static async Task ShowAsync(HttpContext context)
    {
        var principal = Page.PrincipalAsync(context);
        var text = context.Request.Query["q"] is [{ Length: <= PackageQuery.LongestText } given, ..] ? given.Trim() : "";
        var query = PackageQuery.Parse(text);
        var packages = context.RequestServices.GetRequiredService<IPackageSearch>().SearchAsync(query, MostPackages, context.RequestAborted);
        var symbols = query.HasFilters ? null : context.RequestServices.GetRequiredService<ISymbolIndex>().SearchAsync(query.Text, MostSymbols, context.RequestAborted);
        await Page.RenderAsync<Pages.SearchPage>(
            context,
            await principal,
            new Dictionary<string, object?> { ["Query"] = text, ["Packages"] = await packages, ["Symbols"] = symbols is null ? null : await symbols },
            PageOptions.Default with { Head = PageHead.Empty with { IsNoIndex = true } });
    }
}
