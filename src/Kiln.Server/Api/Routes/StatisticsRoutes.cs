namespace Kiln.Server.Api.Routes;

/// <summary>Statistics, search and what belongs to no group (registry.md §2.3).</summary>
internal static class StatisticsRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "symbols", RoutePolicy.Public, SymbolsApi.SearchAsync, "Symbols of all packages, the best first.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = [QueryParameter.Text("query", "Words of a name, a package or a description."), new QueryParameter("limit", "1 to 100; 20 unless given.", typeof(int))],
            Replies = [typeof(SymbolsApi.SymbolList)],
            IsOurs = true,
        },
    ];
}
