using Kiln.Registry;
using Kiln.Registry.Search;
using Kiln.Registry.Statistics;

namespace Kiln.Server.Api;

/// <summary>Facts about the whole registry, and the search through it.</summary>
internal static class StatisticsApi
{
    private const int UsualLimit = 20;

    public static async Task<ApiReply> StatsAsync(ApiRequest request) => ApiReply.Ok(await request.Service<StatisticsService>().ReadAsync(request.Aborted));

    public static async Task<ApiReply> MetricsAsync(ApiRequest request) => ApiReply.Ok(await request.Service<StatisticsService>().MeasureAsync(request.Aborted));

    /// <summary><c>GET search?query=&amp;limit=</c>, Kiln's own. Filters are for packages: with one there are neither scopes nor symbols.</summary>
    public static async Task<ApiReply> SearchAsync(ApiRequest request)
    {
        var text = request.Query("query") ?? "";
        if (text.Length > PackageQuery.LongestText)
        {
            return ApiReply.Refuse(ApiErrors.MalformedRequest, $"'query' must have at most {PackageQuery.LongestText} characters.");
        }

        var query = PackageQuery.Parse(text);
        var limit = Math.Clamp(request.Number("limit", UsualLimit), 1, 100);
        var symbols = query.HasFilters ? null : request.Service<ISymbolIndex>().SearchAsync(query.Text, limit, request.Aborted);
        var packages = await request.Service<IPackageSearch>().SearchAsync(query, limit, request.Aborted);
        return ApiReply.Ok(new SearchShape(
            [.. packages.Packages.Select(Wire.Of)],
            packages.Total,
            [.. packages.Scopes.Select(s => new Wire.ScopeShape(s.Name, s.Description, s.UpdatedAt, s.CreatedAt))],
            symbols is null ? [] : [.. (await symbols).Select(SymbolsApi.Of)]));
    }

    /// <param name="Total">Packages that were found, at most a thousand.</param>
    internal sealed record SearchShape(
        IReadOnlyList<Wire.PackageShape> Packages, int Total, IReadOnlyList<Wire.ScopeShape> Scopes, IReadOnlyList<SymbolsApi.SymbolShape> Symbols);
}
