using Kiln.Analysis.Docs.Json;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Site;
using Kiln.Tooling;

namespace Kiln.Documentation.Support;

/// <summary>The package in <c>Garden</c> with what deno says about it (<c>tests/tools/doc-garden.mjs</c>).</summary>
internal static class Garden
{
    public static string Folder { get; } = Path.Combine(ToolPaths.Root, "tests", "Kiln.Documentation.Tests", "Garden");

    public static PackageDocs Docs(bool prefersReadme = false, bool isPublished = true) => new()
    {
        Name = "@kiln/garden",
        Version = "1.2.3",
        Modules = DocJson.Read(File.ReadAllBytes(Path.Combine(Folder, "docs.json"))),
        Entries = [new("", "file:///mod.ts"), new("shapes", "file:///shapes.ts"), new("tools", "file:///tools.ts"), new("same", "file:///mod.ts"), new("data.json", "file:///data.json"), new("gone", "file:///gone.wasm")],
        Readme = File.ReadAllText(Path.Combine(Folder, "README.md")),
        PrefersReadme = prefersReadme,
        IsPublished = isPublished,
    };

    public static SiteRequest Site(bool prefersReadme = false) => new()
    {
        Docs = Docs(prefersReadme),
        Sources = new[] { "/mod.ts", "/shapes.ts", "/tools.ts", "/internal/helper.ts" }.ToDictionary(p => p, p => File.ReadAllText(Folder + p)),
        HasFile = path => File.Exists(Folder + path),
        ReadText = path => File.Exists(Folder + path) ? File.ReadAllText(Folder + path) : null,
        Registry = "https://packages.example",
    };

    public static Dictionary<DocPageKey, DocPage> Pages(PackageDocs? docs = null) => DocPages.Render(docs ?? Docs(), new PlainAddresses(), TestContext.Current.CancellationToken).ToDictionary(p => p.Key);

    public static DocPage Symbol(string name, string entry = "") => Pages()[new DocPageKey(DocPageKind.Symbol, entry, name)];
}
