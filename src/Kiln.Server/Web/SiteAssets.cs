using System.Security.Cryptography;

namespace Kiln.Server.Web;

/// <summary>The site's own files, built into the program. Their names hold their hash, so they never go stale.</summary>
internal static class SiteAssets
{
    private static readonly byte[] StyleSheet = Load("site.css");
    private static readonly byte[] Icon = Load("icon.svg");

    public static string StyleSheetName { get; } = $"site.{Convert.ToHexStringLower(SHA256.HashData(StyleSheet))[..12]}.css";

    public static string StyleSheetPath => $"/assets/{StyleSheetName}";

    public static Task StyleSheetAsync(HttpContext context) => SendAsync(context, StyleSheet, "text/css; charset=utf-8", "public, max-age=31536000, immutable");

    public static Task IconAsync(HttpContext context)
    {
        // An SVG opened by itself is a document.
        context.Response.Headers.ContentSecurityPolicy = Gateway.GatewayHeaders.LockDown;
        return SendAsync(context, Icon, "image/svg+xml", "public, max-age=86400");
    }

    /// <summary>Package pages may be found; what needs a session or a code may not.</summary>
    public static Task RobotsAsync(HttpContext context) =>
        SendAsync(context, "User-agent: *\nDisallow: /api/\nDisallow: /auth\nDisallow: /login\nDisallow: /new\n"u8.ToArray(), "text/plain; charset=utf-8", "public, max-age=3600");

    private static Task SendAsync(HttpContext context, byte[] body, string type, string cache)
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
