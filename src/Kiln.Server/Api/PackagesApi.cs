using System.Globalization;
using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Downloads;

namespace Kiln.Server.Api;

/// <summary>Packages and their versions (registry.md §2.3).</summary>
internal static class PackagesApi
{
    private const int MostVersionsOfDependent = 10;

    public static async Task<ApiReply> SearchAsync(ApiRequest request)
    {
        long? repository = request.Query("gitHubRepoId") is not { Length: > 0 } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
            : throw ApiRequest.Malformed("'gitHubRepoId' must be a number.");
        return ApiReply.Of(await Packages(request).FindAsync(request.Query("query"), repository, request.Page(), request.Aborted), page => Wire.Of(page, Wire.Of));
    }

    public static async Task<ApiReply> ListAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).ListAsync(request.Principal, request.Scope, request.Page(), request.Aborted), page => Wire.Of(page, Wire.Of));

    public static async Task<ApiReply> CreateAsync(ApiRequest request)
    {
        var scope = request.Scope;
        if (Kiln.Registry.Identity.Access.RequireUser(request.Principal) is { } refused)
        {
            return ApiReply.Refuse(refused);
        }

        var body = await request.BodyAsync();
        return ApiReply.Of(await Packages(request).CreateAsync(request.Principal, scope, body.Text("package"), request.Aborted), Wire.Of);
    }

    public static async Task<ApiReply> GetAsync(ApiRequest request) => ApiReply.Of(await Packages(request).GetAsync(request.Scope, request.Package, request.Aborted), Wire.Of);

    public static async Task<ApiReply> UpdateAsync(ApiRequest request)
    {
        var (scope, package) = (request.Scope, request.Package);
        var body = await request.BodyAsync();
        var key = body.OnlyKey();
        return key switch
        {
            "description" => ApiReply.Of(await Packages(request).SetDescriptionAsync(request.Principal, scope, package, body.Text(key), request.Aborted), Wire.Of),
            "isArchived" => ApiReply.Of(await Packages(request).SetArchivedAsync(request.Principal, scope, package, body.Flag(key), request.Aborted), Wire.Of),
            "isFeatured" => ApiReply.Of(await Packages(request).SetFeaturedAsync(request.Principal, scope, package, body.Flag(key), request.Aborted), Wire.Of),
            "readmeSource" => ApiReply.Of(await Packages(request).SetReadmeSourceAsync(request.Principal, scope, package, body.Text(key), request.Aborted), Wire.Of),
            "githubRepository" => ApiReply.Of(await SetRepositoryAsync(request, scope, package, body.ObjectOrNull<RepositoryName>(key)), Wire.Of),
            _ => ApiReply.Of(
                await Packages(request).SetRuntimeCompatAsync(
                    request.Principal, scope, package, body.ObjectOrNull<Dictionary<string, bool?>>(key) ?? throw ApiRequest.Malformed("'runtimeCompat' must be an object."), request.Aborted),
                Wire.Of),
        };
    }

    public static async Task<ApiReply> DeleteAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).DeleteAsync(request.Principal, request.Scope, request.Package, request.Aborted));

    public static async Task<ApiReply> DependentsAsync(ApiRequest request) => ApiReply.Of(await Packages(request).ListDependentsAsync(
        request.Scope, request.Package, request.Number("versions_per_package_limit", MostVersionsOfDependent), request.Page(), request.Aborted));

    public static async Task<ApiReply> DownloadsAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<DownloadService>().GetAsync(request.Scope, request.Package, request.Aborted));

    public static async Task<ApiReply> VersionsAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).ListVersionsAsync(request.Scope, request.Package, request.Page(), request.Aborted), page => Wire.Of(page, Wire.WithUser));

    public static async Task<ApiReply> VersionAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).GetVersionAsync(request.Scope, request.Package, request.VersionOrLatest, request.Aborted), Wire.Of);

    /// <summary><c>{"yanked"}</c>.</summary>
    public static async Task<ApiReply> YankAsync(ApiRequest request)
    {
        var (scope, package, version) = (request.Scope, request.Package, request.Version);
        var body = await request.BodyAsync();
        return ApiReply.Of(await Packages(request).SetYankedAsync(request.Principal, scope, package, version, body.Flag("yanked"), request.Aborted));
    }

    /// <summary><c>latest</c> is not a version here (registry.md §11 no. 11).</summary>
    public static async Task<ApiReply> DependenciesAsync(ApiRequest request) => ApiReply.Of(
        await Packages(request).ListDependenciesAsync(request.Scope, request.Package, request.Version, request.Aborted),
        list => Wire.List(list, Wire.Of));

    private static PackageService Packages(ApiRequest request) => request.Service<PackageService>();

    /// <summary>Null unlinks.</summary>
    private static Task<Result<Package>> SetRepositoryAsync(ApiRequest request, string scope, string package, RepositoryName? repository)
    {
        if (repository is null)
        {
            return Packages(request).UnlinkRepositoryAsync(request.Principal, scope, package, request.Aborted);
        }

        if (repository.Owner is not { Length: > 0 and <= 39 } owner || !owner.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || repository.Name is not { Length: > 0 and <= 100 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw ApiRequest.Malformed("'githubRepository' must be null, or an object with the 'owner' and the 'name' of a repository on GitHub.");
        }

        return Packages(request).LinkRepositoryAsync(request.Principal, scope, package, owner, name, request.Aborted);
    }

    internal sealed record RepositoryName(string? Owner, string? Name);
}
