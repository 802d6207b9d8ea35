using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Downloads;
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
            Query =
            [
                QueryParameter.Text("query", "A scope, a name, or both with a slash or space between; at most 200 characters."),
                QueryParameter.Text("gitHubRepoId", "GitHub's number of the repository that packages are linked to."), .. QueryParameter.Paging,
            ],
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
            Errors =
            [
                ApiErrors.PackageNotFound, ApiErrors.PackageArchived, ApiErrors.GithubRepositoryNotFound, ApiErrors.GithubRepositoryNotPublic, ApiErrors.GithubRepositoryNotAuthorized,
                ApiErrors.GithubSamlEnforcement,
            ],
            Actions =
            [
                "update_package_description", "update_package_github_repository", "delete_package_github_repository", "update_package_runtime_compat", "package_update_source", "archive_package",
                "feature_package",
            ],
        },
        new("DELETE", ApiRoutes.Package, RoutePolicy.Admin, PackagesApi.DeleteAsync, "Delete a package that never had a version.")
        {
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageNotEmpty],
            Actions = ["delete_package"],
        },
        new("GET", $"{ApiRoutes.Package}/dependents", RoutePolicy.Public, PackagesApi.DependentsAsync, "The packages that need this one, with their newest versions that do.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = [new QueryParameter("versions_per_package_limit", "Versions of each, 1 to 10; 10 unless given.", typeof(int)), .. QueryParameter.Paging],
            Replies = [typeof(Page<Dependent>)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("GET", $"{ApiRoutes.Package}/downloads", RoutePolicy.Public, PackagesApi.DownloadsAsync, "Downloads of the last 90 days, by day.")
        {
            Cache = CachePolicy.Day,
            Replies = [typeof(PackageDownloads)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("GET", $"{ApiRoutes.Package}/diff/{{old}}/{{new}}", RoutePolicy.Public, DocsApi.DifferenceAsync, "What changed in the public API between two versions.")
        {
            Cache = CachePolicy.Month,
            Query = DocsApi.PageQuery,
            Replies = [typeof(DocsApi.DifferenceShape)],
            Errors = [ApiErrors.PackageVersionNotFound, ApiErrors.DiffDisabled, ApiErrors.DiffNoIndex, ApiErrors.EntrypointOrSymbolNotFound],
        },
        new("GET", $"{ApiRoutes.Package}/score", RoutePolicy.Public, SymbolsApi.ScoreAsync, "What the score of the latest version is made of.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(Wire.ScoreShape)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("GET", $"{ApiRoutes.Package}/publishing_tasks", RoutePolicy.Member, PublishingApi.ListAsync, "The publishing tasks of a package, those of the highest version first.")
        {
            Replies = [typeof(IReadOnlyList<PublishingTask>)],
        },
    ];
}
