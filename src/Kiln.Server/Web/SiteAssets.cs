using System.Text;
using Kiln.Documentation.Site;

namespace Kiln.Server.Web;

/// <summary>The site's own files, built into the program. Their names hold their hash, so they never go stale.</summary>
internal static class SiteAssets
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Css = "text/css; charset=utf-8";
    private const string JavaScript = "text/javascript; charset=utf-8";

    private static readonly byte[] Icon = Load("icon.svg");

    /// <summary>The frame of the site.</summary>
    public static SiteAsset StyleSheet { get; } = new("site", "css", Css, Load("site.css"));

    /// <summary>Tokens, and what stands in documentation: the same as in a static site.</summary>
    public static SiteAsset DocsStyleSheet { get; } = new("docs", "css", Css, Encoding.UTF8.GetBytes(DocAssets.Stylesheet));

    public static SiteAsset Script { get; } = new("docs", "js", JavaScript, Encoding.UTF8.GetBytes(DocAssets.Script));

    public static SiteAsset ThemeScript { get; } = new("theme", "js", JavaScript, Encoding.UTF8.GetBytes(DocAssets.ThemeScript));

    public static IReadOnlyList<SiteAsset> All { get; } = [StyleSheet, DocsStyleSheet, Script, ThemeScript];

    public static Task SendAsync(HttpContext context, SiteAsset asset) => SendAsync(context, asset.Content, asset.Type, Forever);

    public static Task IconAsync(HttpContext context)
    {
        // An SVG opened by itself is a document.
        context.Response.Headers.ContentSecurityPolicy = Gateway.GatewayHeaders.LockDown;
        return SendAsync(context, Icon, "image/svg+xml", "public, max-age=86400");
    }

    /// <summary>Package pages may be found; what needs a session or a code may not.</summary>
    public static Task RobotsAsync(HttpContext context) =>
        SendAsync(
            context,
            Encoding.UTF8.GetBytes(
                "User-agent: *\nDisallow: /api/\nDisallow: /auth\nDisallow: /login\nDisallow: /new\nDisallow: /search\n"
                + $"Sitemap: {context.RequestServices.GetRequiredService<Kiln.Registry.RegistryOptions>().PublicUrl}sitemap.xml\n"),
            "text/plain; charset=utf-8",
            "public, max-age=3600");

    public static Task SendAsync(HttpContext context, byte[] body, string type, string cache)
    {
        var response = context.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = cache;
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] Load(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"Kiln.Server.Web.Assets.{name}")
            ?? throw new InvalidOperationException($"The asset '{name}' is not built in.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
