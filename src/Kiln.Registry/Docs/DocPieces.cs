using System.Globalization;
using System.Text;
using Kiln.Documentation.Pages;

namespace Kiln.Registry.Docs;

/// <summary>The names of pieces in a pack.</summary>
internal static class DocPieces
{
    /// <summary>The data of the search inside the package, as the pages load it.</summary>
    public const string Search = "search";

    /// <summary>What the search over all packages takes from this one.</summary>
    public const string Symbols = "symbols";

    /// <summary>Addresses that lead to a page under another one: see <see cref="DocRedirect"/>.</summary>
    public const string Redirects = "redirects";

    private const char Separator = '\n';

    /// <summary>Kind and part, entry, symbol, on a line each; a string export can contain a line end, but it is the last.</summary>
    public static string NameOf(DocPageKey key) => WellFormed(string.Create(
        CultureInfo.InvariantCulture, $"{LetterOf(key.Kind)}{key.Part}{Separator}{key.Entry.Replace(Separator, ' ')}{Separator}{key.Symbol}"));

    /// <summary>The entry and symbol of a symbol's page; null for every other piece, also for the further parts of such a page.</summary>
    public static DocPageKey? SymbolOf(string piece)
    {
        if (!piece.StartsWith("s0\n", StringComparison.Ordinal))
        {
            return null;
        }

        var end = piece.IndexOf(Separator, 3);
        return end < 0 ? null : new DocPageKey(DocPageKind.Symbol, piece[3..end], piece[(end + 1)..]);
    }

    private static char LetterOf(DocPageKind kind) => kind switch
    {
        DocPageKind.Overview => 'o',
        DocPageKind.AllSymbols => 'a',
        DocPageKind.Entry => 'e',
        DocPageKind.Symbol => 's',
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A string export may hold half a surrogate pair, which no address and no UTF-8 can.</summary>
    private static string WellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
            }
        }

        return name;
    }
}
