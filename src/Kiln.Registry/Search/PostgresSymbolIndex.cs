using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>
/// The index in PostgreSQL: the words of a symbol as a <c>tsvector</c>, weighted by where they stand, and the trigrams of its name as an array. Words and trigrams are made here and not by
/// the server's text search, so that both engines find the same, and no extension is needed.
/// </summary>
public sealed class PostgresSymbolIndex(Database database) : SymbolIndex(database)
{
    /// <summary>A longer word is found by its beginning; the server takes 2046 bytes.</summary>
    private const int LongestWord = 200;

    private const int MostSummaryWords = 60;

    private protected override async Task<IReadOnlyList<Row>> FindAsync(Session session, SymbolQuery query)
    {
        var arguments = new { words = query.ToTextSearch(), pieces = query.ToPieces(), Candidates };
        var rows = await session.ListAsync<Row>(
            Found + " WHERE s.words @@ @words::tsquery ORDER BY ts_rank('{0, 0.1, 0.3, 1.0}', s.words, @words::tsquery, 1) DESC, s.id LIMIT @Candidates", arguments);
        return arguments.pieces.Length == 0
            ? rows
            : [.. rows, .. await session.ListAsync<Row>(Found + " WHERE s.pieces @> @pieces ORDER BY cardinality(s.pieces), s.id LIMIT @Candidates", arguments)];
    }

    private protected override async Task<IReadOnlyList<Row>> FindMisspeltAsync(Session session, SymbolQuery query) => query.ToFuzzyPieces() is { Length: > 0 } pieces
        ? await session.ListAsync<Row>(
            $"""
            {Found}
            WHERE s.pieces && @pieces
            ORDER BY cardinality(ARRAY(SELECT unnest(s.pieces) INTERSECT SELECT unnest(@pieces))) * 2.0 / (cardinality(s.pieces) + cardinality(@pieces)) DESC, s.id LIMIT @Candidates
            """,
            new { pieces, Candidates })
        : [];

    /// <summary>In one statement: a package may have thousands.</summary>
    private protected override Task InsertAsync(Session session, string scope, string package, string version, long batch, IReadOnlyList<SymbolEntry> symbols)
    {
        var around = Lexemes($"{SymbolWords.Index(scope)}{SymbolWords.Index(package)}".Split(' ', StringSplitOptions.RemoveEmptyEntries), 'B');
        return session.ExecuteAsync(
            """
            INSERT INTO symbols (batch, scope, name, version, symbol, kind, entry, address, summary, is_deprecated, is_member, words, pieces)
            SELECT @batch, @scope, @package, @version, symbol, kind, entry, address, summary, is_deprecated, is_member, words::tsvector, string_to_array(pieces, ' ')
            FROM unnest(@names, @kinds, @entries, @addresses, @summaries, @deprecated, @members, @words, @pieces)
              AS s (symbol, kind, entry, address, summary, is_deprecated, is_member, words, pieces)
            """,
            new
            {
                batch, scope, package, version,
                names = symbols.Select(s => s.Name).ToArray(),
                kinds = symbols.Select(s => s.Kind).ToArray(),
                entries = symbols.Select(s => s.Entry).ToArray(),
                addresses = symbols.Select(s => s.Address).ToArray(),
                summaries = symbols.Select(s => s.Summary).ToArray(),
                deprecated = symbols.Select(s => s.IsDeprecated).ToArray(),
                members = symbols.Select(s => s.IsMember).ToArray(),
                words = symbols.Select(s => Words(s, around)).ToArray(),
                pieces = symbols.Select(s => string.Join(' ', SymbolQuery.Trigrams(SymbolWords.Squash(s.Name)))).ToArray(),
            });
    }

    private protected override Task DeleteAsync(Session session, IReadOnlyList<long> ids) => session.ExecuteAsync("DELETE FROM symbols WHERE id IN @ids", new { ids });

    private static string Words(SymbolEntry symbol, string around)
    {
        var own = Lexemes(SymbolWords.Index(symbol.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries), 'A');
        var summary = Lexemes(SymbolWords.Split(symbol.Summary.Replace('-', ' '), MostSummaryWords), 'C');
        return $"{own} {around} {summary}";
    }

    /// <summary>The text form of a <c>tsvector</c>: <c>'assert':1A 'equals':1A</c>. Only letters and digits stand between the quotes.</summary>
    private static string Lexemes(IEnumerable<string> words, char weight) =>
        string.Join(' ', words.Select(w => w.Length <= LongestWord ? w : w[..LongestWord]).Distinct(StringComparer.Ordinal).Select(w => $"'{w}':1{weight}"));
}
