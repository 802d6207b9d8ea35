using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Pages;

/// <summary>Pages about more than one symbol (docs.md §10.1).</summary>
internal static class ModulePages
{
    /// <summary>The README or the documentation of the main entry.</summary>
    public static void Overview(PageContext page)
    {
        var docs = page.Index.Docs;
        var comment = page.Index.Main?.Module?.Comment;
        var hasModuleText = !string.IsNullOrWhiteSpace(comment?.Text) || comment?.Has(TypeScript.JsDoc.JsDocTagKind.Example) == true;
        var hasReadme = !string.IsNullOrWhiteSpace(docs.Readme);
        if (hasReadme && (docs.PrefersReadme || !hasModuleText))
        {
            Readme(page, docs);
        }
        else if (hasModuleText)
        {
            Comment(page, page.Index.Main!, 1);
        }
        else
        {
            page.Body.Add(new HtmlWriter().Raw("<p class=\"doc-none\">No docs found.</p>"));
            if (page.Index.Main is { } main)
            {
                Listing.AddGroups(page, main.Symbols, 2, comment, Comments(page, main, 2));
            }
        }
    }

    private static void Readme(PageContext page, PackageDocs docs)
    {
        var scope = new NameScope("file://" + docs.ReadmePath, null, page.Index.Main);
        var rendered = MarkdownRenderer.Render(docs.Readme!, page.Markdown(scope, docs.ReadmePath, Headings.Offset(docs.Readme!, 1), MarkdownLimits.Readme));
        page.Body.Add(new HtmlWriter().Raw("<div class=\"doc-prose doc-readme\">").Raw(rendered.Html).Raw("</div>"));
        AddHeadings(page, rendered.Headings);
    }

    /// <summary>An entry point: what its module says, and its symbols.</summary>
    public static void Entry(PageContext page, EntryNode entry)
    {
        page.Body.Add(new HtmlWriter().Raw("<header class=\"doc-head\"><h1 class=\"doc-title\"><span class=\"doc-title-kind\">module</span> <span class=\"doc-name\">").Text(Types.Names.Shown(entry.ImportSpecifier)).Raw("</span></h1></header>"));
        if (entry.SameAs is { } same)
        {
            page.Body.Add(new HtmlWriter().Raw("<p class=\"doc-note\">This is the same module as <a").Address("href", page.Links.Page(same.Key)).Raw("><code>").Text(Types.Names.Shown(same.ImportSpecifier)).Raw("</code></a>.</p>"));
            return;
        }

        var comment = entry.Module?.Comment;
        if (comment is not null)
        {
            // The main module's text is the overview already; that it is deprecated must be said everywhere.
            if (entry.IsMain)
            {
                var html = new HtmlWriter();
                Comments(page, entry, 2).Deprecation(html, comment);
                page.Body.Add(html);
            }
            else
            {
                Comment(page, entry, 2);
            }
        }

        var visible = entry.Symbols.Where(s => !s.IsInternal).ToList();
        if (visible.Count == 0)
        {
            page.Body.Add(new HtmlWriter().Raw(entry.Module is null ? "<p class=\"doc-none\">This entry point has no documentation: it is no module of code.</p>" : "<p class=\"doc-none\">This module exports nothing.</p>"));
            return;
        }

        Listing.AddGroups(page, visible, 2, comment, Comments(page, entry, 2));
    }

    private static CommentRenderer Comments(PageContext page, EntryNode entry, int level) => new(page, new NameScope(entry.Point.Specifier, null, entry), level);

    private static void Comment(PageContext page, EntryNode entry, int level)
    {
        var comments = Comments(page, entry, level);
        var comment = entry.Module?.Comment;
        var html = new HtmlWriter();
        comments.Deprecation(html, comment);
        var headings = comments.Body(html, comment);
        CommentRenderer.Facts(html, comment);
        page.Body.Add(html);
        AddHeadings(page, headings);
        var isFirst = true;
        foreach (var (id, title, example) in comments.Examples(comment))
        {
            if (isFirst)
            {
                var anchor = page.Anchors.Add("examples");
                page.AddToToc(new TocItem(1, "Examples", anchor));
                page.Body.Add(new HtmlWriter().Heading(2, anchor, "Examples"), anchor, "Examples");
                isFirst = false;
            }

            page.AddToToc(new TocItem(2, title, id));
            page.Body.Add(example, id, title);
        }
    }

    private static void AddHeadings(PageContext page, IReadOnlyList<MarkdownHeading> headings)
    {
        // A single heading above all others is the title: what is below it is the contents.
        var top = headings.Count == 0 ? 1 : headings.Min(h => h.Level);
        var skipsTop = headings.Count(h => h.Level == top) == 1 && headings.Count > 1;
        foreach (var heading in headings.Where(h => !skipsTop || h.Level > top))
        {
            page.AddToToc(new TocItem(heading.Level - top + (skipsTop ? 0 : 1), heading.Text, heading.Id));
        }
    }

    /// <summary>Every entry point with the names that it offers.</summary>
    public static void AllSymbols(PageContext page)
    {
        page.Body.Add(new HtmlWriter().Raw("<header class=\"doc-head\"><h1 class=\"doc-title\">All symbols</h1></header>"));
        if (page.Index.Entries.IsEmpty)
        {
            page.Body.Add(new HtmlWriter().Raw("<p class=\"doc-none\">This package has no entry points.</p>"));
        }

        foreach (var entry in page.Index.Entries)
        {
            var id = page.Anchors.Add(entry.IsMain ? "entry" : $"entry_{entry.Point.Key}");
            page.AddToToc(new TocItem(1, entry.ShownLabel, id));
            var html = new HtmlWriter().Raw("<h2 class=\"doc-h doc-h-entry\"").Attribute("id", id).Raw("><a").Address("href", page.Links.Page(entry.Key)).Raw("><code>").Text(Types.Names.Shown(entry.ImportSpecifier)).Raw("</code></a> ").Anchor(id, entry.ShownLabel).Raw("</h2>");
            var summary = CommentText.Summary(entry.Module?.Comment);
            if (!summary.IsEmpty)
            {
                html.Raw("<p class=\"doc-row-text\">").Raw(summary).Raw("</p>");
            }

            var visible = Listing.Visible(entry.Symbols);
            if (visible.Count == 0)
            {
                html.Raw(entry.SameAs is null ? "<p class=\"doc-none\">Nothing is exported.</p>" : "<p class=\"doc-none\">The same module as another entry point.</p>");
                page.Body.Add(html, id, entry.ShownLabel);
                continue;
            }

            page.Body.Add(html, id, entry.ShownLabel);
            page.Body.Open("<ul class=\"doc-names doc-names-all\">", "<ul class=\"doc-names doc-names-all\">");
            foreach (var symbol in visible)
            {
                Name(page, symbol);
            }

            page.Body.Close("</ul>");
        }
    }

    /// <summary>A namespace is followed by what is in it, under qualified names; one that only hands on another entry point's is not repeated.</summary>
    private static void Name(PageContext page, SymbolNode symbol)
    {
        var html = new HtmlWriter().Raw(symbol.IsDeprecated ? "<li class=\"doc-gone\">" : "<li>").Kinds(symbol.Kinds);
        Listing.Name(page, html, symbol, symbol.Parent is null ? symbol.ShownName : symbol.Path);
        page.Body.Row(html.Raw("</li>"));
        foreach (var child in Listing.Visible(symbol.Children.Where(c => c.Parent == symbol && c.Alias is null)))
        {
            Name(page, child);
        }
    }
}
