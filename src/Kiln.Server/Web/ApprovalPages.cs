using Kiln.Registry.Identity;

namespace Kiln.Server.Web;

/// <summary><c>/auth?code=</c>: a person decides what a command line may do (registry.md §3.4).</summary>
internal static class ApprovalPages
{
    public static async Task ShowAsync(HttpContext context)
    {
        var code = Normalize(context.Request.Query["code"].ToString());
        if (await WebRoutes.RequireSignInAsync(context) is not { } principal)
        {
            return;
        }

        if (code.Length == 0)
        {
            await RenderAsync(context, principal, null, null, StatusCodes.Status200OK);
            return;
        }

        var result = await context.RequestServices.GetRequiredService<AuthorizationService>().GetAsync(code, principal.User!.Id.ToString(), context.RequestAborted);
        await (result.TryGet(out var authorization, out var error)
            ? RenderAsync(context, principal, authorization, null, StatusCodes.Status200OK)
            : RenderAsync(context, principal, null, error.Message, error.Status));
    }

    public static async Task DecideAsync(HttpContext context)
    {
        if (await WebRoutes.RequireSignInAsync(context) is not { } principal || await FormPost.ReadAsync(context) is not { } form)
        {
            return;
        }

        var code = Normalize(form["code"].ToString());
        var approve = form["decision"] == "approve";
        var service = context.RequestServices.GetRequiredService<AuthorizationService>();
        var result = approve ? await service.ApproveAsync(principal, code, context.RequestAborted) : await service.DenyAsync(principal, code, context.RequestAborted);
        if (result.Error is { } error)
        {
            await RenderAsync(context, principal, null, error.Message, error.Status);
            return;
        }

        await Page.MessageAsync(
            context, principal, StatusCodes.Status200OK, approve ? "Approved" : "Denied",
            approve ? "Your terminal continues by itself within a few seconds. You can close this page." : "Nothing was allowed. The command in your terminal will stop.");
    }

    private static string Normalize(string code)
    {
        var letters = code.Trim().ToUpperInvariant();
        return letters.Length == 8 && !letters.Contains('-', StringComparison.Ordinal) ? $"{letters[..4]}-{letters[4..]}" : letters;
    }

    private static Task RenderAsync(HttpContext context, Principal principal, Authorization? authorization, string? problem, int status) =>
        Page.RenderAsync<Pages.ApprovalPage>(
            context, principal, new Dictionary<string, object?> { ["Authorization"] = authorization, ["Problem"] = problem }, status, hasForm: true);
}
