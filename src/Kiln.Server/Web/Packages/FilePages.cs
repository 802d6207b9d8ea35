using System.Text.RegularExpressions;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Docs;
using Kiln.Registry.Storage;

namespace Kiln.Server.Web.Packages;

/// <summary>
/// <c>/@scope/package/1.0.0/…</c>, <c>…/meta.json</c> and <c>…/1.0.0_meta.json</c> for a browser: folders, and files inside a page. Tools get the bytes from the gateway at the same
/// addresses.
/// </summary>
internal static partial class FilePages
{
    private const string PackageMeta = "meta.json";
    private const string VersionMeta = "_meta.json";

    public static async Task ShowAsync(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        var address = PackageAddress.Of(context);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var version = slash < 0 ? path : path[..slash];
        if (address.Version is not null)
        {
            await Page.NotFoundAsync(context, await Page.PrincipalAsync(context)); // An address names a version once.
        }
        else if (path == PackageMeta)
        {
            await DocumentAsync(context, address, path);
        }
        else if (slash < 0 && path.EndsWith(VersionMeta, StringComparison.Ordinal))
        {
            await DocumentAsync(context, address with { Version = path[..^VersionMeta.Length] }, path);
        }
        else if (PackageVersion.TryParse(version, out _, out _))
        {
            await PathAsync(context, address with { Version = version }, slash < 0 ? "" : path[slash..]);
        }
        else
        {
            await Page.NotFoundAsync(context, await Page.PrincipalAsync(context));
        }
    }

    /// <summary>A document that the registry wrote.</summary>
    private static async Task DocumentAsync(HttpContext context, PackageAddress address, string name)
    {
        if (await PackageRequest.LoadAsync(context, address) is not { } request)
        {
            return;
        }

        if (ObjectKey.TryCreate(Bucket.Modules, $"@{address.Scope}/{address.Name}/{name}", out var key)
            && await request.Service<SourceViews>().ShowFreshAsync(key, request.Aborted) is { } view)
        {
            await RenderFileAsync(request, name, view, address.Version is null ? PageCache.None : PageCache.Fixed);
            return;
        }

        await Page.NotFoundAsync(context, request.Principal);
    }

    private static async Task PathAsync(HttpContext context, PackageAddress address, string path)
    {
        if (await PackageRequest.LoadAsync(context, address) is not { } request)
        {
            return;
        }

        var files = await request.Service<PackageViews>().ListFilesAsync(address.Scope, address.Name, address.Version!, request.Aborted);
        if (FileTree.List(files, path) is { } entries)
        {
            await FolderAsync(request, path, entries, files);
        }
        else if (files.Any(f => f.Path == path)
            && ObjectKey.TryCreate(Bucket.Modules, $"@{address.Scope}/{address.Name}/{address.Version}{path}", out var key)
            && await request.Service<SourceViews>().ShowAsync(key, request.Aborted) is { } view)
        {
            await RenderFileAsync(request, path[1..], view, PageCache.Fixed);
        }
        else if (Place().Match(path) is { Success: true } place)
        {
            // As it stands in a stack trace.
            request.Redirect($"{address.Files(address.Version!)}{Encode(place.Groups[1].Value)}#L{place.Groups[2].Value}");
        }
        else
        {
            await Page.NotFoundAsync(context, request.Principal);
        }
    }

    private static async Task FolderAsync(PackageRequest request, string path, IReadOnlyList<FileTreeEntry> entries, IReadOnlyList<PublishedFile> files)
    {
        var readme = entries.FirstOrDefault(e => !e.IsFolder && e.Name.Equals("readme.md", StringComparison.OrdinalIgnoreCase));
        await request.RenderAsync<Pages.Packages.FolderPage>(
            PackageTab.Files,
            new Dictionary<string, object?>
            {
                ["Path"] = path,
                ["Entries"] = entries,
                ["Readme"] = readme is null ? null : await ReadmeAsync(request, $"{path}/{readme.Name}", files),
            },
            new PageOptions { Cache = PageCache.Fixed, ShowsAuthorsText = true, IsDocumentation = true, Head = request.Head("", isNoIndex: true) with { Canonical = null } });
    }

    private static Task<TrustedHtml?> ReadmeAsync(PackageRequest request, string path, IReadOnlyList<PublishedFile> files)
    {
        var (scope, name, version) = (request.Address.Scope, request.Address.Name, request.Address.Version!);
        var addresses = new RegistryAddresses(scope, name, version, files.Select(f => f.Path));
        var context = new MarkdownContext { HeadingOffset = 1, ResolveUrl = (url, isImage) => Resolve(addresses, path, url, isImage) };
        return request.Service<SourceViews>().ReadmeAsync(ObjectKeys.Module(scope, name, version, path), context, request.Aborted);
    }

    /// <summary>A relative address in a file means another file of the version, or nothing.</summary>
    private static string? Resolve(RegistryAddresses addresses, string from, string url, bool isImage)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var fragment = url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? url[at..] : "";
        return Uri.TryCreate(new Uri("file://" + from), end < 0 ? url : url[..end], out var target) && target.Scheme == Uri.UriSchemeFile && target.Host.Length == 0
            && addresses.File(default, Uri.UnescapeDataString(target.AbsolutePath), isImage) is { } found
                ? found + fragment
                : null;
    }

    private static Task RenderFileAsync(PackageRequest request, string path, SourceView view, PageCache cache) => request.RenderAsync<Pages.Packages.SourcePage>(
        PackageTab.Files,
        new Dictionary<string, object?> { ["Path"] = path, ["Source"] = view },
        new PageOptions { Cache = cache, IsDocumentation = true, Head = request.Head("", isNoIndex: true) with { Canonical = null } });

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    [GeneratedRegex("^(.+?):([0-9]{1,7})(?::[0-9]{1,7})?$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
