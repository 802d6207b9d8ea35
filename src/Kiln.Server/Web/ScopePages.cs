using Kiln.Registry.Catalog;

namespace Kiln.Server.Web;

/// <summary>A scope and its packages.</summary>
internal static class ScopePages
{
    public static async Task ShowAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        var scope = (string?)context.Request.RouteValues["scope"] ?? "";
        var packages = await context.RequestServices.GetRequiredService<PackageService>().ListAsync(principal, scope, PageRequest.First, context.RequestAborted);
        if (!packages.TryGet(out var list, out _))
        {
            await Page.NotFoundAsync(context, principal);
            return;
        }

        await Page.RenderAsync<Pages.ScopePage>(context, principal, new Dictionary<string, object?> { ["Scope"] = scope, ["Packages"] = list });
    }
}
