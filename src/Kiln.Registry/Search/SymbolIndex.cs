using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>
/// What the engines' indexes have in common: candidates come from the index, and <see cref="SymbolRanking"/> decides. Rows are written in small transactions, because an embedded database
/// has one writer, under a batch number that the last one makes the package's.
/// </summary>
public abstract class SymbolIndex(Database database) : ISymbolIndex
{
    /// <summary>Of one package; a larger one is found by the symbols that come first, which are the top-level ones.</summary>
    internal const int MostSymbols = 20_000;

    /// <summary>That one query to the index gives.</summary>
    private protected const int Candidates = 200;

    private const int RowsAtOnce = 200;

    /// <summary>Fewer good hits than these make it look for misspelt names.</summary>
    private const int Enough = 8;

    /// <summary>Rows that may be shown, as <c>s</c>. What is internal says so in capitals.</summary>
    private protected const string Found =
        """
        SELECT s.id, s.scope, s.name, s.version, s.symbol, s.kind, s.entry, s.address, s.summary, s.is_deprecated, s.is_member
        FROM symbols s
        JOIN symbol_batches b ON b.scope = s.scope AND b.name = s.name AND b.batch = s.batch
        JOIN packages p ON p.scope = s.scope AND p.name = s.name AND p.is_archived = FALSE AND substr(p.description, 1, 8) <> 'INTERNAL'
        JOIN package_versions v ON v.scope = s.scope AND v.name = s.name AND v.version = s.version AND v.is_yanked = FALSE
        """;

    public async Task ReplaceAsync(string scope, string package, string version, IReadOnlyList<SymbolEntry> symbols, Func<Session, Task> fence, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(fence);

        // 1. What a killed run left. Nobody sees it.
        await DeleteOthersAsync(scope, package, fence, cancellation);

        // 2. The new rows. Nobody sees them yet.
        var batch = 1 + await database.ReadAsync(s => s.CountAsync("SELECT COALESCE(MAX(batch), 0) FROM symbol_batches WHERE scope = @scope AND name = @package", new { scope, package }), cancellation);
        foreach (var rows in symbols.Take(MostSymbols).Chunk(RowsAtOnce))
        {
            await database.FencedAsync(
                async session =>
                {
                    await fence(session);
                    await InsertAsync(session, scope, package, version, batch, rows);
                    return default(Done);
                },
                cancellation);
        }

        // 3. Now everybody does.
        await database.FencedAsync(
            async session =>
            {
                await fence(session);
                return await session.ExecuteAsync(
                    """
                    INSERT INTO symbol_batches (scope, name, batch) VALUES (@scope, @package, @batch)
                    ON CONFLICT (scope, name) DO UPDATE SET batch = @batch
                    """,
                    new { scope, package, batch });
            },
            cancellation);
        await DeleteOthersAsync(scope, package, fence, cancellation);
    }

    public Task<IReadOnlyList<SymbolHit>> SearchAsync(string query, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var typed = query.Trim();
        return SymbolQuery.Parse(typed) is { } parsed
            ? database.SnapshotAsync(session => SearchAsync(session, parsed, typed, Math.Clamp(limit, 1, 100)), cancellation)
            : Task.FromResult<IReadOnlyList<SymbolHit>>([]);
    }

    /// <summary>Symbols that have the query's words or its piece, as <see cref="Found"/> gives them.</summary>
    private protected abstract Task<IReadOnlyList<Row>> FindAsync(Session session, SymbolQuery query);

    /// <summary>Symbols that have any of the query's trigrams, those with most of them first.</summary>
    private protected abstract Task<IReadOnlyList<Row>> FindMisspeltAsync(Session session, SymbolQuery query);

    private protected abstract Task InsertAsync(Session session, string scope, string package, string version, long batch, IReadOnlyList<SymbolEntry> symbols);

    private protected abstract Task DeleteAsync(Session session, IReadOnlyList<long> ids);

    private async Task<IReadOnlyList<SymbolHit>> SearchAsync(Session session, SymbolQuery query, string typed, int limit)
    {
        var found = new Dictionary<long, (SymbolHit Hit, int Score)>();
        Add(await session.ListAsync<Row>(Found + " WHERE lower(s.symbol) = @lower LIMIT @Candidates", new { lower = typed.ToLowerInvariant(), Candidates }));
        Add(await FindAsync(session, query));
        if (found.Count < Enough)
        {
            Add(await FindMisspeltAsync(session, query));
        }

        return
        [
            .. found.Values.OrderByDescending(f => f.Score).ThenBy(f => f.Hit.Symbol.Name, StringComparer.Ordinal)
                .ThenBy(f => f.Hit.Scope, StringComparer.Ordinal).ThenBy(f => f.Hit.Package, StringComparer.Ordinal).ThenBy(f => f.Hit.Symbol.Entry, StringComparer.Ordinal)
                .Take(limit).Select(f => f.Hit),
        ];

        void Add(IReadOnlyList<Row> rows)
        {
            foreach (var row in rows)
            {
                var hit = row.ToHit();
                if (!found.ContainsKey(row.Id) && SymbolRanking.Score(query, hit.Symbol, $"{hit.Scope} {hit.Package}", typed) is { } score)
                {
                    found[row.Id] = (hit, score);
                }
            }
        }
    }

    private async Task DeleteOthersAsync(string scope, string package, Func<Session, Task> fence, CancellationToken cancellation)
    {
        while (await database.FencedAsync(
            async session =>
            {
                await fence(session);
                var ids = await session.ListAsync<long>(
                    """
                    SELECT id FROM symbols WHERE scope = @scope AND name = @package
                      AND batch <> COALESCE((SELECT batch FROM symbol_batches WHERE scope = @scope AND name = @package), 0) LIMIT @RowsAtOnce
                    """,
                    new { scope, package, RowsAtOnce });
                if (ids.Count > 0)
                {
                    await DeleteAsync(session, ids);
                }

                return ids.Count;
            },
            cancellation) > 0)
        {
            // In small steps: other writers wait for each of them.
        }
    }

    private protected sealed class Row
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
