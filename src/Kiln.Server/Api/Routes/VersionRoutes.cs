using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Server.Api.Routes;

/// <summary>Versions of packages, and how they come to be (registry.md §2.3, §5.1).</summary>
internal static class VersionRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", $"{ApiRoutes.Package}/versions", RoutePolicy.Public, PackagesApi.VersionsAsync, "The versions of a package, highest first, yanked ones too.")
        {
            Cache = CachePolicy.Day,
            Query = QueryParameter.Paging,
            Replies = [typeof(Page<Wire.VersionWithUserShape>)],
            Errors = [ApiErrors.PackageNotFound],
        },
        new("GET", ApiRoutes.Version, RoutePolicy.Public, PackagesApi.VersionAsync, "A version, or `latest`.")
        {
            Cache = CachePolicy.Minute,
            Replies = [typeof(Wire.VersionShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound],
        },
        new("POST", ApiRoutes.Version, RoutePolicy.Publish, PublishingApi.PublishAsync, "Publish a version: a gzip-compressed tarball.")
        {
            Query = [new QueryParameter("config", "The path of the configuration file in the tarball, for example /deno.json.", typeof(string), IsRequired: true)],
            BodyType = "application/gzip",
            BodyEncoding = "gzip",
            Rate = Hosting.RateLimiting.RateClass.Publish,
            Replies = [typeof(PublishingTask)],
            Errors =
            [
                ApiErrors.MissingGzipContentEncoding, ApiErrors.PackageArchived, ApiErrors.DuplicateVersionPublish, ApiErrors.VersionContentLocked,
                ApiErrors.WeeklyPublishAttemptsLimitExceeded, ApiErrors.UploadIncomplete, ApiErrors.InsufficientStorage,
            ],
            Actions = ["create_publishing_task"],
        },
        new("PATCH", ApiRoutes.Version, RoutePolicy.Admin, PackagesApi.YankAsync, "Hide a version from new installs, or show it again.")
        {
            Body = BodyShape.Of(BodyMember.Flag("yanked")),
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound],
            Actions = ["yank_package_version"],
        },
        new("GET", $"{ApiRoutes.Version}/dependencies", RoutePolicy.Public, PackagesApi.DependenciesAsync, "The packages that a version needs.")
        {
            Cache = CachePolicy.Minute,
            Replies = [typeof(IReadOnlyList<Wire.DependencyShape>)],
            Errors = [ApiErrors.PackageVersionNotFound],
        },
        new("DELETE", ApiRoutes.Version, RoutePolicy.Staff, VersionsApi.DeleteAsync, "Take a version away, for ever; its number is never accepted again.")
        {
            Errors = [ApiErrors.DeleteVersionHasDependents],
            Actions = ["delete_package_version"],
        },
        new("GET", $"{ApiRoutes.Version}/tarball", RoutePolicy.Public, VersionsApi.TarballAsync, "The upload as it was sent.")
        {
            Cache = CachePolicy.Month,
            Replies = [typeof(StoredObject)],
            ReplyType = "application/gzip",
            Errors = [ApiErrors.PackageVersionNotFound],
        },
        new("GET", $"{ApiRoutes.Version}/dependencies/graph", RoutePolicy.Public, VersionsApi.GraphAsync, "Every module that the version reaches.")
        {
            Cache = CachePolicy.Day,
            Replies = [typeof(IReadOnlyList<VersionsApi.GraphItem>)],
            Errors = [ApiErrors.PackageVersionNotFound],
        },
        new("GET", $"{ApiRoutes.Version}/source", RoutePolicy.Public, VersionsApi.SourceAsync, "A folder or a file of a version, or of `latest`.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = [QueryParameter.Text("path", "Absolute in the package, or `meta.json`, or `{version}_meta.json`; `/` unless given.")],
            Replies = [typeof(VersionsApi.SourceShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound, ApiErrors.PackagePathNotFound],
        },
        new("GET", $"{ApiRoutes.Version}/docs", RoutePolicy.Public, DocsApi.PageAsync, "A page of the documentation of a version, or of `latest`.")
        {
            Cache = CachePolicy.FiveMinutes,
            Query = DocsApi.PageQuery,
            Replies = [typeof(DocsApi.PageShape), typeof(DocsApi.RedirectShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound, ApiErrors.EntrypointOrSymbolNotFound],
        },
        new("GET", $"{ApiRoutes.Version}/docs/search", RoutePolicy.Public, DocsApi.SearchAsync, "The symbols of a version, for a search.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(DocsApi.SearchShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound, ApiErrors.EntrypointOrSymbolNotFound],
        },
        new("GET", $"{ApiRoutes.Version}/docs/search_structured", RoutePolicy.Public, DocsApi.StructureAsync, "The symbols of a version by entry point.")
        {
            Cache = CachePolicy.FiveMinutes,
            Replies = [typeof(DocsApi.StructureShape)],
            Errors = [ApiErrors.PackageNotFound, ApiErrors.PackageVersionNotFound, ApiErrors.EntrypointOrSymbolNotFound],
        },
    ];
}
