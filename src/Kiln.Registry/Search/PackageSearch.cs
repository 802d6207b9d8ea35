using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>
/// Every word of the query gives the subjects that have it, by its beginning or, when nothing has it, by likeness to a name; what is left of all of them is ranked with what the database
/// knows about use.
/// </summary>
public sealed class PackageSearch(Database database) : IPackageSearch
{
    private const int MostHits = 5_000;
    private const int MostSimilar = 200;
    private const int MostScopes = 10;
    private const int SimilarWeight = 3;

    /// <summary>Downloads that count are those of so many days.</summary>
    private const int RecentDays = 30;

    /// <summary>Packages that are ranked, of those that may be found and fit the filters.</summary>
    internal int MostCandidates { get; init; } = 1_000;

    public Task<PackageSearchResult> SearchAsync(PackageQuery query, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.IsEmpty ? Task.FromResult(PackageSearchResult.Empty) : database.SnapshotAsync(s => SearchAsync(s, query, Math.Clamp(limit, 1, 100)), cancellation);
    }

    private async Task<PackageSearchResult> SearchAsync(Session session, PackageQuery query, int limit)
    {
        // 1. What fits the words.
        var found = query.Terms.Count == 0 ? null : await MatchAsync(session, query);

        // 2. Of that, what may be found and fits the filters; only then it is cut.
        var packages = found is null
            ? await SearchFacts.ListAllAsync(session, query, MostCandidates)
            : await SearchFacts.ListAsync(
                session,
                [.. found.Where(f => f.Key.Contains('/', StringComparison.Ordinal)).OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key)],
                query, MostCandidates);

        // 3. In the order in which people want them.
        var use = await SearchFacts.UseAsync(session, [.. packages.Select(Subject)], session.Now.AddDays(-RecentDays));
        var ranked = packages
            .Select(p => (Package: p, Rank: PackageRanking.Score(query, p, found?.GetValueOrDefault(Subject(p)) ?? 0, use.GetValueOrDefault(Subject(p)))))
            .OrderByDescending(r => r.Rank).ThenBy(r => r.Package.Name, StringComparer.Ordinal).ThenBy(r => r.Package.Scope, StringComparer.Ordinal)
            .Select(r => r.Package).ToList();
        return new PackageSearchResult([.. ranked.Take(limit)], ranked.Count, found is null || query.HasFilters ? [] : await ScopesAsync(session, query, found));
    }

    /// <summary>Subjects that have all terms which have to be found, and the sum of the weights of all terms.</summary>
    private static async Task<Dictionary<string, long>> MatchAsync(Session session, PackageQuery query)
    {
        Dictionary<string, long>? all = null;
        foreach (var term in query.Required)
        {
            var hits = (await SearchStore.FindAsync(session, term, MostHits)).ToDictionary(h => h.Subject, h => h.Weight, StringComparer.Ordinal);
            if (hits.Count == 0)
            {
                hits = await SimilarAsync(session, term);
            }

            all = all is null ? hits : all.Where(a => hits.ContainsKey(a.Key)).ToDictionary(a => a.Key, a => a.Value + hits[a.Key], StringComparer.Ordinal);
        }

        foreach (var term in query.Terms.Except(query.Required, StringComparer.Ordinal))
        {
            foreach (var hit in await SearchStore.FindWordAsync(session, term, MostHits))
            {
                if (all?.TryGetValue(hit.Subject, out var weight) == true)
                {
                    all[hit.Subject] = weight + hit.Weight;
                }
            }
        }

        return all ?? [];
    }

    private static async Task<Dictionary<string, long>> SimilarAsync(Session session, string term)
    {
        var similar = new Dictionary<string, long>(StringComparer.Ordinal);
        if (term.Length is < 4 or > 40)
        {
            return similar; // Of three letters everything is the neighbour of everything.
        }

        foreach (var hit in await SearchStore.FindSimilarAsync(session, [.. SearchText.Pieces(term)], MostSimilar))
        {
            if (PackageRanking.Distance(term, hit.Subject) is { } distance)
            {
                similar[hit.Subject] = Math.Max(1, SimilarWeight - distance);
            }
        }

        return similar;
    }

    private static async Task<IReadOnlyList<Scope>> ScopesAsync(Session session, PackageQuery query, Dictionary<string, long> found)
    {
        var names = found.Where(f => !f.Key.Contains('/', StringComparison.Ordinal))
            .OrderByDescending(f => f.Key == "@" + query.Joined).ThenByDescending(f => f.Value).ThenBy(f => f.Key.Length).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Take(MostScopes).Select(f => f.Key[1..]).ToList();
        var scopes = (await SearchFacts.ScopesAsync(session, names)).ToDictionary(s => s.Name, StringComparer.Ordinal);
        return [.. names.Where(scopes.ContainsKey).Select(n => scopes[n])];
    }

    private static string Subject(Package package) => SearchDocument.SubjectOf(package.Scope, package.Name);
}
