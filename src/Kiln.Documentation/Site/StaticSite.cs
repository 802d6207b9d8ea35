using System.Buffers;
using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Site;

/// <summary>The documentation of a package as a folder of files that a browser can open from the disk or any web server: pages, sources, search, no server.</summary>
public static class StaticSite
{
    /// <summary>A file of the site by which it is recognised as one.</summary>
    public const string Mark = "assets/kiln-docs.txt";

    /// <summary>About how many files <see cref="Render"/> gives, for a progress that is shown.</summary>
    public static int CountPages(SiteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Sources.Count + request.Docs.Index(CancellationToken.None).Symbols.Count(s => s.HasPage) + request.Docs.Entries.Length + 7;
    }

    /// <summary>Each file once. Copies come last, when it is known what pages show.</summary>
    public static IEnumerable<SiteFile> Render(SiteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var docs = request.Docs;
        var index = docs.Index(cancellationToken);
        var names = new FileNames();
        var frame = new SiteFrame(docs);

        // 1. Sources: pages link to lines, and a line is on one of several pages.
        var sources = new SourcePages(frame, names, docs.Name);
        var plans = new Dictionary<string, SourceFilePlan>(StringComparer.Ordinal);
        foreach (var (path, text) in request.Sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (plan, files) = sources.Render(path, text);
            plans.Add(path, plan);
            foreach (var file in files)
            {
                yield return file;
            }
        }

        // 2. Pages.
        var addresses = new SiteAddresses(request, index, names, plans);
        foreach (var page in DocPages.Render(index, addresses, cancellationToken))
        {
            var path = addresses.PathOf(page.Key);
            yield return new SiteFile(path, frame.Write(path, page.Title, page.Description, page.Crumbs, page.Switcher, Titled(page, docs), page.Aside));
        }

        foreach (var (path, (page, text)) in addresses.Linked)
        {
            foreach (var file in sources.Render(path, text, page).Files)
            {
                yield return file;
            }
        }

        // 3. What they need.
        yield return new SiteFile(SiteFrame.Stylesheet, DocAssets.Stylesheet);
        yield return new SiteFile(SiteFrame.Script, DocAssets.Script);
        yield return new SiteFile(SiteFrame.ThemeScript, DocAssets.ThemeScript);
        yield return new SiteFile(SiteFrame.SearchIndex, SearchScript(index, addresses));
        yield return new SiteFile(Mark, "This folder is written by 'kiln doc --html', which replaces all of it.\n");
        foreach (var (path, target) in addresses.Media)
        {
            yield return new SiteFile(target, null, path);
        }
    }

    /// <summary>On a registry the frame has the name of the package; here the overview has, unless a README says it itself.</summary>
    private static TrustedHtml Titled(DocPage page, PackageDocs docs)
    {
        if (page.Key.Kind != DocPageKind.Overview || page.Key.Part != 0)
        {
            return page.Content;
        }

        var isReadme = page.Content.ToString().Contains("doc-readme", StringComparison.Ordinal);
        return new HtmlWriter().Raw(isReadme ? "<h1 class=\"doc-hidden\">" : "<h1 class=\"doc-title doc-title-package\">").Text(docs.Name).Raw("</h1>").Raw(page.Content).ToHtml();
    }

    /// <summary>A script that holds the index: from a file system nothing else can be loaded.</summary>
    private static string SearchScript(PackageIndex index, SiteAddresses addresses)
    {
        var output = new ArrayBufferWriter<byte>();
        Search.SearchIndex.Write(output, index, addresses);
        return $"globalThis.kilnDocsIndex = {Encoding.UTF8.GetString(output.WrittenSpan)};\n";
    }
}
