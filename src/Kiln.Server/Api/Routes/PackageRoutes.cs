using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Publishing;

namespace Kiln.Server.Api.Routes;

/// <summary>Packages (registry.md §2.3).</summary>
internal static class PackageRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "packages", RoutePolicy.Public, PackagesApi.SearchAsync, "Packages whose scope or name matches.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = [QueryParameter.Text("query", "A scope, a name, or both with a slash or space between."), .. QueryParameter.Paging],
            Replies = [typeof(Page<Wire.PackageShape>)],
        },
        new("GET", $"{ApiRoutes.Scope}/packages", RoutePolicy.Public, PackagesApi.ListAsync, "The packages of a scope; archived ones for its admins only.")
        {
            Cache = CachePolicy.Day,
            Query = QueryParameter.Paging,
            Replies = [typeof(Page<Wire.PackageShape>)],
            Errors = [ApiErrors.ScopeNotFound],
        },
        new("POST", $"{ApiRoutes.Scope}/packages", RoutePolicy.Member, PackagesApi.CreateAsync, "Create a package.")
        {
            Body = BodyShape.Of(BodyMember.Text("package")),
            Replies = [typeof(Wire.PackageShape)],
            Errors = [ApiErrors.ScopeNotFound, ApiErrors.PackageNameNotAllowed, ApiErrors.PackageLimitExceeded, ApiErrors.WeeklyPackageLimitExceeded, ApiErrors.PackageAlreadyExists],
            Actions = ["create_package"],
        },
        new("GET", ApiRoutes.Package, RoutePolicy.Public, PackagesApi.GetAsync, "A package.")
        {
            Cache = CachePolicy.Month,
            Replies = [typeof(Wire.PackageShape)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("PATCH", ApiRoutes.Package, RoutePolicy.PackageSetting, PackagesApi.UpdateAsync, "Change one setting of a package.")
        {
            Body = BodyShape.OneOf(
                BodyMember.Text("description"), BodyMember.Optional<object>("githubRepository"), new("runtimeCompat", typeof(Dictionary<string, bool?>)), BodyMember.Text("readmeSource"),
                BodyMember.Flag("isArchived"), BodyMember.Flag("isFeatured")),
            Replies = [typeof(Wire.PackageShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageArchived],
            Actions = ["update_package_description", "update_package_runtime_compat", "archive_package"],
        },
        new("GET", $"{ApiRoutes.Package}/score", RoutePolicy.Public, SymbolsApi.ScoreAsync, "What the score of the latest version is made of.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(Wire.ScoreShape)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("GET", $"{ApiRoutes.Package}/publishing_tasks", RoutePolicy.Member, PublishingApi.ListAsync, "The publishing tasks of a package, newest first.")
        {
            Replies = [typeof(IReadOnlyList<PublishingTask>)],
        },
    ];
}
