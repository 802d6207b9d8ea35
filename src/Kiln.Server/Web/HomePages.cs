using Kiln.Registry.Catalog;

namespace Kiln.Server.Web;

internal static class HomePages
{
    private const int PageSize = 50;

    /// <summary><c>/</c> and <c>/packages?search=</c>: what this is, how to use it, what is in it.</summary>
    public static async Task ShowAsync(HttpContext context)
    {
        var principal = await Page.PrincipalAsync(context);
        var query = context.Request.Query["search"] is [{ Length: <= 200 } text, ..] ? text.Trim() : "";
        var number = int.TryParse(context.Request.Query["page"], System.Globalization.CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, 100_000) : 1;
        var packages = await context.RequestServices.GetRequiredService<PackageService>().SearchAsync(query, new PageRequest(number, PageSize), context.RequestAborted);
        await Page.RenderAsync<Pages.HomePage>(context, principal, new Dictionary<string, object?>
        {
            ["Search"] = query,
            ["Packages"] = packages,
            ["Invites"] = query.Length == 0 && number == 1 && principal.User is { InviteCount: > 0 }
                ? (await context.RequestServices.GetRequiredService<InviteService>().ListOwnAsync(principal, context.RequestAborted)).Value
                : [],
            ["Number"] = number,
            ["HasMore"] = (long)number * PageSize < packages.Total,
        });
    }
}
