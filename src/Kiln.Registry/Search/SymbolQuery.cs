namespace Kiln.Registry.Search;

/// <summary>What was typed, in the words of the index.</summary>
internal sealed class SymbolQuery
{
    private const int LongestQuery = 200;
    private const int MostTerms = 8;

    private SymbolQuery(IReadOnlyList<string> terms, IReadOnlyList<IReadOnlyList<string>> words)
    {
        Terms = terms;
        Words = words;
    }

    /// <summary>Each without marks and in lower case.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Each term's own words.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Words { get; }

    /// <summary>All terms run together: <c>assert equals</c> means <c>assertEquals</c> too.</summary>
    public string Joined => string.Concat(Terms);

    /// <summary>Null when there is nothing to look for.</summary>
    public static SymbolQuery? Parse(string text)
    {
        var terms = new List<string>();
        var words = new List<IReadOnlyList<string>>();
        text = text.Length <= LongestQuery ? text : text[..LongestQuery];
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (terms.Count < MostTerms && SymbolWords.Squash(part) is { Length: > 0 } term)
            {
                terms.Add(term);
                words.Add(SymbolWords.Split(part));
            }
        }

        return terms.Count == 0 ? null : new SymbolQuery(terms, words);
    }

    /// <summary>Every term as the beginning of a word, or its words one by one: <c>("almoste" * OR ("almost" * AND "e" *)) AND …</c>. Only letters and digits stand between the quotes.</summary>
    public string ToWordMatch() => string.Join(" AND ", Terms.Select((term, i) =>
        Words[i].Count < 2 ? $"\"{term}\" *" : $"(\"{term}\" * OR ({string.Join(" AND ", Words[i].Select(w => $"\"{w}\" *"))}))"));

    /// <summary>The query as a piece of a name; null when it is shorter than a trigram.</summary>
    public string? ToPieceMatch() => Joined.Length < 3 ? null : $"\"{Joined}\"";

    /// <summary>Any of its trigrams, for what is misspelt; null when that would say nothing.</summary>
    public string? ToFuzzyMatch() => ToFuzzyPieces() is { Length: > 0 } pieces ? string.Join(" OR ", pieces.Select(p => $"\"{p}\"")) : null;

    /// <summary>As <see cref="ToWordMatch"/>, for PostgreSQL: <c>('almoste':* | ('almost':* &amp; 'e':*)) &amp; …</c>.</summary>
    public string ToTextSearch() => string.Join(" & ", Terms.Select((term, i) =>
        Words[i].Count < 2 ? $"'{term}':*" : $"('{term}':* | ({string.Join(" & ", Words[i].Select(w => $"'{w}':*"))}))"));

    /// <summary>All of its trigrams, for a query that is a piece of a name; empty when it is shorter than one.</summary>
    public string[] ToPieces() => Trigrams(Joined);

    /// <summary>Its trigrams, for what is misspelt; empty when they would say nothing.</summary>
    public string[] ToFuzzyPieces() => Joined.Length is < 4 or > 40 ? [] : Trigrams(Joined);

    internal static string[] Trigrams(string text) => text.Length < 3 ? [] : [.. Enumerable.Range(0, text.Length - 2).Select(i => text.Substring(i, 3)).Distinct(StringComparer.Ordinal)];
}
