using Kiln.Registry.Statistics;

namespace Kiln.Server.Api.Routes;

/// <summary>Statistics, search and what belongs to no group (registry.md §2.3).</summary>
internal static class StatisticsRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "stats", RoutePolicy.Public, StatisticsApi.StatsAsync, "The newest, latest updated and featured packages.")
        {
            Cache = CachePolicy.Hour,
            Replies = [typeof(RegistryStatistics)],
        },
        new("GET", "metrics", RoutePolicy.Public, StatisticsApi.MetricsAsync, "How many packages, versions and users there are.")
        {
            Cache = CachePolicy.Minute,
            Replies = [typeof(RegistryTotals)],
        },
        new("GET", "search", RoutePolicy.Public, StatisticsApi.SearchAsync, "Packages, scopes and symbols, the best first.")
        {
            Cache = CachePolicy.Minute,
            Query =
            [
                QueryParameter.Text("query", "Words and filters (scope:NAME, runtime:NAME, is:archived, is:featured); at most 200 characters."),
                new QueryParameter("limit", "Of each kind, 1 to 100; 20 unless given.", typeof(int)),
            ],
            Replies = [typeof(StatisticsApi.SearchShape)],
            IsOurs = true,
        },
        new("GET", "symbols", RoutePolicy.Public, SymbolsApi.SearchAsync, "Symbols of all packages, the best first.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = [QueryParameter.Text("query", "Words of a name, a package or a description."), new QueryParameter("limit", "1 to 100; 20 unless given.", typeof(int))],
            Replies = [typeof(SymbolsApi.SymbolList)],
            IsOurs = true,
        },
        new("GET", ".well-known/openapi", RoutePolicy.Public, OpenApi.OpenApiEndpoint.GetAsync, "All of this as an OpenAPI 3.0 document.")
        {
            Replies = [typeof(byte[])],
            ReplyType = "application/x-yaml",
        },
    ];
}
