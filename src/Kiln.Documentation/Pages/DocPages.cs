using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Pages;

/// <summary>All pages of a version's documentation (docs.md §10).</summary>
public static class DocPages
{
    /// <summary>Entry points in the switcher; with more of them it leads to the list of all.</summary>
    private const int MaxSwitcher = 40;

    private const int MaxDescription = 200;

    /// <summary>One page after another: overview, all symbols, then every entry point followed by its symbols. Linear in the size of the documentation.</summary>
    public static IEnumerable<DocPage> Render(PackageDocs docs, DocAddresses addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docs);
        ArgumentNullException.ThrowIfNull(addresses);
        return Render(docs.Index(cancellationToken), addresses, cancellationToken);
    }

    /// <summary>Where addresses of docs.md §10.1 lead that are no page: members, and names whose page is at another entry point.</summary>
    public static IEnumerable<DocRedirect> Redirects(PackageDocs docs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docs);
        return DocRedirects.Of(docs.Index(cancellationToken), cancellationToken);
    }

    internal static IEnumerable<DocPage> Render(PackageIndex index, DocAddresses addresses, CancellationToken cancellationToken)
    {
        var names = new NameResolver(index, addresses);
        foreach (var page in Pages(index, names, addresses, new DocPageKey(DocPageKind.Overview), null, null, cancellationToken))
        {
            yield return page;
        }

        foreach (var page in Pages(index, names, addresses, new DocPageKey(DocPageKind.AllSymbols), null, null, cancellationToken))
        {
            yield return page;
        }

        foreach (var entry in index.Entries)
        {
            foreach (var page in Pages(index, names, addresses, entry.Key, entry, null, cancellationToken))
            {
                yield return page;
            }
        }

        foreach (var symbol in index.Symbols)
        {
            if (symbol.HasPage)
            {
                foreach (var page in Pages(index, names, addresses, symbol.Key, symbol.Entry, symbol, cancellationToken))
                {
                    yield return page;
                }
            }
        }
    }

    private static List<DocPage> Pages(
        PackageIndex index, NameResolver names, DocAddresses addresses, DocPageKey key, EntryNode? entry, SymbolNode? symbol, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var page = new PageContext(index, names, addresses, key);
        switch (key.Kind)
        {
            case DocPageKind.Overview:
                ModulePages.Overview(page);
                break;
            case DocPageKind.AllSymbols:
                ModulePages.AllSymbols(page);
                break;
            case DocPageKind.Entry:
                ModulePages.Entry(page, entry!);
                break;
            case DocPageKind.Symbol:
                SymbolPage.Render(page, symbol!);
                break;
            default:
                throw new InvalidOperationException($"Unknown page {key.Kind}");
        }

        // Links are relative to their page, and every part is in the place of the first.
        var parts = page.Body.Split(part => addresses.Page(key, key with { Part = part }));
        var pages = new List<DocPage>(parts.Count);
        for (var part = 0; part < parts.Count; part++)
        {
            pages.Add(new DocPage
            {
                Key = key with { Part = part },
                Title = Title(key, entry, symbol, part),
                Description = Description(index, key, entry, symbol),
                Crumbs = [.. Crumbs(page, entry, symbol)],
                Switcher = entry is null ? TrustedHtml.Empty : Switcher(page, entry),
                Content = parts[part],
                Aside = Aside(page, entry, symbol, part, parts),
            });
        }

        return pages;
    }

    private static string Title(DocPageKey key, EntryNode? entry, SymbolNode? symbol, int part)
    {
        var title = key.Kind switch
        {
            DocPageKind.Overview => "Overview",
            DocPageKind.AllSymbols => "All symbols",
            DocPageKind.Entry => entry!.ShownLabel,
            _ => Names.Shown(symbol!.Parent is null ? symbol.ShownName : symbol.Path),
        };
        return part == 0 ? title : $"{title} (part {part + 1})";
    }

    private static string Description(PackageIndex index, DocPageKey key, EntryNode? entry, SymbolNode? symbol) => key.Kind switch
    {
        DocPageKind.Symbol => CommentText.Plain(symbol!.Comment, MaxDescription),
        DocPageKind.Entry => CommentText.Plain(entry!.Module?.Comment, MaxDescription),
        DocPageKind.Overview => CommentText.Plain(index.Main?.Module?.Comment, MaxDescription),
        _ => "",
    };

    private static IEnumerable<DocCrumb> Crumbs(PageContext page, EntryNode? entry, SymbolNode? symbol)
    {
        var kind = page.Key.Kind;
        yield return new DocCrumb(page.Index.Docs.Name, kind == DocPageKind.Overview ? null : page.Links.Page(new DocPageKey(DocPageKind.Overview)));
        if (kind == DocPageKind.AllSymbols)
        {
            yield return new DocCrumb("all symbols", null);
        }

        if (entry is not null)
        {
            yield return new DocCrumb(entry.ShownLabel, kind == DocPageKind.Entry ? null : page.Links.Page(entry.Key));
        }

        var path = new Stack<SymbolNode>();
        for (var at = symbol; at is not null; at = at.Parent)
        {
            path.Push(at);
        }

        foreach (var part in path)
        {
            yield return new DocCrumb(Names.Shown(part.Parent is null ? part.ShownName : part.Name), part == symbol || !part.HasPage ? null : page.Links.Page(part.Key));
        }
    }

    /// <summary>All entry points, to go from one to another.</summary>
    private static TrustedHtml Switcher(PageContext page, EntryNode current)
    {
        var entries = page.Index.Entries;
        if (entries.Length < 2)
        {
            return TrustedHtml.Empty;
        }

        var html = new HtmlWriter();
        if (entries.Length > MaxSwitcher)
        {
            return html.Raw("<a class=\"doc-switch-all\"").Address("href", page.Links.Page(new DocPageKey(DocPageKind.AllSymbols))).Raw(">all ").Number(entries.Length).Raw(" entry points</a>").ToHtml();
        }

        html.Raw("<details class=\"doc-switch\"><summary aria-label=\"Other entry points\"></summary><ul>");
        foreach (var entry in entries)
        {
            html.Raw("<li><a").Address("href", page.Links.Page(entry.Key)).Raw(entry == current ? " aria-current=\"true\">" : ">").Text(Names.Shown(entry.ShownLabel)).Raw("</a></li>");
        }

        return html.Raw("<li><a").Address("href", page.Links.Page(new DocPageKey(DocPageKind.AllSymbols))).Raw(">all symbols</a></li></ul></details>").ToHtml();
    }

    private static TrustedHtml Aside(PageContext page, EntryNode? entry, SymbolNode? symbol, int part, IReadOnlyList<TrustedHtml> parts)
    {
        var html = new HtmlWriter();
        var shown = entry ?? (page.Key.Kind == DocPageKind.Overview ? page.Index.Main : null);
        if (shown?.Module is not null)
        {
            UsageBlock.Write(html, page.Index, shown, symbol);
        }

        if (page.Key.Kind == DocPageKind.Overview)
        {
            TableOfContents.WriteTopSymbols(html, page);
        }

        TableOfContents.Write(html, page.Toc, parts.Count == 1 ? null : PartLinks.Ids(parts[part].ToString()));
        return html.ToHtml();
    }
}
