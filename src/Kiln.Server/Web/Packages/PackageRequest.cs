using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;
using Microsoft.AspNetCore.Components;

namespace Kiln.Server.Web.Packages;

/// <summary>A request for a page of a package: who asks and what is known of it, read at the same time.</summary>
internal sealed class PackageRequest
{
    private PackageRequest(HttpContext context, PackageAddress address, Principal principal, PackageView view)
    {
        Http = context;
        Address = address;
        Principal = principal;
        View = view;
    }

    public HttpContext Http { get; }

    public PackageAddress Address { get; }

    public Principal Principal { get; }

    public PackageView View { get; }

    public CancellationToken Aborted => Http.RequestAborted;

    public PageCache Cache => View.IsPinned ? PageCache.Fixed : PageCache.Newest;

    /// <summary>Null when there is no such package or version; the caller has been answered then.</summary>
    public static Task<PackageRequest?> LoadAsync(HttpContext context) => LoadAsync(context, PackageAddress.Of(context));

    public static async Task<PackageRequest?> LoadAsync(HttpContext context, PackageAddress address)
    {
        if (context.Request.Path.Value is ['/', .., '/'] path)
        {
            Redirect(context, new PathString(path.TrimEnd('/')).ToUriComponent() + context.Request.QueryString.ToUriComponent()); // A page has one address.
            return null;
        }

        var principal = Page.PrincipalAsync(context);
        var view = await context.RequestServices.GetRequiredService<PackageViews>().FindAsync(address.Scope, address.Name, address.Version, context.RequestAborted);
        if (view is not null)
        {
            return new PackageRequest(context, address, await principal, view);
        }

        await Page.NotFoundAsync(context, await principal);
        return null;
    }

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>Renders a page inside the package's frame.</summary>
    /// <param name="tab">The current one.</param>
    public Task RenderAsync<TPage>(PackageTab tab, Dictionary<string, object?> parameters, PageOptions options)
        where TPage : IComponent
    {
        parameters["Frame"] = new PackageFrameData(Address, View, tab);
        return Page.RenderAsync<TPage>(Http, Principal, parameters, options);
    }

    /// <summary>For addresses that lead somewhere for a while: never cached.</summary>
    public void Redirect(string path) => Redirect(Http, path);

    /// <summary>What machines are told: the page of a version that the address names points to that of the newest, and only one of both is to be found.</summary>
    /// <param name="path">Behind the address of the package.</param>
    public PageHead Head(string path, string description = "", bool isNoIndex = false) => new()
    {
        Description = description.Length > 0 ? description : View.Package.Description,
        Canonical = View.IsPinned ? Address.Path + path : null,
        IsNoIndex = isNoIndex || View.IsPinned,
    };

    private static void Redirect(HttpContext context, string path)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = path;
    }
}
