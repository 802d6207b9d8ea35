using Kiln.Registry;
using Kiln.Registry.Identity;
using Kiln.Server.Hosting;
using Microsoft.Net.Http.Headers;

namespace Kiln.Server.Api;

/// <summary>
/// The credential of a request (registry.md §3.1): the session cookie wins over <c>Authorization</c>. A cookie travels with any request that any page makes, so for
/// a request that changes something it counts only when the browser says that the page was ours (security.md B6).
/// </summary>
internal static class Credentials
{
    public const string SessionCookie = "token";

    private const string BearerScheme = "Bearer ";

    public static async Task<Result<Principal>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var secret = request.Cookies[SessionCookie] is { Length: > 0 } cookie && MayUseCookie(request) ? cookie : Bearer(request);
        if (secret is null)
        {
            return Principal.Anonymous;
        }

        var sudo = request.Headers["x-jsr-sudo"] is ["true"] || request.Cookies["sudo"] == "1";
        return await context.RequestServices.GetRequiredService<TokenService>().AuthenticateAsync(secret, sudo, context.RequestAborted);
    }

    /// <summary>Whether a request that changes something comes from a page of this very origin.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
        {
            return site is ["same-origin"];
        }

        // Browsers without fetch metadata send Origin with every POST; no header at all is no browser, and no browser has no cookie to abuse.
        return request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || string.Equals(from.Authority, request.HttpContext.RequestServices.GetRequiredService<ServerOptions>().PublicUrl.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static bool MayUseCookie(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsSameOrigin(request);

    private static string? Bearer(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } value, ..] && value.StartsWith(BearerScheme, StringComparison.Ordinal) ? value[BearerScheme.Length..].Trim() : null;
}
