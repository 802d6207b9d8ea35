using System.Buffers;
using System.Text.Json;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Links;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Search;

/// <summary>
/// What a package's search looks through: every symbol that is not <c>@internal</c>, once, with its members. In JSON:
/// <code>{"version":1,"package":"@s/p","entries":["@s/p","@s/p/sub"],"kinds":{"f":"Function",…},"symbols":[[name, kinds, entry, address, text, deprecated, category], …]}</code>
/// The last values of a symbol are left out where they are empty. <c>entry</c> is a place in <c>entries</c>. <c>address</c> is relative to the overview; without
/// <see cref="DocAddresses.Base"/>.
/// </summary>
public static class SearchIndex
{
    private const int MaxText = 120;

    /// <summary>Beyond this only top-level symbols have their members in it, and beyond twice this nobody has.</summary>
    private const int ManySymbols = 40_000;

    /// <summary>A name longer than this is nothing that anybody types.</summary>
    private const int MaxName = 200;

    /// <summary>In the order of the entry points.</summary>
    public static IEnumerable<SearchSymbol> Symbols(PackageDocs docs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docs);
        return Symbols(docs.Index(cancellationToken));
    }

    public static void Write(IBufferWriter<byte> output, PackageDocs docs, DocAddresses addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docs);
        ArgumentNullException.ThrowIfNull(addresses);
        Write(output, docs.Index(cancellationToken), addresses);
    }

    internal static IEnumerable<SearchSymbol> Symbols(PackageIndex index)
    {
        var count = 0;
        var seen = new HashSet<(Analysis.Docs.Model.DocLocation, string)>();
        foreach (var node in index.Symbols)
        {
            // What several entry points offer is found once, at the first of them.
            if (node.IsInternal || !node.HasPage || node.Path.Length > MaxName || !seen.Add((node.Declarations[0].Location, node.Name)))
            {
                continue;
            }

            var name = node.Parent is null ? node.ShownName : node.Path;
            yield return new SearchSymbol(name, Letters(node), node.Key, null, CommentText.Plain(node.Comment, MaxText), node.IsDeprecated, node.Category);
            if (++count > ManySymbols * (node.Parent is null ? 2 : 1))
            {
                continue;
            }

            (bool, string)? previous = null;
            foreach (var member in node.Members.All)
            {
                var isNamed = member.Shape is not (MemberShape.Constructor or MemberShape.CallSignature or MemberShape.IndexSignature);
                if (isNamed && (member.IsStatic, member.Name) != previous && member.Name.Length <= MaxName)
                {
                    previous = (member.IsStatic, member.Name);
                    count++;
                    yield return new SearchSymbol($"{name}.{member.Name}", (member.IsMethod ? KindInfo.Method : KindInfo.Property).Letter, node.Key, member.Anchor, CommentText.Plain(member.Comment, MaxText), node.IsDeprecated || member.IsDeprecated, null);
                }
            }
        }
    }

    internal static void Write(IBufferWriter<byte> output, PackageIndex index, DocAddresses addresses)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("package", index.Docs.Name);
        json.WriteStartArray("entries");
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in index.Entries)
        {
            entries.Add(entry.Point.Key, entries.Count);
            json.WriteStringValue(entry.ImportSpecifier);
        }

        json.WriteEndArray();
        json.WriteStartObject("kinds");
        foreach (var kind in Enum.GetValues<Analysis.Docs.Model.DocKind>().Where(k => k != Analysis.Docs.Model.DocKind.Reference).Select(KindInfo.Of).Concat([KindInfo.Property, KindInfo.Method]))
        {
            json.WriteString(kind.Letter, kind.Title);
        }

        json.WriteEndObject();
        json.WriteStartArray("symbols");
        var overview = new DocPageKey(DocPageKind.Overview);
        foreach (var symbol in Symbols(index))
        {
            Write(json, symbol, entries[symbol.Page.Entry], addresses.Page(overview, symbol.Page));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SearchSymbol symbol, int entry, string address)
    {
        json.WriteStartArray();
        json.WriteStringValue(symbol.Name);
        json.WriteStringValue(symbol.Kinds);
        json.WriteNumberValue(entry);
        json.WriteStringValue(address.Replace(DocAddresses.Base, "", StringComparison.Ordinal) + (symbol.Anchor is null ? "" : "#" + PageLinks.Fragment(symbol.Anchor)));
        var rest = symbol.Category is not null ? 3 : symbol.IsDeprecated ? 2 : symbol.Text.Length > 0 ? 1 : 0;
        if (rest > 0)
        {
            json.WriteStringValue(symbol.Text);
        }

        if (rest > 1)
        {
            json.WriteNumberValue(symbol.IsDeprecated ? 1 : 0);
        }

        if (rest > 2)
        {
            json.WriteStringValue(symbol.Category);
        }

        json.WriteEndArray();
    }

    private static string Letters(SymbolNode node) => string.Concat(node.Kinds.Select(k => KindInfo.Of(k).Letter));
}
