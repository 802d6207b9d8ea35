using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>
/// The index in the embedded database: two full-text indexes give candidates, words by their beginnings and names by their trigrams, and <see cref="SymbolRanking"/> decides. Rows are
/// written in small transactions, because the database has one writer, under a batch number that the last one makes the package's.
/// </summary>
public sealed class SqliteSymbolIndex(Database database) : ISymbolIndex
{
    /// <summary>Of one package; a larger one is found by the symbols that come first, which are the top-level ones.</summary>
    internal const int MostSymbols = 20_000;

    private const int RowsAtOnce = 200;
    private const int Candidates = 200;

    /// <summary>Fewer good hits than these make it look for misspelt names.</summary>
    private const int Enough = 8;

    private const string Found =
        """
        SELECT s.id, s.scope, s.name, s.version, s.symbol, s.kind, s.entry, s.address, s.summary, s.is_deprecated, s.is_member
        FROM symbols s
        JOIN symbol_batches b ON b.scope = s.scope AND b.name = s.name AND b.batch = s.batch
        JOIN packages p ON p.scope = s.scope AND p.name = s.name AND p.is_archived = FALSE AND p.description NOT LIKE 'INTERNAL%'
        JOIN package_versions v ON v.scope = s.scope AND v.name = s.name AND v.version = s.version AND v.is_yanked = FALSE
        """;

    public async Task ReplaceAsync(string scope, string package, string version, IReadOnlyList<SymbolEntry> symbols, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbols);

        // 1. What a killed run left. Nobody sees it.
        await DeleteOthersAsync(scope, package, cancellation);

        // 2. The new rows. Nobody sees them yet.
        var batch = 1 + await database.ReadAsync(s => s.CountAsync("SELECT COALESCE(MAX(batch), 0) FROM symbol_batches WHERE scope = @scope AND name = @package", new { scope, package }), cancellation);
        foreach (var rows in symbols.Take(MostSymbols).Chunk(RowsAtOnce))
        {
            await database.ChangeAsync(
                async session =>
                {
                    foreach (var symbol in rows)
                    {
                        await InsertAsync(session, scope, package, version, batch, symbol);
                    }

                    return default(Done);
                },
                cancellation);
        }

        // 3. Now everybody does.
        await database.ChangeAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO symbol_batches (scope, name, batch) VALUES (@scope, @package, @batch)
                ON CONFLICT (scope, name) DO UPDATE SET batch = @batch
                """,
                new { scope, package, batch }),
            cancellation);
        await DeleteOthersAsync(scope, package, cancellation);
    }

    public Task<IReadOnlyList<SymbolHit>> SearchAsync(string query, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var typed = query.Trim();
        return SymbolQuery.Parse(typed) is { } parsed
            ? database.SnapshotAsync(session => SearchAsync(session, parsed, typed, Math.Clamp(limit, 1, 100)), cancellation)
            : Task.FromResult<IReadOnlyList<SymbolHit>>([]);
    }

    private static async Task<IReadOnlyList<SymbolHit>> SearchAsync(Session session, SymbolQuery query, string typed, int limit)
    {
        var found = new Dictionary<long, (SymbolHit Hit, int Score)>();
        await AddAsync(Found + " WHERE lower(s.symbol) = @lower LIMIT @Candidates");
        await AddAsync(Found + " JOIN symbol_words w ON w.rowid = s.id WHERE symbol_words MATCH @words ORDER BY bm25(symbol_words, 10.0, 3.0, 1.0) LIMIT @Candidates");
        if (query.ToPieceMatch() is not null)
        {
            await AddAsync(Found + " JOIN symbol_pieces w ON w.rowid = s.id WHERE symbol_pieces MATCH @piece ORDER BY rank LIMIT @Candidates");
        }

        if (found.Count < Enough && query.ToFuzzyMatch() is not null)
        {
            await AddAsync(Found + " JOIN symbol_pieces w ON w.rowid = s.id WHERE symbol_pieces MATCH @fuzzy ORDER BY rank LIMIT @Candidates");
        }

        return
        [
            .. found.Values.OrderByDescending(f => f.Score).ThenBy(f => f.Hit.Symbol.Name, StringComparer.Ordinal)
                .ThenBy(f => f.Hit.Scope, StringComparer.Ordinal).ThenBy(f => f.Hit.Package, StringComparer.Ordinal).ThenBy(f => f.Hit.Symbol.Entry, StringComparer.Ordinal)
                .Take(limit).Select(f => f.Hit),
        ];

        async Task AddAsync(string sql)
        {
            var arguments = new { lower = typed.ToLowerInvariant(), words = query.ToWordMatch(), piece = query.ToPieceMatch(), fuzzy = query.ToFuzzyMatch(), Candidates };
            foreach (var row in await session.ListAsync<Row>(sql, arguments))
            {
                var hit = row.ToHit();
                if (!found.ContainsKey(row.Id) && SymbolRanking.Score(query, hit.Symbol, $"{hit.Scope} {hit.Package}", typed) is { } score)
                {
                    found[row.Id] = (hit, score);
                }
            }
        }
    }

    private static async Task InsertAsync(Session session, string scope, string package, string version, long batch, SymbolEntry symbol)
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

    private async Task DeleteOthersAsync(string scope, string package, CancellationToken cancellation)
    {
        while (await database.ChangeAsync(
            async session =>
            {
                var ids = await session.ListAsync<long>(
                    """
                    SELECT id FROM symbols WHERE scope = @scope AND name = @package
                      AND batch <> COALESCE((SELECT batch FROM symbol_batches WHERE scope = @scope AND name = @package), 0) LIMIT @RowsAtOnce
                    """,
                    new { scope, package, RowsAtOnce });
                await session.ExecuteAsync("DELETE FROM symbols WHERE id IN @ids; DELETE FROM symbol_words WHERE rowid IN @ids; DELETE FROM symbol_pieces WHERE rowid IN @ids", new { ids });
                return ids.Count;
            },
            cancellation) > 0)
        {
            // In small steps: other writers wait for each of them.
        }
    }

    private sealed class Row
    {
        public long Id { get; set; }

        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string Symbol { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Entry { get; set; } = "";

        public string Address { get; set; } = "";

        public string Summary { get; set; } = "";

        public bool IsDeprecated { get; set; }

        public bool IsMember { get; set; }

        public SymbolHit ToHit() => new(Scope, Name, Version, new SymbolEntry(Symbol, Kind, Entry, Address, Summary, IsDeprecated, IsMember));
    }
}
