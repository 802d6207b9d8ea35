using System.Collections.Immutable;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Site;

/// <summary>The page around what a page of documentation has to say.</summary>
internal sealed class SiteFrame(PackageDocs docs)
{
    public const string Stylesheet = "assets/docs.css";
    public const string Script = "assets/docs.js";
    public const string ThemeScript = "assets/theme.js";
    public const string SearchIndex = "assets/search-index.js";

    /// <param name="path">The file that it becomes.</param>
    /// <param name="css">A class for the layout.</param>
    public string Write(string path, string title, string description, ImmutableArray<DocCrumb> crumbs, TrustedHtml switcher, TrustedHtml content, TrustedHtml aside, string css = "")
    {
        var root = string.Concat(Enumerable.Repeat("../", path.AsSpan().Count('/')));
        var html = new HtmlWriter().Raw("<!DOCTYPE html>\n<html lang=\"en\"").Attribute("data-doc-root", root).Raw(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Text(title).Raw(" · ").Text(docs.Name).Raw("</title>\n");
        if (description.Length > 0)
        {
            html.Raw("<meta name=\"description\"").Attribute("content", description).Raw(">\n");
        }

        html.Raw("<link rel=\"stylesheet\"").Attribute("href", root + Stylesheet).Raw(">\n<script").Attribute("src", root + ThemeScript).Raw("></script>\n<script").Attribute("src", root + Script)
            .Raw(" defer></script>\n</head>\n<body class=\"doc-site\">\n<a class=\"doc-skip\" href=\"#doc-main\">Skip to content</a>\n");
        Top(html, root);
        Crumbs(html, crumbs, switcher);
        html.Raw("<div class=\"doc-layout").Raw(css).Raw(aside.IsEmpty ? " doc-layout-wide\">\n" : "\">\n").Raw("<main id=\"doc-main\" class=\"doc-content\" tabindex=\"-1\">").Raw(content).Raw("</main>\n")
            .Raw(aside.IsEmpty ? "" : "<aside class=\"doc-aside\">").Raw(aside).Raw(aside.IsEmpty ? "</div>\n" : "</aside>\n</div>\n").Raw("<footer class=\"doc-foot\"><p>Documentation of <b>").Text(docs.Name).Raw("</b>");
        if (docs.Version is not null)
        {
            html.Raw(" ").Text(docs.Version);
        }

        return html.Raw(", made by Kiln.</p></footer>\n</body>\n</html>\n").ToString();
    }

    private void Top(HtmlWriter html, string root)
    {
        html.Raw("<header class=\"doc-bar\"><a class=\"doc-brand\"").Attribute("href", root + SiteAddresses.Index).Raw(">");
        var slash = docs.Name.IndexOf('/', StringComparison.Ordinal);
        if (docs.Name.StartsWith('@') && slash > 0)
        {
            html.Raw("<span class=\"doc-brand-scope\">").Text(docs.Name.AsSpan(0, slash + 1)).Raw("</span>").Text(docs.Name.AsSpan(slash + 1));
        }
        else
        {
            html.Text(docs.Name);
        }

        if (docs.Version is not null)
        {
            html.Raw(" <span class=\"doc-brand-version\">").Text(docs.Version).Raw("</span>");
        }

        html.Raw("</a>").Raw(SearchBox(root + SearchIndex)).Raw("<nav class=\"doc-bar-nav\" aria-label=\"Site\"><a").Attribute("href", root + "all_symbols.html").Raw(">All symbols</a></nav>")
            .Raw("<button class=\"doc-theme\" type=\"button\" data-doc-theme hidden></button></header>\n");
    }

    /// <summary>Filled by the script; without it nothing is shown, and the list of all symbols is a link away.</summary>
    private static TrustedHtml SearchBox(string index) => new HtmlWriter().Raw("<div class=\"doc-search\" data-doc-search").Attribute("data-index", index).Raw(" hidden></div>").ToHtml();

    private static void Crumbs(HtmlWriter html, ImmutableArray<DocCrumb> crumbs, TrustedHtml switcher)
    {
        html.Raw("<nav class=\"doc-crumbs\" aria-label=\"Breadcrumbs\"><ol>");
        for (var i = 0; i < crumbs.Length; i++)
        {
            var (text, address) = crumbs[i];
            html.Raw("<li>");
            if (address is null)
            {
                html.Raw("<span aria-current=\"page\">").Text(Names.Shown(text)).Raw("</span>");
            }
            else
            {
                html.Raw("<a").Address("href", address).Raw(">").Text(Names.Shown(text)).Raw("</a>");
            }

            if (i == 1)
            {
                html.Raw(switcher);
            }

            html.Raw("</li>");
        }

        html.Raw("</ol></nav>\n");
    }
}
