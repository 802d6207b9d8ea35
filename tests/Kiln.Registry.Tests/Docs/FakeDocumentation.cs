using System.Text;
using System.Text.Json;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Kiln.Packages.Scoring;
using Kiln.Registry.Search;

namespace Kiln.Registry.Docs;

/// <summary>Stands in for model and pages: one page for every word of <c>/mod.ts</c>. Deterministic like the real one.</summary>
public sealed class FakeDocumentation
{
    /// <summary>Runs before every build, e.g. to fail or to wait.</summary>
    public Func<DocumentationRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>As if another program rendered otherwise.</summary>
    public string Flavour { get; set; } = "";

    public int Builds { get; private set; }

    public async Task<DocumentationArtifacts> BuildAsync(DocumentationRequest request, CancellationToken cancellation)
    {
        Builds++;
        await Before(request);
        cancellation.ThrowIfCancellationRequested();
        var words = Encoding.UTF8.GetString(request.Files["/mod.ts"].Span).Split(' ');
        using var pack = new DocPackWriter();
        Add(pack, new DocPage { Key = new DocPageKey(DocPageKind.Overview), Title = "Overview", Content = TrustedHtml.Encode($"{request.Package} {Flavour}") });
        var redirects = new SortedDictionary<string, StoredRedirect>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var key = new DocPageKey(DocPageKind.Symbol, "", word);
            Add(pack, new DocPage { Key = key, Title = word, Content = TrustedHtml.Encode($"about {word}{Flavour}") });
            redirects[DocPieces.NameOf(key with { Symbol = word + ".member" })] = new StoredRedirect(DocPaths.Of(key), "the member");
        }

        pack.TryAdd(DocPieces.Redirects, JsonSerializer.SerializeToUtf8Bytes(redirects));
        pack.TryAdd(DocPieces.Symbols, JsonSerializer.SerializeToUtf8Bytes(words.Select(w => new SymbolEntry(w, "function", "", $"/doc/~/{w}", "", false, false))));
        return new DocumentationArtifacts
        {
            Nodes = Encoding.UTF8.GetBytes($"nodes of {request.Version} {Flavour}"),
            Pages = pack.Finish(),
            SymbolCount = words.Length,
            Score = new ScoreInputs { ReadmePath = "/README.md", Symbols = words.Length },
        };
    }

    private static void Add(DocPackWriter pack, DocPage page) => pack.TryAdd(DocPieces.NameOf(page.Key), DocPageCodec.Write(page));
}
