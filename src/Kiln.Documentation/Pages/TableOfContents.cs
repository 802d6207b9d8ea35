using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Pages;

/// <summary>The column beside a page.</summary>
internal static class TableOfContents
{
    private const int TopSymbols = 5;

    /// <param name="ids">Of the part that it stands beside; null for all.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<TocItem> items, HashSet<string>? ids)
    {
        var shown = ids is null ? items : [.. items.Where(i => ids.Contains(i.Anchor))];
        if (shown.Count < 2)
        {
            return;
        }

        html.Raw("<nav class=\"doc-toc\" aria-label=\"On this page\"><p class=\"doc-aside-title\">On this page</p><ul>");
        foreach (var item in shown)
        {
            html.Raw("<li class=\"doc-toc-").Number(Math.Clamp(item.Level, 1, 4));
            if (item.CssClass is not null)
            {
                html.Raw(" ").Raw(item.CssClass);
            }

            html.Raw("\"><a").Attribute("href", "#" + PageLinks.Fragment(item.Anchor)).Raw(">").Text(Names.Shown(item.Text)).Raw("</a></li>");
        }

        html.Raw("</ul></nav>");
    }

    /// <summary>The symbols that a reader should see first, and the way to all of them.</summary>
    public static void WriteTopSymbols(HtmlWriter html, PageContext page)
    {
        var all = page.Index.Main is { } main ? Listing.Visible(main.Symbols) : [];
        var total = page.Index.Symbols.Count(s => s is { IsInternal: false, Alias: null });
        if (total == 0)
        {
            return;
        }

        html.Raw("<nav class=\"doc-top\" aria-label=\"Symbols\"><p class=\"doc-aside-title\">Symbols</p><ul>");
        foreach (var symbol in all.Take(TopSymbols))
        {
            html.Raw("<li>").Kinds(symbol.Kinds);
            Listing.Name(page, html, symbol, symbol.ShownName);
            html.Raw("</li>");
        }

        html.Raw("</ul><p><a class=\"doc-all\"").Address("href", page.Links.Page(new DocPageKey(DocPageKind.AllSymbols))).Raw(">View all ").Number(total).Raw(total == 1 ? " symbol</a></p></nav>" : " symbols</a></p></nav>");
    }
}
