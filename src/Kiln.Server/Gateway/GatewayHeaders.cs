namespace Kiln.Server.Gateway;

/// <summary>The headers that every file carries (registry.md §1.9): whatever a stranger uploaded, a browser neither runs nor frames nor sniffs it.</summary>
internal static class GatewayHeaders
{
    public const string Modules = "modules";
    public const string Npm = "npm";
    public const string NoStore = "no-store";

    public const string LockDown =
        "default-src 'none'; script-src 'none'; style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; frame-src 'none'; "
        + "object-src 'none'; frame-ancestors 'none'; form-action 'none'; sandbox";

    /// <summary>The module addresses are shared with pages, so a cache must look at what the choice was made by.</summary>
    public const string ModulesVary = "Accept, Sec-Fetch-Dest, Sec-Fetch-Site, Origin";

    /// <summary>Packuments come full or abbreviated, compressed or not.</summary>
    public const string NpmVary = "Accept, Accept-Encoding, Origin";

    public static void Apply(IHeaderDictionary headers, string backend)
    {
        headers.ContentSecurityPolicy = LockDown;
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "*";
        headers["X-JSR-Backend"] = backend;
        headers.Vary = backend == Npm ? NpmVary : ModulesVary;
    }

    /// <summary>Answers <c>OPTIONS</c>. Credentials are never allowed across origins.</summary>
    public static void Preflight(HttpResponse response, string methods, string allowed)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlMaxAge = "3600";
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = allowed;
        headers.Allow = methods + ", OPTIONS";
        headers.Vary = "Origin";
    }
}
