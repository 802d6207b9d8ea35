using System.Globalization;
using Kiln.Registry.Catalog;

namespace Kiln.Server.Web.Packages;

/// <summary>The other tabs of a package: versions, dependencies, score.</summary>
internal static class VersionPages
{
    private const int PageSize = 100;
    private const int DependentsOfPage = 20;
    private const int DependentVersions = 3;

    public static async Task VersionsAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var number = NumberOf(context);
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

    /// <summary>Of the package: which version needs which is not told apart.</summary>
    public static async Task DependentsAsync(HttpContext context)
    {
        if (await PackageRequest.LoadAsync(context) is not { } request)
        {
            return;
        }

        var number = NumberOf(context);
        var dependents = await request.Service<PackageService>().ListDependentsAsync(
            request.Address.Scope, request.Address.Name, DependentVersions, new PageRequest(number, DependentsOfPage), request.Aborted);
        await request.RenderAsync<Pages.Packages.DependentsPage>(
            PackageTab.Dependents,
            new Dictionary<string, object?> { ["Dependents"] = dependents.Value, ["Number"] = number, ["HasMore"] = (long)number * DependentsOfPage < dependents.Value.Total },
            new PageOptions { Cache = PageCache.Slow, Head = request.Head("/dependents", isNoIndex: true) });
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

    private static int NumberOf(HttpContext context) =>
        int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, 100_000) : 1;
}
