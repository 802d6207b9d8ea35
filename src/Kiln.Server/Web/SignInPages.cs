using Kiln.Registry.Identity;

namespace Kiln.Server.Web;

/// <summary>
/// Signing in with a one-time link. The link's page only asks; the button uses the link up, so that a mail scanner or a prefetching browser does not. A token for a command
/// line cannot be turned into a session: whoever steals one from a CI log must not be able to approve others (registry.md §3.2).
/// </summary>
internal static class SignInPages
{
    public static async Task ShowAsync(HttpContext context) =>
        await RenderAsync(context, await Page.PrincipalAsync(context), "", LocalRedirect.Clean(context.Request.Query["redirect"]), null, StatusCodes.Status200OK);

    public static async Task ShowLinkAsync(HttpContext context) =>
        await RenderAsync(context, await Page.PrincipalAsync(context), context.Request.Query["token"].ToString(), LocalRedirect.Clean(context.Request.Query["redirect"]), null, StatusCodes.Status200OK);

    public static async Task SubmitAsync(HttpContext context)
    {
        if (await FormPost.ReadAsync(context) is not { } form)
        {
            return;
        }

        var redirect = LocalRedirect.Clean(form["redirect"]);
        var result = await context.RequestServices.GetRequiredService<SignInService>().RedeemAsync(SecretIn(form["token"].ToString()), context.RequestAborted);
        if (!result.TryGet(out var session, out var error))
        {
            await RenderAsync(context, await Page.PrincipalAsync(context), "", redirect, error.Message, error.Status);
            return;
        }

        // A session that was open in this browser ends: a new sign-in is a new session (security.md I4).
        await context.RequestServices.GetRequiredService<TokenService>().SignOutAsync(await Page.PrincipalAsync(context), context.RequestAborted);
        Session.Set(context, session);
        See(context, redirect);
    }

    public static async Task SignOutAsync(HttpContext context)
    {
        if (await FormPost.ReadAsync(context) is null)
        {
            return;
        }

        await context.RequestServices.GetRequiredService<TokenService>().SignOutAsync(await Page.PrincipalAsync(context), context.RequestAborted);
        Session.Clear(context);
        See(context, "/");
    }

    public static void See(HttpContext context, string path)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    /// <summary>People paste the whole link.</summary>
    private static string SecretIn(string text)
    {
        const string Marker = "token=";
        var at = text.IndexOf(Marker, StringComparison.Ordinal);
        var secret = at < 0 ? text : text[(at + Marker.Length)..];
        var end = secret.AsSpan().IndexOfAny('&', '#');
        return (end < 0 ? secret : secret[..end]).Trim();
    }

    private static Task RenderAsync(HttpContext context, Principal principal, string token, string redirect, string? problem, int status) =>
        Page.RenderAsync<Pages.LoginPage>(
            context, principal, new Dictionary<string, object?> { ["Token"] = token, ["Redirect"] = redirect, ["Problem"] = problem }, status, hasForm: true);
}
