namespace Kiln.Server.Api.Routes;

/// <summary>Every route of the API, in the order of registry.md §2.3; one file for each group. All are below <c>/api/</c>.</summary>
internal static class ApiRoutes
{
    public const string Scope = "scopes/{scope}";
    public const string Package = "scopes/{scope}/packages/{package}";
    public const string Version = "scopes/{scope}/packages/{package}/versions/{version}";

    /// <summary>A title and its routes.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<ApiRoute> Routes)> Groups { get; } =
    [
        ("Scopes", ScopeRoutes.All),
        ("Packages", PackageRoutes.All),
        ("Versions", VersionRoutes.All),
        ("Users", UserRoutes.All),
        ("Authorizations", AuthorizationRoutes.All),
        ("Publishing tasks", TaskRoutes.All),
        ("Tickets", TicketRoutes.All),
        ("Statistics and search", StatisticsRoutes.All),
        ("Staff", AdminRoutes.All),
    ];

    public static IReadOnlyList<ApiRoute> All { get; } = [.. Groups.SelectMany(g => g.Routes)];

    public static void MapApi(this IEndpointRouteBuilder api)
    {
        foreach (var route in All)
        {
            api.Map(route);
        }

        api.MapUnknown();
    }
}
