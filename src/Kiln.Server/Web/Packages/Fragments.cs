using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Microsoft.AspNetCore.Components;

namespace Kiln.Server.Web.Packages;

/// <summary>Stored markup on its way into a page: the address of the page is put in the place of <see cref="DocAddresses.Base"/>.</summary>
public static class Fragments
{
    public static MarkupString At(TrustedHtml html, PackageAddress package) => new(At(html.ToString(), package));

    public static string At(string address, PackageAddress package)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(package);
        return address.Replace(DocAddresses.Base, package.Base, StringComparison.Ordinal);
    }
}
