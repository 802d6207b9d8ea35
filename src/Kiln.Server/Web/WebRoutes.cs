using Kiln.Registry.Identity;
using Kiln.Server.Web.Packages;

namespace Kiln.Server.Web;

/// <summary>Every page of the site. Forms work without JavaScript; whatever changes something is a POST with an antiforgery token.</summary>
internal static class WebRoutes
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapWeb(this IEndpointRouteBuilder site)
    {
        site.MapMethods("/", Reading, HomePages.ShowAsync);
        site.MapMethods("/packages", Reading, HomePages.ShowAsync);
        site.MapMethods("/search", Reading, SearchPages.ShowAsync);

        site.MapMethods("/login", Reading, SignInPages.ShowAsync);
        site.MapPost("/login", SignInPages.SubmitAsync);
        site.MapMethods("/login/link", Reading, SignInPages.ShowLinkAsync);
        site.MapPost("/login/link", SignInPages.SubmitAsync);
        site.MapPost("/logout", SignInPages.SignOutAsync);

        site.MapMethods("/auth", Reading, ApprovalPages.ShowAsync);
        site.MapPost("/auth", ApprovalPages.DecideAsync);

        site.MapPost("/invites", InvitePages.DecideAsync);

        site.MapMethods("/new", Reading, NewPackagePages.ShowAsync);
        site.MapPost("/new", NewPackagePages.CreateAsync);

        // A package, of which "{package}" may name a version: name@1.0.0. Files always do, as a folder.
        site.MapMethods("/@{scope}", Reading, ScopePages.ShowAsync);
        site.MapMethods("/@{scope}/{package}", Reading, DocumentationPages.OverviewAsync);
        site.MapMethods("/@{scope}/{package}/doc/{**rest}", Reading, DocumentationPages.DocAsync);
        site.MapMethods("/@{scope}/{package}/symbols.json", Reading, DocumentationPages.SymbolsAsync);
        site.MapMethods("/@{scope}/{package}/versions", Reading, VersionPages.VersionsAsync);
        site.MapMethods("/@{scope}/{package}/dependencies", Reading, VersionPages.DependenciesAsync);
        site.MapMethods("/@{scope}/{package}/dependents", Reading, VersionPages.DependentsAsync);
        site.MapMethods("/@{scope}/{package}/score", Reading, VersionPages.ScoreAsync);
        site.MapMethods("/@{scope}/{package}/{**path}", Reading, FilePages.ShowAsync);

        foreach (var asset in SiteAssets.All)
        {
            site.MapMethods(asset.Path, Reading, context => SiteAssets.SendAsync(context, asset));
        }

        site.MapMethods("/favicon.ico", Reading, SiteAssets.IconAsync);
        site.MapMethods("/assets/icon.svg", Reading, SiteAssets.IconAsync);
        site.MapMethods("/sitemap.xml", Reading, SitemapPages.IndexAsync);
        site.MapMethods("/sitemap-scopes.xml", Reading, SitemapPages.ScopesAsync);
        site.MapMethods("/sitemap-packages.xml", Reading, SitemapPages.PackagesAsync);
        site.MapMethods("/robots.txt", Reading, SiteAssets.RobotsAsync);

        site.MapFallback(async context => await Page.NotFoundAsync(context, await Page.PrincipalAsync(context)));
    }

    /// <summary>Null, and a redirect to the sign-in page, when nobody is signed in.</summary>
    public static async Task<Principal?> RequireSignInAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        if (principal.IsInteractive)
        {
            return principal;
        }

        var back = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/login?redirect=" + Uri.EscapeDataString(back);
        return null;
    }
}
