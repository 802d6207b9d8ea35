using Kiln.Registry.Catalog;

namespace Kiln.Registry.Search;

/// <param name="Packages">The best first, as many as were asked for.</param>
/// <param name="Total">All packages that were found; a search looks no further than a thousand.</param>
/// <param name="Scopes">At most ten, the best first; none when the query has filters.</param>
public sealed record PackageSearchResult(IReadOnlyList<Package> Packages, int Total, IReadOnlyList<Scope> Scopes)
{
    public static PackageSearchResult Empty { get; } = new([], 0, []);
}
