using Kiln.Registry;
using Kiln.Registry.Catalog;

namespace Kiln.Server.Api;

/// <summary>Packages and their versions (registry.md §2.3).</summary>
internal static class PackagesApi
{
    public static async Task<ApiReply> SearchAsync(ApiRequest request) =>
        ApiReply.Ok(Wire.Of(await Packages(request).SearchAsync(request.Query("query"), Page(request), request.Aborted), Wire.Of));

    public static async Task<ApiReply> ListAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).ListAsync(request.Principal, request.Scope, Page(request), request.Aborted), page => Wire.Of(page, Wire.Of));

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
            "runtimeCompat" => ApiReply.Of(
                await Packages(request).SetRuntimeCompatAsync(
                    request.Principal, scope, package, body.ObjectOrNull<Dictionary<string, bool?>>(key) ?? throw ApiRequest.Malformed("'runtimeCompat' must be an object."), request.Aborted),
                Wire.Of),
            _ => ApiReply.Refuse(ApiErrors.MalformedRequest, $"This registry cannot change '{key}' yet."),
        };
    }

    public static async Task<ApiReply> VersionsAsync(ApiRequest request) =>
        ApiReply.Of(await Packages(request).ListVersionsAsync(request.Scope, request.Package, Page(request), request.Aborted), page => Wire.Of(page, Wire.WithUser));

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

    private static PageRequest Page(ApiRequest request)
    {
        var (page, limit) = request.Paging();
        return new PageRequest(page, limit);
    }
}
