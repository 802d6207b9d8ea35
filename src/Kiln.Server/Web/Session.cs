using Kiln.Registry.Identity;
using Kiln.Server.Api;
using Kiln.Server.Hosting;

namespace Kiln.Server.Web;

/// <summary>The session cookie: one name, one set of attributes.</summary>
internal static class Session
{
    public static void Set(HttpContext context, CreatedToken session) =>
        context.Response.Cookies.Append(Credentials.SessionCookie, session.Secret, Attributes(context, session.Token.ExpiresAt));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Credentials.SessionCookie, Attributes(context, null));

    private static CookieOptions Attributes(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.RequestServices.GetRequiredService<ServerOptions>().IsSecure,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
