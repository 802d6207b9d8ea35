using System.Text.Json.Nodes;
using Kiln.Documentation.Site;
using Kiln.Packages.Names;
using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Graphs;
using Kiln.Registry.Storage;
using Kiln.Server.Web.Packages;

namespace Kiln.Server.Api;

/// <summary>What is in a version: its upload, its modules, its files (registry.md §2.3).</summary>
internal static class VersionsApi
{
    private const string PackageMeta = "meta.json";

    public static async Task<ApiReply> DeleteAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<PackageService>().DeleteVersionAsync(request.Principal, request.Scope, request.Package, request.Version, request.Aborted));

    public static async Task<ApiReply> TarballAsync(ApiRequest request)
    {
        var found = await request.Service<PackageService>().FindUploadAsync(request.Scope, request.Package, request.Version, request.Aborted);
        return !found.TryGet(out var key, out var error) ? ApiReply.Refuse(error)
            : await request.Service<IObjectStore>().OpenAsync(key, request.Aborted) is { } stored ? ApiReply.Object(stored, "application/gzip")
            : ApiReply.Refuse(ApiErrors.PackageVersionNotFound, "This registry does not have the upload of that version any more.");
    }

    public static async Task<ApiReply> GraphAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<DependencyGraph>().ReadAsync(request.Scope, request.Package, request.Version, request.Aborted), nodes => Wire.List(nodes, Of));

    public static async Task<ApiReply> SourceAsync(ApiRequest request)
    {
        var (scope, package) = (request.Scope, request.Package);
        var found = await request.Service<PackageService>().GetVersionAsync(scope, package, request.VersionOrLatest, request.Aborted);
        if (!found.TryGet(out var version, out var error))
        {
            return ApiReply.Refuse(error);
        }

        var path = request.Query("path") is { Length: > 0 } given ? given : "/";
        var views = request.Service<SourceViews>();
        if (path == PackageMeta || path == $"{version.Version}_{PackageMeta}")
        {
            var document = path == PackageMeta ? ObjectKeys.PackageMeta(scope, package) : ObjectKeys.VersionMeta(scope, package, version.Version);
            return File(version, await views.ShowFreshAsync(document, request.Aborted), path);
        }

        var folder = path.TrimEnd('/');
        if (path[0] != '/' || (folder.Length > 0 && !PackagePath.TryParse(folder, out _, out _)))
        {
            return ApiReply.Refuse(ApiErrors.MalformedRequest, "'path' must be a path in the package that starts with '/'.");
        }

        var files = await request.Service<PackageViews>().ListFilesAsync(scope, package, version.Version, request.Aborted);
        if (FileTree.List(files, folder) is { } entries)
        {
            return Ok(version, new FolderShape("dir", [.. entries.Select(e => new FolderEntryShape(e.Name, e.Size, e.IsFolder ? "dir" : "file"))]));
        }

        return files.Any(f => f.Path == path)
            ? File(version, await views.ShowAsync(ObjectKeys.Module(scope, package, version.Version, path), request.Aborted), path)
            : NoFile(path);
    }

    private static ApiReply File(PublishedVersion version, SourceView? view, string path) =>
        view is null ? NoFile(path) : Ok(version, new FileShape("file", view.Length, view.Kind == SourceKind.Text ? view.Html.ToString() : null));

    private static ApiReply NoFile(string path) => ApiReply.Refuse(ApiErrors.PackagePathNotFound, $"The version has no file or folder '{path}'.");

    private static ApiReply Ok(PublishedVersion version, object source) => ApiReply.Ok(new SourceShape(Wire.Of(version) with { NewerVersionsCount = null }, DocAssets.Stylesheet, "", source));

    private static GraphItem Of(GraphNode node) => new(node.Id, Of(node.Subject), node.Children, node.Size, node.MediaType);

    private static JsonObject Of(GraphSubject subject) => subject switch
    {
        OwnModule own => new JsonObject { ["type"] = "root", ["path"] = own.Path },
        PackageModule module => new JsonObject
        {
            ["type"] = "jsr", ["scope"] = module.Scope, ["package"] = module.Package, ["version"] = module.Version,
            ["entrypoint"] = new JsonObject { ["type"] = module.Entry is null ? "path" : "entrypoint", ["value"] = module.Entry ?? module.Path },
            ["fallbackUrl"] = null,
        },
        BrokenModule broken => new JsonObject { ["type"] = "error", ["error"] = broken.Error },
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };

    /// <param name="Dependency">Its <c>type</c> is <c>root</c>, <c>jsr</c> or <c>error</c>.</param>
    internal sealed record GraphItem(int Id, JsonObject Dependency, IReadOnlyList<int> Children, long? Size, string? MediaType);

    /// <param name="ComrakCss">The style sheet that <see cref="FileShape.View"/> is made for.</param>
    /// <param name="Script">Empty: a file needs none.</param>
    /// <param name="Source">A <see cref="FolderShape"/> or a <see cref="FileShape"/>.</param>
    internal sealed record SourceShape(Wire.VersionShape Version, string ComrakCss, string Script, object Source);

    internal sealed record FolderShape(string Kind, IReadOnlyList<FolderEntryShape> Entries);

    internal sealed record FolderEntryShape(string Name, long Size, string Kind);

    /// <param name="View">Highlighted markup; null for what is no text, or too large to be shown.</param>
    internal sealed record FileShape(string Kind, long Size, string? View);
}
