using Kiln.Registry.Catalog;

namespace Kiln.Server.Web;

/// <summary>The answer to an invitation; the home page shows them.</summary>
internal static class InvitePages
{
    public static async Task DecideAsync(HttpContext context)
    {
        if (await WebRoutes.RequireSignInAsync(context) is not { } principal || await FormPost.ReadAsync(context) is not { } form)
        {
            return;
        }

        var scope = form["scope"].ToString();
        var invites = context.RequestServices.GetRequiredService<InviteService>();
        var accept = form["decision"] == "accept";
        var error = accept ? (await invites.AcceptAsync(principal, scope, context.RequestAborted)).Error : (await invites.DeclineAsync(principal, scope, context.RequestAborted)).Error;
        if (error is not null)
        {
            await Page.MessageAsync(context, principal, error.Status, "This invitation is gone", error.Message);
            return;
        }

        SignInPages.See(context, accept ? $"/@{scope}" : "/");
    }
}
