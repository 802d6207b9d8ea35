using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Kiln.Documentation.Site;

namespace Kiln.Documentation.Support;

/// <summary>Reads a whole static site as a browser would, and says what is wrong with it.</summary>
internal sealed class SiteCrawler
{
    private const int MaxPage = 1_000_000;

    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private string search = "x = {\"symbols\":[]}";
    private readonly Dictionary<string, HashSet<string>> ids = new(StringComparer.Ordinal);
    private readonly List<(string From, string Path, string Fragment)> links = [];
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public int Pages => ids.Count;

    public int Links => links.Count;

    public static SiteCrawler Run(IEnumerable<SiteFile> site)
    {
        var crawler = new SiteCrawler();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in site)
        {
            crawler.Check(names.Add(file.Path), file.Path, "is written twice on a disk that does not tell case apart");
            crawler.files.Add(file.Path);
            crawler.CheckName(file.Path);
            if (file.Path.EndsWith(".html", StringComparison.Ordinal))
            {
                crawler.ReadPage(file);
            }
            else if (file.Path == "assets/search-index.js")
            {
                crawler.search = file.Text!;
            }
        }

        crawler.CheckLinks();
        crawler.CheckSearch();
        return crawler;
    }

    private void Check(bool isFine, string path, string problem)
    {
        if (!isFine && problems.Count < 50)
        {
            problems.Add($"{path}: {problem}");
        }
    }

    private void CheckName(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            Check(segment.Length is > 0 and < 200 && segment[^1] is not ('.' or ' ') && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '$' or '=' or '~'), path, "is no name for every file system");
            Check(segment.Split('.')[0].ToLowerInvariant() is not ("con" or "prn" or "aux" or "nul" or "com1" or "lpt1"), path, "is the name of a device");
        }
    }

    private void ReadPage(SiteFile file)
    {
        var text = file.Text!;
        Check(Encoding.UTF8.GetByteCount(text) <= MaxPage, file.Path, $"has {Encoding.UTF8.GetByteCount(text)} bytes");
        Check(!text.Contains('\u0001', StringComparison.Ordinal), file.Path, "has a placeholder left");
        var errors = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true });
        parser.Error += (_, e) => errors.Add(((AngleSharp.Html.Dom.Events.HtmlErrorEvent)e).ToString() ?? "error");
        var document = parser.ParseDocument(text);
        Check(errors.Count == 0, file.Path, $"does not parse: {errors.FirstOrDefault()}");
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in document.All)
        {
            if (element.GetAttribute("id") is { } id)
            {
                Check(found.Add(id) && id.Length > 0, file.Path, $"has the id '{id}' twice");
            }

            Check(!element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style"), file.Path, $"has a handler or a style on <{element.LocalName}>");
            foreach (var attribute in (string[])["href", "src"])
            {
                if (element.GetAttribute(attribute) is { } address)
                {
                    AddLink(file.Path, address);
                }
            }
        }

        Check(document.QuerySelectorAll("h1").Length is 0 or 1, file.Path, "has several titles");
        ids.Add(file.Path, found);
    }

    private void AddLink(string from, string address)
    {
        if (address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal) || address.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return;
        }

        var resolved = new Uri(new Uri("http://site/" + from), address);
        Check(resolved.Scheme == "http" && resolved.Host == "site" && resolved.Query.Length == 0, from, $"links to '{address}'");
        links.Add((from, Uri.UnescapeDataString(resolved.AbsolutePath[1..]), Uri.UnescapeDataString(resolved.Fragment.TrimStart('#'))));
    }

    private void CheckLinks()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { "index.html" };
        foreach (var (from, path, fragment) in links)
        {
            Check(files.Contains(path), from, $"links to '{path}', which does not exist");
            Check(fragment.Length == 0 || (ids.TryGetValue(path, out var known) && known.Contains(fragment)), from, $"links to '{path}#{fragment}', which has no such place");
            reached.Add(path);
        }

        foreach (var path in ids.Keys.Where(p => !p.StartsWith("src/", StringComparison.Ordinal)))
        {
            Check(reached.Contains(path), path, "cannot be reached by any link");
        }
    }

    private void CheckSearch()
    {
        using var index = JsonDocument.Parse(search[(search.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimEnd('\n', ';'));
        foreach (var symbol in index.RootElement.GetProperty("symbols").EnumerateArray())
        {
            var parts = symbol[3].GetString()!.Split('#');
            var path = Uri.UnescapeDataString(parts[0]);
            Check(ids.TryGetValue(path, out var known) && (parts.Length == 1 || known.Contains(Uri.UnescapeDataString(parts[1]))), "search index", $"leads to '{symbol[3]}'");
        }
    }
}
