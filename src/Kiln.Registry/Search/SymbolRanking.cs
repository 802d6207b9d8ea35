namespace Kiln.Registry.Search;

/// <summary>How well a symbol fits a query: classes of fits, each better than all below it, and inside a class what is shorter, public and alive.</summary>
internal static class SymbolRanking
{
    private const int Class = 1000;

    /// <summary>Higher is better; null when the symbol does not fit at all.</summary>
    public static int? Score(SymbolQuery query, SymbolEntry symbol, string package, string typed)
    {
        var own = symbol.Name[(symbol.Name.LastIndexOf('.') + 1)..];
        var (whole, last) = (SymbolWords.Squash(symbol.Name), SymbolWords.Squash(own));
        if (Fit(query, symbol, package, typed, own, whole, last) is not { } fit)
        {
            return null;
        }

        var score = (fit * Class) - Math.Min(whole.Length * 4, 500);
        score -= symbol.IsMember ? 120 : 0;
        score -= symbol.IsDeprecated ? 250 : 0;
        return score;
    }

    private static int? Fit(SymbolQuery query, SymbolEntry symbol, string package, string typed, string own, string whole, string last)
    {
        var joined = query.Joined;
        if (typed == symbol.Name || typed == own)
        {
            return 9;
        }

        if (joined == last || joined == whole)
        {
            return 8;
        }

        if (last.StartsWith(joined, StringComparison.Ordinal) || whole.StartsWith(joined, StringComparison.Ordinal))
        {
            return 7;
        }

        var words = SymbolWords.Index(symbol.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(w => w.StartsWith(joined, StringComparison.Ordinal)))
        {
            return 6;
        }

        if (Enumerable.Range(0, query.Terms.Count).All(i => Begins(words, query, i)))
        {
            return 5;
        }

        if (whole.Contains(joined, StringComparison.Ordinal))
        {
            return 4;
        }

        var distance = Distance(joined, last, Math.Max(1, joined.Length / 4));
        if (distance is not null)
        {
            return 3;
        }

        // Some words name the package or stand in the summary.
        var around = SymbolWords.Index(package).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SymbolWords.Split(symbol.Summary.Replace('-', ' '))).ToArray();
        var inName = Enumerable.Range(0, query.Terms.Count).Count(i => Begins(words, query, i));
        var all = Enumerable.Range(0, query.Terms.Count).All(i => Begins(words, query, i) || Begins(around, query, i));
        return all ? (inName > 0 ? 2 : 1) : null;
    }

    private static bool Begins(string[] words, SymbolQuery query, int term) =>
        words.Any(w => w.StartsWith(query.Terms[term], StringComparison.Ordinal))
        || (query.Words[term].Count > 1 && query.Words[term].All(p => words.Any(w => w.StartsWith(p, StringComparison.Ordinal))));

    /// <summary>Edits between two words (a swap of neighbours is one), or null when there are more than <paramref name="most"/>.</summary>
    internal static int? Distance(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return null;
        }

        var before = new int[other.Length + 1];
        var last = new int[other.Length + 1];
        var now = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            var best = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = one[i - 1] == other[j - 1];
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }

                best = Math.Min(best, now[j]);
            }

            if (best > most)
            {
                return null;
            }

            (before, last, now) = (last, now, before);
        }

        return last[other.Length] <= most ? last[other.Length] : null;
    }
}
