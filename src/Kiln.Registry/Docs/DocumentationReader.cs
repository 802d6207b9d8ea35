using System.Text.Json;
using Kiln.Documentation.Pages;
using Kiln.Registry.Search;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Kiln.Registry.Docs;

/// <summary>
/// Reads stored documentation. The indexes of packs and the pages that are asked for again are remembered up to a bound; both never change under their names. Knows no database: what
/// the pack of a version is, is the caller's question.
/// </summary>
public sealed class DocumentationReader(IObjectStore store) : IDisposable
{
    /// <summary>Bytes of indexes and pages in memory.</summary>
    private const long Capacity = 48 * 1024 * 1024;

    private const int LargestRemembered = 512 * 1024;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Capacity, CompactionPercentage = 0.25 });

    /// <summary>Null when the version has no such page, or its pack is gone because it was rendered anew.</summary>
    /// <exception cref="InvalidDataException">The pack is damaged.</exception>
    public async Task<DocPage?> ReadPageAsync(ObjectKey pages, DocPageKey page, CancellationToken cancellation)
    {
        var name = DocPieces.NameOf(page);
        return await ReadAsync(pages, name, cancellation) is { } bytes ? DocPageCodec.Read(page, bytes) : null;
    }

    /// <summary>Where the address of something leads that has no page of its own: behind the address of the package; null when nothing is known of it.</summary>
    public async Task<string?> FindRedirectAsync(ObjectKey pages, DocPageKey page, CancellationToken cancellation)
    {
        if (await ReadAsync(pages, DocPieces.Redirects, cancellation) is not { } json
            || !JsonSerializer.Deserialize<Dictionary<string, StoredRedirect>>(json)!.TryGetValue(DocPieces.NameOf(page), out var redirect))
        {
            return null;
        }

        return redirect.Anchor is { } anchor ? $"{redirect.To}#{Uri.EscapeDataString(anchor)}" : redirect.To;
    }

    /// <summary>The data of the search inside the package, as it was stored; null without one.</summary>
    public Task<byte[]?> ReadSearchAsync(ObjectKey pages, CancellationToken cancellation) => ReadAsync(pages, DocPieces.Search, cancellation);

    /// <summary>The pages of symbols that one might have meant: the same entry first, then the nearest name. At most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<DocPageKey>> SuggestAsync(ObjectKey pages, DocPageKey missing, int limit, CancellationToken cancellation)
    {
        var wanted = SymbolWords.Squash(missing.Symbol);
        if (wanted.Length == 0 || await OpenAsync(pages, cancellation) is not { } pack)
        {
            return [];
        }

        var near = new List<(DocPageKey Page, int Distance)>();
        foreach (var piece in pack.Pieces)
        {
            if (DocPieces.SymbolOf(piece.Key) is { } page && DistanceOf(wanted, SymbolWords.Squash(page.Symbol)) is { } distance)
            {
                near.Add((page, distance));
            }
        }

        return
        [
            .. near.OrderBy(n => n.Distance).ThenBy(n => n.Page.Entry != missing.Entry).ThenBy(n => n.Page.Symbol.Length)
                .ThenBy(n => n.Page.Symbol, StringComparer.Ordinal).Take(limit).Select(n => n.Page),
        ];
    }

    public void Dispose() => cache.Dispose();

    /// <summary>Every symbol that can be found, top-level ones first; members too.</summary>
    public async Task<IReadOnlyList<SymbolEntry>> ListSymbolsAsync(ObjectKey pages, CancellationToken cancellation) =>
        await ReadAsync(pages, DocPieces.Symbols, cancellation) is { } json ? JsonSerializer.Deserialize<List<SymbolEntry>>(json)! : [];

    internal Task<IReadOnlyList<SymbolEntry>> ReadSymbolsAsync(VersionDocsStore.Row row, CancellationToken cancellation) =>
        ListSymbolsAsync(ObjectKeys.DocPages(row.Scope, row.Name, row.Version, row.Pages), cancellation);

    private static int? DistanceOf(string wanted, string name)
    {
        const int Nothing = 0;
        if (name == wanted)
        {
            return Nothing;
        }

        // A part of the name counts as near as two slips of the finger.
        return SymbolRanking.Distance(wanted, name, Math.Max(2, wanted.Length / 3))
            ?? (wanted.Length > 2 && (name.Contains(wanted, StringComparison.Ordinal) || (name.Length > 2 && wanted.Contains(name, StringComparison.Ordinal))) ? 2 : null);
    }

    private async Task<byte[]?> ReadAsync(ObjectKey pages, string name, CancellationToken cancellation)
    {
        if (cache.TryGetValue((pages, name), out byte[]? known))
        {
            return known;
        }

        if (await OpenAsync(pages, cancellation) is not { } pack || await pack.ReadAsync(name, cancellation) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length <= LargestRemembered)
        {
            cache.Set((pages, name), bytes, new MemoryCacheEntryOptions { Size = bytes.Length + 256 });
        }

        return bytes;
    }

    private async Task<DocPack?> OpenAsync(ObjectKey pages, CancellationToken cancellation)
    {
        if (cache.TryGetValue(pages, out DocPack? known))
        {
            return known;
        }

        if (await DocPack.OpenAsync(store, pages, cancellation) is not { } pack)
        {
            return null;
        }

        cache.Set(pages, pack, new MemoryCacheEntryOptions { Size = pack.Size });
        return pack;
    }
}
