using Kiln.Registry.Identity;

namespace Kiln.Server.Web;

/// <summary>What every page knows about the request that it answers.</summary>
/// <param name="User">Null when nobody is signed in.</param>
/// <param name="Nonce">Of this response only; stamped on the style sheet link, the one thing that pages load.</param>
/// <param name="FormToken">The antiforgery token that every form carries; empty when nobody is signed in and the page has no form.</param>
/// <param name="PublicUrl">How clients reach the registry; ends with a slash.</param>
/// <param name="Path">Path and query of the request, to come back to after signing in.</param>
/// <param name="Head">What it tells machines.</param>
/// <param name="IsDocumentation">It needs the documentation's style sheet and script.</param>
public sealed record PageContext(FullUser? User, string Nonce, string FormToken, string PublicUrl, string Path, PageHead Head, bool IsDocumentation)
{
    public string NpmUrl => PublicUrl + "npm/";

    /// <summary>As <c>JSR_URL</c> is usually written, and as every client takes it.</summary>
    public string JsrUrl => PublicUrl.TrimEnd('/');
}
