using Kiln.Server.Api;
using Microsoft.AspNetCore.Antiforgery;

namespace Kiln.Server.Web;

/// <summary>Reads a form that one of our pages sent: same origin, antiforgery token, small.</summary>
internal static class FormPost
{
    /// <summary>Null when the form is not ours or too old; the caller has been answered then.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        var genuine = context.Request.HasFormContentType && (Credentials.IsSameOrigin(context.Request) || !HasBrowserHeaders(context.Request));
        // Read before it is checked: what cannot be read is the client's fault, and the check would report it as a failure of its own.
        if (genuine && await ReadFormAsync(context) is { } form && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            return form;
        }

        await Page.MessageAsync(
            context, await Page.PrincipalAsync(context), StatusCodes.Status400BadRequest, "This form has expired",
            "Go back, reload the page and try again. Forms are accepted only from pages of this registry, and cookies must be enabled.");
        return null;
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null; // more fields, or longer ones, than any form of ours has
        }
    }

    private static bool HasBrowserHeaders(HttpRequest request) => request.Headers.ContainsKey("Sec-Fetch-Site") || request.Headers.ContainsKey("Origin");
}
