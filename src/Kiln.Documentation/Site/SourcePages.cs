using System.Collections.Immutable;
using System.Text;
using Kiln.Documentation.Highlighting;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Site;

/// <summary>Source files as pages, with a place for every line.</summary>
internal sealed class SourcePages(SiteFrame frame, FileNames names, string packageName)
{
    /// <summary>Bytes of the lines on one page.</summary>
    private const int MaxBytes = 700_000;

    private const int MaxLinesOnPage = 5000;

    /// <summary>Longer lines are cut: nobody wrote them.</summary>
    private const int MaxLine = 20_000;

    private const int LineBytes = 50;

    /// <summary>The folder and name of a file's first page.</summary>
    public static (string Folder, string Name) Place(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return ("src/" + string.Concat(segments.SkipLast(1).Select(s => FileNames.Folder(s) + "/")), FileNames.Segment(segments[^1]));
    }

    /// <param name="path">Absolute in the package.</param>
    /// <param name="text">Its content.</param>
    /// <param name="page">Where it goes; null to choose.</param>
    public (SourceFilePlan Plan, List<SiteFile> Files) Render(string path, string text, string? page = null)
    {
        var lines = Lines(path, text);
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        long bytes = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var size = Encoding.UTF8.GetByteCount(lines[i].ToString()) + LineBytes;
            if (bytes > 0 && (bytes + size > MaxBytes || i - starts[^1] >= MaxLinesOnPage))
            {
                starts.Add(i);
                bytes = 0;
            }

            bytes += size;
        }

        var (folder, name) = Place(path);
        var plan = new SourceFilePlan(page ?? names.Unique(folder, name, ".html"), starts.ToImmutable());
        return (plan, [.. Enumerable.Range(0, plan.Starts.Length).Select(part => new SiteFile(plan.PathOf(part), Page(plan, part, path, lines)))]);
    }

    private static IReadOnlyList<TrustedHtml> Lines(string path, string text)
    {
        var dot = path.LastIndexOf('.');
        var language = dot < 0 ? "" : path[(dot + 1)..];
        if (text.AsSpan().EnumerateLines() is var lines)
        {
            foreach (var line in lines)
            {
                if (line.Length > MaxLine)
                {
                    return [.. text.ReplaceLineEndings("\n").Split('\n').Select(l => new HtmlWriter().Text(l.Length > MaxLine ? l[..MaxLine] + "…" : l).ToHtml())];
                }
            }
        }

        return CodeHighlighter.HighlightLines(text, language);
    }

    private string Page(SourceFilePlan plan, int part, string path, IReadOnlyList<TrustedHtml> lines)
    {
        var file = plan.PathOf(part);
        var html = new HtmlWriter().Raw("<header class=\"doc-head\"><h1 class=\"doc-title doc-title-file\">").Text(Names.Shown(path.TrimStart('/'))).Raw("</h1></header>");
        var (from, to) = (plan.Starts[part], part + 1 < plan.Starts.Length ? plan.Starts[part + 1] : lines.Count);
        Parts(html, plan, part);
        html.Raw("<pre class=\"doc-lines\" tabindex=\"0\"><code>");
        for (var i = from; i < to; i++)
        {
            html.Raw("<span id=\"L").Number(i + 1).Raw("\"><a href=\"#L").Number(i + 1).Raw("\">").Number(i + 1).Raw("</a>").Raw(lines[i]).Raw("\n</span>");
        }

        html.Raw("</code></pre>");
        Parts(html, plan, part);
        var crumbs = ImmutableArray.Create(new DocCrumb(packageName, SiteAddresses.Relative(file, SiteAddresses.Index)), new DocCrumb(path.TrimStart('/'), null));
        return frame.Write(file, path.TrimStart('/'), "", crumbs, TrustedHtml.Empty, html.ToHtml(), TrustedHtml.Empty, " doc-layout-source");
    }

    private static void Parts(HtmlWriter html, SourceFilePlan plan, int part)
    {
        if (plan.Starts.Length == 1)
        {
            return;
        }

        html.Raw("<p class=\"doc-parts\">Part ").Number(part + 1).Raw(" of ").Number(plan.Starts.Length).Raw(".");
        if (part > 0)
        {
            html.Raw(" <a").Attribute("href", SiteAddresses.Relative(plan.PathOf(part), plan.PathOf(part - 1))).Raw(">Previous lines</a>");
        }

        if (part + 1 < plan.Starts.Length)
        {
            html.Raw(" <a").Attribute("href", SiteAddresses.Relative(plan.PathOf(part), plan.PathOf(part + 1))).Raw(">More lines</a>");
        }

        html.Raw("</p>");
    }
}
