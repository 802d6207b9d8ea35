using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Server.Web;

/// <summary><c>/new?scope=&amp;package=&amp;from=cli</c>: where clients send people whose package does not exist yet.</summary>
internal static class NewPackagePages
{
    public static async Task ShowAsync(HttpContext context)
    {
        if (await WebRoutes.RequireSignInAsync(context) is not { } principal)
        {
            return;
        }

        var query = context.Request.Query;
        await RenderAsync(context, principal, Clean(query["scope"]), Clean(query["package"]), query["from"] == "cli", null, StatusCodes.Status200OK);
    }

    public static async Task CreateAsync(HttpContext context)
    {
        if (await WebRoutes.RequireSignInAsync(context) is not { } principal || await FormPost.ReadAsync(context) is not { } form)
        {
            return;
        }

        var (scope, package, fromCli) = (Clean(form["scope"]), Clean(form["package"]), form["from"] == "cli");
        var error = await CreateAsync(context, principal, scope, package);
        if (error is not null)
        {
            await RenderAsync(context, principal, scope, package, fromCli, error.Message, error.Status);
        }
        else if (fromCli)
        {
            await Page.MessageAsync(context, principal, StatusCodes.Status200OK, $"@{scope}/{package} is ready", "Your terminal continues by itself within a few seconds. You can close this page.");
        }
        else
        {
            SignInPages.See(context, $"/@{scope}/{package}");
        }
    }

    /// <summary>A scope that exists already is no problem here; whether the user belongs to it is for the package to find out.</summary>
    private static async Task<ApiError?> CreateAsync(HttpContext context, Principal principal, string scope, string package)
    {
        var scopes = context.RequestServices.GetRequiredService<ScopeService>();
        if (!Kiln.Packages.Names.ScopeName.TryParse(scope, out _, out var why) || !Kiln.Packages.Names.PackageName.TryParse(package, out _, out why))
        {
            return new ApiError(ApiErrors.MalformedRequest, why!);
        }

        if ((await scopes.GetAsync(principal, scope, context.RequestAborted)).Error is not null
            && (await scopes.CreateAsync(principal, scope, "", context.RequestAborted)).Error is { } refused)
        {
            return refused;
        }

        return (await context.RequestServices.GetRequiredService<PackageService>().CreateAsync(principal, scope, package, context.RequestAborted)).Error;
    }

    private static string Clean(string? name) => name is { Length: <= 100 } ? name.Trim().TrimStart('@') : "";

    private static async Task RenderAsync(HttpContext context, Principal principal, string scope, string package, bool fromCli, string? problem, int status)
    {
        var own = await context.RequestServices.GetRequiredService<UserService>().ListScopesAsync(principal.User!.Id, context.RequestAborted);
        await Page.RenderAsync<Pages.NewPackagePage>(
            context,
            principal,
            new Dictionary<string, object?>
            {
                ["Scope"] = scope, ["Package"] = package, ["FromCli"] = fromCli, ["Problem"] = problem, ["OwnScopes"] = own.Select(s => s.Name).ToArray(),
            },
            status,
            hasForm: true);
    }
}
