using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>The index in the embedded database: two full-text indexes give candidates, words by their beginnings and names by their trigrams.</summary>
public sealed class SqliteSymbolIndex(Database database) : SymbolIndex(database)
{
    private protected override async Task<IReadOnlyList<Row>> FindAsync(Session session, SymbolQuery query)
    {
        var arguments = new { words = query.ToWordMatch(), piece = query.ToPieceMatch(), Candidates };
        var rows = await session.ListAsync<Row>(
            Found + " JOIN symbol_words w ON w.rowid = s.id WHERE symbol_words MATCH @words ORDER BY bm25(symbol_words, 10.0, 3.0, 1.0) LIMIT @Candidates", arguments);
        return arguments.piece is null
            ? rows
            : [.. rows, .. await session.ListAsync<Row>(Found + " JOIN symbol_pieces w ON w.rowid = s.id WHERE symbol_pieces MATCH @piece ORDER BY rank LIMIT @Candidates", arguments)];
    }

    private protected override async Task<IReadOnlyList<Row>> FindMisspeltAsync(Session session, SymbolQuery query) => query.ToFuzzyMatch() is { } fuzzy
        ? await session.ListAsync<Row>(
            Found + " JOIN symbol_pieces w ON w.rowid = s.id WHERE symbol_pieces MATCH @fuzzy ORDER BY rank LIMIT @Candidates", new { fuzzy, Candidates })
        : [];

    private protected override async Task InsertAsync(Session session, string scope, string package, string version, long batch, IReadOnlyList<SymbolEntry> symbols)
    {
        foreach (var symbol in symbols)
        {
            var id = await session.CountAsync(
                """
                INSERT INTO symbols (batch, scope, name, version, symbol, kind, entry, address, summary, is_deprecated, is_member)
                VALUES (@batch, @scope, @package, @version, @Name, @Kind, @Entry, @Address, @Summary, @IsDeprecated, @IsMember) RETURNING id
                """,
                new { batch, scope, package, version, symbol.Name, symbol.Kind, symbol.Entry, symbol.Address, symbol.Summary, symbol.IsDeprecated, symbol.IsMember });
            await session.ExecuteAsync(
                "INSERT INTO symbol_words (rowid, symbol, package, summary) VALUES (@id, @symbol, @package, @summary); INSERT INTO symbol_pieces (rowid, symbol) VALUES (@id, @pieces)",
                new { id, symbol = SymbolWords.Index(symbol.Name), package = $"{SymbolWords.Index(scope)}{SymbolWords.Index(package)}", summary = symbol.Summary, pieces = SymbolWords.Squash(symbol.Name) });
        }
    }

    private protected override Task DeleteAsync(Session session, IReadOnlyList<long> ids) => session.ExecuteAsync(
        "DELETE FROM symbols WHERE id IN @ids; DELETE FROM symbol_words WHERE rowid IN @ids; DELETE FROM symbol_pieces WHERE rowid IN @ids", new { ids });
}
