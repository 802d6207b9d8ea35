using System.Text;
using Kiln.Documentation.Pages;

namespace Kiln.Registry.Docs;

/// <summary>The names of pieces in a pack.</summary>
internal static class DocPieces
{
    /// <summary>The data of the search inside the package.</summary>
    public const string Search = "search";

    private const char Separator = '\n';

    /// <summary>Kind, entry and symbol on a line each; a string export can contain a line end, but it is the last.</summary>
    public static string NameOf(DocPageKey key) => WellFormed($"{LetterOf(key.Kind)}{Separator}{key.Entry.Replace(Separator, ' ')}{Separator}{key.Symbol}");

    /// <summary>The entry and symbol of a symbol's page; null for every other piece.</summary>
    public static DocPageKey? SymbolOf(string piece)
    {
        if (!piece.StartsWith("s\n", StringComparison.Ordinal))
        {
            return null;
        }

        var end = piece.IndexOf(Separator, 2);
        return end < 0 ? null : new DocPageKey(DocPageKind.Symbol, piece[2..end], piece[(end + 1)..]);
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
