using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Publishing;

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
            Rate = Hosting.RateLimiting.RateClass.Publish,
            Replies = [typeof(PublishingTask)],
            Errors =
            [
                ApiErrors.MissingGzipContentEncoding, ApiErrors.PackageArchived, ApiErrors.DuplicateVersionPublish, ApiErrors.VersionContentLocked,
                ApiErrors.WeeklyPublishAttemptsLimitExceeded, ApiErrors.UploadIncomplete,
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
    ];
}
