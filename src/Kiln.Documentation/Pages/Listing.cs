using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Pages;

/// <summary>Lists of symbols (docs.md §10.3): by category where the author gave some, by kind else.</summary>
internal static class Listing
{
    private const string Uncategorized = "Uncategorized";

    /// <summary>Names below a namespace or class in a row.</summary>
    private const int MaxInner = 8;

    /// <summary>What a listing shows, in its order.</summary>
    public static List<SymbolNode> Visible(IEnumerable<SymbolNode> symbols) =>
        [.. symbols.Where(s => !s.IsInternal).OrderBy(s => s.IsDeprecated).ThenByDescending(s => s.Priority).ThenBy(s => s.ShownName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(s => s.ShownName, StringComparer.Ordinal).ThenBy(s => KindInfo.Of(s.Kinds[0]).Order)];

    /// <param name="comment">Of the module: it may describe categories.</param>
    public static void AddGroups(PageContext page, IEnumerable<SymbolNode> symbols, int level, DocComment? comment = null, CommentRenderer? comments = null)
    {
        var visible = Visible(symbols);
        if (visible.Exists(s => s.Category is not null))
        {
            var descriptions = CategoryDescriptions.Of(comment);
            foreach (var group in visible.GroupBy(s => s.Category ?? Uncategorized, StringComparer.Ordinal).OrderBy(g => g.Key == Uncategorized).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.Key, StringComparer.Ordinal))
            {
                var title = MarkdownRenderer.ToPlainText(group.Key, 80);
                Add(page, title.Length == 0 ? Uncategorized : title, $"category_{title}", [.. group.OrderBy(s => s.IsDeprecated).ThenBy(s => KindInfo.Of(s.Kinds[0]).Order)], level, comments, descriptions.GetValueOrDefault(group.Key));
            }

            return;
        }

        foreach (var group in visible.GroupBy(s => s.Kinds[0]).OrderBy(g => KindInfo.Of(g.Key).Order))
        {
            var title = KindInfo.Of(group.Key).Plural;
            Add(page, title, title, [.. group], level, null, null);
        }
    }

    private static void Add(PageContext page, string title, string anchor, List<SymbolNode> symbols, int level, CommentRenderer? comments, string? description)
    {
        var id = page.Anchors.Add(anchor);
        page.AddToToc(new TocItem(1, title, id));
        var head = new HtmlWriter().Heading(level, id, title);
        if (description is not null && comments is not null)
        {
            comments.Prose(head, description);
        }

        page.Body.Add(head, id, title);
        page.Body.Open("<ul class=\"doc-rows\">", "<ul class=\"doc-rows\">");
        foreach (var symbol in symbols)
        {
            page.Body.Row(Row(page, symbol));
        }

        page.Body.Close("</ul>");
    }

    private static HtmlWriter Row(PageContext page, SymbolNode symbol)
    {
        var html = new HtmlWriter().Raw("<li class=\"doc-row ").Raw(KindInfo.Of(symbol.Kinds[0]).Css).Raw(symbol.IsDeprecated ? " doc-is-gone\">" : "\">").Kinds(symbol.Kinds).Raw("<div class=\"doc-row-main\"><p class=\"doc-row-name\">");
        Name(page, html, symbol, symbol.ShownName);
        if (symbol.IsDeprecated)
        {
            html.Pill("deprecated", "deprecated");
        }

        if (symbol.Comment?.Has(TypeScript.JsDoc.JsDocTagKind.Experimental) == true)
        {
            html.Pill("unstable", "unstable");
        }

        html.Raw("</p>");
        if (!symbol.Summary.IsEmpty)
        {
            html.Raw("<p class=\"doc-row-text\">").Raw(symbol.Summary).Raw("</p>");
        }

        Inner(page, html, symbol);
        return html.Raw("</div></li>");
    }

    public static void Name(PageContext page, HtmlWriter html, SymbolNode symbol, string text)
    {
        if (symbol.Target is { } target)
        {
            html.Raw("<a class=\"doc-name\"").Address("href", page.Links.Page(target.Key)).Raw(">").Text(Names.Shown(text)).Raw("</a>");
        }
        else
        {
            html.Raw("<span class=\"doc-name\">").Text(Names.Shown(text)).Raw("</span>");
        }
    }

    /// <summary>A handful of what is in a namespace or class, and how much there is.</summary>
    private static void Inner(PageContext page, HtmlWriter html, SymbolNode symbol)
    {
        if (symbol.Target is not { } target)
        {
            return;
        }

        if (symbol.Children.Count > 0)
        {
            // The first in the order of the source: the sorted list is on the namespace's page.
            var shown = symbol.Children.Where(c => !c.IsInternal && c.Target is not null).Take(MaxInner).ToList();
            html.Raw("<p class=\"doc-row-inner\">");
            foreach (var child in shown)
            {
                html.Raw("<a").Address("href", page.Links.Page(child.Target!.Key)).Raw(">").Text(Names.Shown(child.Name)).Raw("</a> ");
            }

            More(symbol.Children.Count - shown.Count);
            html.Raw("</p>");
            return;
        }

        if (symbol.Kinds[0] is DocKind.Class or DocKind.Interface or DocKind.Enum)
        {
            var named = target.Members.All.Where(m => m.Shape is not (MemberShape.Constructor or MemberShape.CallSignature or MemberShape.IndexSignature)).DistinctBy(m => (m.IsStatic, m.Name)).ToList();
            if (named.Count == 0)
            {
                return;
            }

            html.Raw("<p class=\"doc-row-inner\">");
            foreach (var member in named.Take(MaxInner))
            {
                html.Raw("<a").Address("href", page.Links.Page(target.Key, member.Anchor)).Raw(">").Text(member.Label).Raw("</a> ");
            }

            More(named.Count - MaxInner);
            html.Raw("</p>");
        }

        void More(int count)
        {
            if (count > 0)
            {
                html.Raw("<a class=\"doc-row-more\"").Address("href", page.Links.Page(target.Key)).Raw(">").Number(count).Raw(" more</a>");
            }
        }
    }
}
