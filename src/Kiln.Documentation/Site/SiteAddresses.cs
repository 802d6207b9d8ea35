using System.Collections.Frozen;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Links;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Site;

/// <summary>Files of a static site, which link to one another by relative paths. Every page has its file before the first is rendered.</summary>
internal sealed class SiteAddresses : DocAddresses
{
    public const string Index = "index.html";
    private const string HtmlEnding = ".html";

    private readonly Dictionary<DocPageKey, string> pages = [];
    private readonly Dictionary<string, SourceFilePlan> sources;
    private readonly FileNames names;
    private readonly SiteRequest request;
    private readonly Dictionary<string, string> media = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Path, string Text)> linked = new(StringComparer.Ordinal);

    /// <summary>docs.md §11.</summary>
    private static readonly FrozenSet<string> MediaEndings = ((string[])["png", "jpg", "jpeg", "svg", "webm", "webp", "mp4", "mov", "avif", "gif", "ico"]).ToFrozenSet(StringComparer.Ordinal);

    public SiteAddresses(SiteRequest request, PackageIndex index, FileNames names, Dictionary<string, SourceFilePlan> sources)
    {
        this.request = request;
        this.names = names;
        this.sources = sources;
        pages.Add(new DocPageKey(DocPageKind.Overview), names.Unique("", "index", HtmlEnding));
        pages.Add(new DocPageKey(DocPageKind.AllSymbols), names.Unique("", "all_symbols", HtmlEnding));
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in index.Entries)
        {
            var path = entry.IsMain ? "mod/" : "mod/" + string.Concat(entry.Point.Key.Split('/').Select(s => FileNames.Folder(s) + "/"));
            var page = names.Unique(path, "index", HtmlEnding);

            // The same folder but for case: the symbols go where the page went.
            folders.Add(entry.Point.Key, page.EndsWith("/index.html", StringComparison.Ordinal) ? path : page[..^HtmlEnding.Length] + "/");
            pages.Add(entry.Key, page);
        }

        foreach (var symbol in index.Symbols)
        {
            if (symbol.HasPage)
            {
                pages.Add(symbol.Key, names.Unique(folders[symbol.Entry.Point.Key] + "~/", FileNames.Segment(symbol.Path), HtmlEnding));
            }
        }
    }

    /// <summary>Media that pages show, and where they are copied to.</summary>
    public IReadOnlyDictionary<string, string> Media => media;

    /// <summary>Text files that pages link to, with their pages and contents, by their path in the package.</summary>
    public IReadOnlyDictionary<string, (string Path, string Text)> Linked => linked;

    /// <summary>The file of a page, relative to the site.</summary>
    public string PathOf(DocPageKey key)
    {
        var path = pages[key with { Part = 0 }];
        return key.Part == 0 ? path : $"{path[..^HtmlEnding.Length]}=p{key.Part + 1}{HtmlEnding}";
    }

    public override string Page(DocPageKey from, DocPageKey to) => Relative(PathOf(from), PathOf(to));

    public override string? Source(DocPageKey from, DocLocation location) =>
        sources.TryGetValue(PageContext.PathOf(location.FileName), out var plan) ? $"{Relative(PathOf(from), plan.PartOf(location.Line))}#L{location.Line + 1}" : null;

    public override string? File(DocPageKey from, string path, bool isImage)
    {
        if (sources.TryGetValue(path, out var plan) && !isImage)
        {
            return Relative(PathOf(from), plan.PartOf(0));
        }

        if (isImage ? !MediaEndings.Contains(Ending(path)) || !request.HasFile(path) : !IsText(path))
        {
            return null;
        }

        return Relative(PathOf(from), isImage ? MediaPath(path) : LinkedPath(path));
    }

    /// <summary>A page of a site must not lead to what a browser would run, so everything that is no image is shown as text.</summary>
    private bool IsText(string path)
    {
        if (!linked.ContainsKey(path) && request.HasFile(path) && request.ReadText(path) is { } text)
        {
            var (folder, name) = SourcePages.Place(path);
            linked.Add(path, (names.Unique(folder, name, HtmlEnding), text));
        }

        return linked.ContainsKey(path);
    }

    private string LinkedPath(string path) => linked[path].Path;

    private static string Ending(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[(dot + 1)..].ToLowerInvariant() : "";

    public override string? External(string specifier, string? exportedName) => ExternalAddresses.Of(specifier, exportedName, request.Registry);

    private string MediaPath(string path)
    {
        if (!media.TryGetValue(path, out var target))
        {
            var dot = path.LastIndexOf('.');
            var slash = path.LastIndexOf('/');
            var (stem, ending) = dot > slash + 1 ? (path[..dot], path[dot..]) : (path, "");
            var folder = "files/" + string.Concat(stem[..(slash + 1)].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(s => FileNames.Folder(s) + "/"));
            target = names.Unique(folder, FileNames.Segment(stem[(slash + 1)..]), ending.Length == 0 ? "" : "." + FileNames.Segment(ending[1..]));
            media.Add(path, target);
        }

        return target;
    }

    /// <summary>From one file of the site to another.</summary>
    public static string Relative(string from, string to)
    {
        var common = 0;
        for (var i = 0; i < from.Length && i < to.Length && from[i] == to[i]; i++)
        {
            if (from[i] == '/')
            {
                common = i + 1;
            }
        }

        var up = from.AsSpan(common).Count('/');
        return up == 0 ? to[common..] : string.Concat(string.Concat(Enumerable.Repeat("../", up)), to.AsSpan(common));
    }
}
