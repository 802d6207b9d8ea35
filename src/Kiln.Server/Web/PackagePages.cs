using System.Text;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
using Kiln.Server.Gateway;

namespace Kiln.Server.Web;

/// <summary>Scopes, packages and their files for people. Documentation pages are not here yet, and the pages do not pretend otherwise.</summary>
internal static class PackagePages
{
    private const int LargestSource = 512 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task ScopeAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        var scope = Route(context, "scope");
        var packages = await context.RequestServices.GetRequiredService<PackageService>().ListAsync(principal, scope, PageRequest.First, context.RequestAborted);
        if (!packages.TryGet(out var list, out _))
        {
            await Page.NotFoundAsync(context, principal);
            return;
        }

        await Page.RenderAsync<Pages.ScopePage>(context, principal, new Dictionary<string, object?> { ["Scope"] = scope, ["Packages"] = list });
    }

    /// <summary><c>/@scope/package</c> and <c>/@scope/package@version</c>, which deno publish prints at its end.</summary>
    public static async Task PackageAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        var (name, version) = Split(Route(context, "package"));
        await RenderPackageAsync(context, principal, Route(context, "scope"), name, version);
    }

    /// <summary>A file of a package, for a browser: its text inside a page. Tools get the bytes from the gateway at the same address.</summary>
    public static async Task FileAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        var path = context.Request.Path.Value ?? "";
        if (!Negotiation.IsModuleFile(path) || !ObjectKey.TryCreate(Bucket.Modules, path[1..], out var key))
        {
            await Page.NotFoundAsync(context, principal);
            return;
        }

        await using var stored = await context.RequestServices.GetRequiredService<IObjectStore>().OpenAsync(key, context.RequestAborted);
        if (stored is null)
        {
            await Page.NotFoundAsync(context, principal);
            return;
        }

        await Page.RenderAsync<Pages.FilePage>(context, principal, new Dictionary<string, object?>
        {
            ["Scope"] = Route(context, "scope"),
            ["Package"] = Route(context, "package"),
            ["File"] = Route(context, "path"),
            ["Size"] = stored.Length,
            ["Text"] = stored.Length <= LargestSource ? Decode(await stored.ReadAllAsync(context.RequestAborted)) : null,
        });
    }

    private static async Task RenderPackageAsync(HttpContext context, Principal principal, string scope, string name, string? version)
    {
        var service = context.RequestServices.GetRequiredService<PackageService>();
        var package = await service.GetAsync(scope, name, context.RequestAborted);
        var versions = await service.ListVersionsAsync(scope, name, PageRequest.First, context.RequestAborted);
        if (!package.TryGet(out var found, out _) || !versions.TryGet(out var list, out _) || (version is not null && list.Items.All(v => v.Version != version)))
        {
            await Page.NotFoundAsync(context, principal);
            return;
        }

        var shown = version ?? found.LatestVersion ?? list.Items.FirstOrDefault(v => !v.Yanked)?.Version;
        var dependencies = shown is null ? [] : await DependenciesAsync(service, scope, name, shown, context.RequestAborted);
        await Page.RenderAsync<Pages.PackagePage>(context, principal, new Dictionary<string, object?>
        {
            ["Package"] = found, ["Versions"] = list, ["Shown"] = shown, ["Pinned"] = version is not null, ["Dependencies"] = dependencies,
            ["SlowTypes"] = list.Items.FirstOrDefault(v => v.Version == shown)?.SlowTypes,
        });
    }

    private static async Task<IReadOnlyList<Dependency>> DependenciesAsync(PackageService service, string scope, string name, string version, CancellationToken cancellation) =>
        (await service.ListDependenciesAsync(scope, name, version, cancellation)).TryGet(out var list, out _) ? list : [];

    private static (string Name, string? Version) Split(string package)
    {
        var at = package.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (package, null) : (package[..at], package[(at + 1)..]);
    }

    private static string? Decode(byte[] bytes)
    {
        try
        {
            var text = StrictUtf8.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
