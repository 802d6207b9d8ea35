using System.Security.Cryptography;
using Kiln.Registry;
using Kiln.Registry.Identity;
using Kiln.Server.Api;
using Kiln.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiln.Server.Web;

/// <summary>
/// Renders pages: static, encoded by default, without JavaScript. The headers are the site's half of the border in <see cref="Gateway.Negotiation"/>: a page
/// loads nothing but what carries its nonce, because files of strangers lie on the same origin (security.md B4, B7).
/// </summary>
internal static class Page
{
    /// <summary>The signed-in user, or anonymous. A session that has ended counts as none; its cookie goes.</summary>
    public static async Task<Principal> PrincipalAsync(HttpContext context)
    {
        if (context.Request.Cookies[Credentials.SessionCookie] is not { Length: > 0 } secret)
        {
            return Principal.Anonymous;
        }

        var result = await context.RequestServices.GetRequiredService<TokenService>().AuthenticateAsync(secret, sudo: false, context.RequestAborted);
        if (result.TryGet(out var principal, out var error))
        {
            return principal;
        }

        if (error.Code == ApiErrors.InvalidBearerToken)
        {
            Session.Clear(context);
        }

        return Principal.Anonymous;
    }

    public static Task RenderAsync<TPage>(HttpContext context, Principal principal, IReadOnlyDictionary<string, object?>? parameters = null, int status = StatusCodes.Status200OK, bool hasForm = false)
        where TPage : IComponent => RenderAsync<TPage>(context, principal, parameters, PageOptions.Default with { Status = status, HasForm = hasForm });

    public static Task RenderAsync<TPage>(HttpContext context, Principal principal, IReadOnlyDictionary<string, object?>? parameters, PageOptions options)
        where TPage : IComponent
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        // Signing out is a form too, so whoever is signed in gets a token on every page.
        var token = options.HasForm || !principal.IsAnonymous
            ? context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!
            : "";
        var isShared = principal.IsAnonymous && !options.HasForm && !context.Request.Cookies.ContainsKey(Credentials.SessionCookie);
        ApplyHeaders(context.Response.Headers, nonce, options, isShared); // after the token, which sets weaker cache headers
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Remove("blazor-enhanced-nav"); // there is no script that it could tell anything
            return Task.CompletedTask;
        });

        var server = context.RequestServices.GetRequiredService<ServerOptions>();
        var page = new PageContext(
            principal.User, nonce, token, server.PublicUrl.ToString(), context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(), options.Head, options.IsDocumentation);
        var all = new Dictionary<string, object?>(parameters ?? new Dictionary<string, object?>(), StringComparer.Ordinal) { ["Page"] = page };
        return new RazorComponentResult<TPage>(all) { StatusCode = options.Status, PreventStreamingRendering = true }.ExecuteAsync(context);
    }

    public static Task MessageAsync(HttpContext context, Principal principal, int status, string title, string text) =>
        RenderAsync<Pages.MessagePage>(context, principal, new Dictionary<string, object?> { ["Title"] = title, ["Text"] = text }, status);

    public static Task NotFoundAsync(HttpContext context, Principal principal) =>
        MessageAsync(context, principal, StatusCodes.Status404NotFound, "Not found", "There is nothing at this address. It may have been mistyped, or the package has not been published yet.");

    private static void ApplyHeaders(IHeaderDictionary headers, string nonce, PageOptions options, bool isShared)
    {
        var images = options.ShowsAuthorsText ? "img-src 'self' https:; media-src 'self' https:; " : "img-src 'self'; ";
        var connections = options.IsDocumentation ? "connect-src 'self'; " : "";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; script-src-attr 'none'; style-src 'nonce-{nonce}'; {images}{connections}"
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "same-origin"; // addresses of pages can hold codes
        headers["X-JSR-Backend"] = "frontend";
        headers.CacheControl = (isShared ? options.Cache : PageCache.None) switch
        {
            PageCache.Newest => "public, max-age=30, s-maxage=120, stale-while-revalidate=360",
            PageCache.Slow => "public, max-age=30, s-maxage=300, stale-while-revalidate=900",
            PageCache.Fixed => "public, max-age=30, s-maxage=3600, stale-while-revalidate=10800",
            _ => "private, no-store",
        };
        headers.Vary = "Cookie, Authorization, Accept, Sec-Fetch-Dest, Sec-Fetch-Site";
        if (options.Head.IsNoIndex)
        {
            headers["X-Robots-Tag"] = "noindex";
        }
    }
}
