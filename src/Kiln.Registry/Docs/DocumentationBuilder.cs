using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Search;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Scoring;
using Kiln.Packages.Versions;
using Kiln.Registry.Search;

namespace Kiln.Registry.Docs;

/// <summary>The <see cref="BuildDocumentation"/> of a server: module graph, model, pages, search, score.</summary>
public static class DocumentationBuilder
{
    /// <summary>Bytes of the model as compressed JSON.</summary>
    private const int LargestModel = 64 * 1024 * 1024;

    private const string Scheme = "file://";

    public static Task<DocumentationArtifacts> BuildAsync(DocumentationRequest request, CancellationToken cancellation) => DeepStack.RunAsync(token => Build(request, token), cancellation);

    private static DocumentationArtifacts Build(DocumentationRequest request, CancellationToken cancellation)
    {
        // 1. The modules, as the publish saw them.
        var graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = request.Exports,
                Source = new Files(request.Files),
                Requirements = new GraphRequirements(PackageReference.Parse($"@{request.Scope}/{request.Package}"), PackageVersion.Parse(request.Version)),
            },
            cancellation);
        if (graph.Error is { } error)
        {
            throw new DocumentationException($"Its modules can no longer be read: {error.Message}");
        }

        // 2. The model, and itself as JSON for tools and later programs.
        var model = DocBuilder.Build(new DocRequest { Graph = graph, Roots = [.. graph.Roots.Select(r => r.Value).Distinct(StringComparer.Ordinal)] }, cancellation);
        var nodes = WriteNodes(model);

        // 3. Pages, and what finds them.
        var docs = new PackageDocs
        {
            Name = $"@{request.Scope}/{request.Package}",
            Version = request.Version,
            Modules = model,
            Entries = [.. graph.Roots.Select(r => new DocEntryPoint(EntryOf(r.Key), Scheme + r.Value))],
            Readme = ReadText(request, request.ReadmePath),
            ReadmePath = request.ReadmePath ?? "/README.md",
            PrefersReadme = request.PrefersReadme,
            IsPublished = true,
        };
        using var pack = new DocPackWriter();
        AddPages(pack, docs, request, cancellation);
        var symbols = AddSearch(pack, docs, request, cancellation);

        // 4. What the score needs to know of the files.
        return new DocumentationArtifacts { Nodes = nodes, Pages = pack.Finish(), SymbolCount = symbols, Score = ReadScore(request, graph, model) };
    }

    private static void AddPages(DocPackWriter pack, PackageDocs docs, DocumentationRequest request, CancellationToken cancellation)
    {
        foreach (var page in DocPages.Render(docs, Addresses(request), cancellation))
        {
            Add(pack, DocPieces.NameOf(page.Key), DocPageCodec.Write(page));
        }

        var redirects = new SortedDictionary<string, StoredRedirect>(StringComparer.Ordinal);
        foreach (var redirect in DocPages.Redirects(docs, cancellation))
        {
            redirects.TryAdd(DocPieces.NameOf(redirect.From), new StoredRedirect(DocPaths.Of(redirect.To), redirect.Anchor));
        }

        Add(pack, DocPieces.Redirects, JsonSerializer.SerializeToUtf8Bytes(redirects));
    }

    /// <summary>Gives the number of symbols, without their members.</summary>
    private static int AddSearch(DocPackWriter pack, PackageDocs docs, DocumentationRequest request, CancellationToken cancellation)
    {
        var index = new ArrayBufferWriter<byte>();
        SearchIndex.Write(index, docs, Addresses(request), cancellation);
        pack.TryAdd(DocPieces.Search, index.WrittenSpan); // Without it the list of all symbols is still there.

        var symbols = SearchIndex.Symbols(docs, cancellation).Select(Entry).ToList();
        var kept = symbols.OrderBy(s => s.IsMember).Take(SqliteSymbolIndex.MostSymbols);
        Add(pack, DocPieces.Symbols, JsonSerializer.SerializeToUtf8Bytes(kept));
        return symbols.Count(s => !s.IsMember);
    }

    private static SymbolEntry Entry(SearchSymbol symbol) => new(
        symbol.Name,
        KindOf(symbol.Kinds.Length == 0 ? ' ' : symbol.Kinds[0]),
        symbol.Page.Entry,
        symbol.Anchor is null ? DocPaths.Of(symbol.Page) : $"{DocPaths.Of(symbol.Page)}#{Uri.EscapeDataString(symbol.Anchor)}",
        symbol.Text,
        symbol.IsDeprecated,
        IsMember: symbol.Anchor is not null);

    /// <summary>docs.md §10.2, as words.</summary>
    private static string KindOf(char letter) => letter switch
    {
        'f' => "function",
        'v' => "variable",
        'c' => "class",
        'E' => "enum",
        'I' => "interface",
        'T' => "type",
        'N' => "namespace",
        'p' => "property",
        'm' => "method",
        _ => "symbol",
    };

    private static RegistryAddresses Addresses(DocumentationRequest request) => new(request.Scope, request.Package, request.Version, request.Paths);

    private static void Add(DocPackWriter pack, string name, ReadOnlySpan<byte> content)
    {
        if (!pack.TryAdd(name, content))
        {
            throw new DocumentationException("It has more documentation than this registry keeps of one version.");
        }
    }

    private static byte[] WriteNodes(DocSet model)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            DocJson.Write(gzip, model, indented: false);
        }

        return buffer.Length <= LargestModel ? buffer.ToArray() : throw new DocumentationException("Its documentation is larger than this registry keeps of one version.");
    }

    private static ScoreInputs ReadScore(DocumentationRequest request, ModuleGraph graph, DocSet model) => ScoreReader.Read(new ScoreRequest
    {
        Documentation = model,
        EntryPoints = [.. graph.Roots.Select(r => new ScoreEntryPoint(r.Key, Scheme + r.Value))],
        PathOf = specifier => specifier.StartsWith(Scheme, StringComparison.Ordinal) ? specifier[Scheme.Length..] : specifier,
        ReadmePath = request.ReadmePath,
        Readme = request.ReadmePath is { } path && request.Files.TryGetValue(path, out var readme) ? readme : default,
        SlowTypes = request.SlowTypes?.Count ?? 0,
        FirstSlowTypes = request.SlowTypes?.First.Select(t => new ScorePlace(t.Message, t.Path, t.Line, t.Column)) ?? [],
    });

    /// <summary>Without a byte order mark; what is no UTF-8 is replaced.</summary>
    private static string? ReadText(DocumentationRequest request, string? path)
    {
        if (path is null || !request.Files.TryGetValue(path, out var bytes))
        {
            return null;
        }

        var span = bytes.Span;
        return Encoding.UTF8.GetString(span.StartsWith(Encoding.UTF8.Preamble) ? span[Encoding.UTF8.Preamble.Length..] : span);
    }

    private static string EntryOf(string exportKey) => exportKey == "." ? "" : exportKey.StartsWith("./", StringComparison.Ordinal) ? exportKey[2..] : exportKey;

    private sealed class Files(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) : IModuleSource
    {
        public bool TryRead(string path, out ReadOnlyMemory<byte> bytes) => files.TryGetValue(path, out bytes);
    }
}
