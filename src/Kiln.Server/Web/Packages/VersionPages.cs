using System.Globalization;
using Kiln.Registry.Catalog;

namespace Kiln.Server.Web.Packages;

/// <summary>The other tabs of a package: versions, dependencies, score.</summary>
internal static class VersionPages
{
    private const int PageSize = 100;

    public static async Task VersionsAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var number = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, 100_000) : 1;
        var versions = await request.Service<PackageService>().ListVersionsAsync(request.Address.Scope, request.Address.Name, new PageRequest(number, PageSize), request.Aborted);
        await request.RenderAsync<Pages.Packages.VersionsPage>(
            PackageTab.Versions,
            new Dictionary<string, object?> { ["Versions"] = versions.Value, ["Number"] = number, ["HasMore"] = (long)number * PageSize < versions.Value.Total },
            new PageOptions { Cache = PageCache.Newest, Head = request.Head("/versions") });
    }

    public static async Task DependenciesAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        IReadOnlyList<Dependency> dependencies = request.View.Version is { } version
            ? (await request.Service<PackageService>().ListDependenciesAsync(request.Address.Scope, request.Address.Name, version.Version, request.Aborted)).Value
            : [];
        await request.RenderAsync<Pages.Packages.DependenciesPage>(
            PackageTab.Dependencies,
            new Dictionary<string, object?> { ["Dependencies"] = dependencies },
            new PageOptions { Cache = request.Cache, Head = request.Head("/dependencies", isNoIndex: true) });
    }

    public static async Task ScoreAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        await request.RenderAsync<Pages.Packages.ScorePage>(
            PackageTab.Score, [], new PageOptions { Cache = request.View.Score is null ? PageCache.None : PageCache.Slow, Head = request.Head("/score", isNoIndex: true) });
    }
}
