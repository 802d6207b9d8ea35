using Kiln.Registry.Catalog;

namespace Kiln.Registry.Search;

/// <param name="Downloads">Of the last weeks.</param>
/// <param name="Dependents">Packages.</param>
internal readonly record struct PackageUse(long Downloads, long Dependents);

/// <summary>How much somebody who typed this wants that package: first how its name fits, which no popularity outweighs, then where its words stand and how much it is used.</summary>
internal static class PackageRanking
{
    private const double Class = 1_000;

    /// <summary>Of a class: so that use alone never lifts a package into the next one.</summary>
    private const double MostUse = 900;

    public static double Score(PackageQuery query, Package package, long weight, PackageUse use)
    {
        var (name, scope) = (SymbolWords.Squash(package.Name), SymbolWords.Squash(package.Scope));
        var joined = query.Joined;
        var fit = joined.Length == 0 ? 0
            : joined == scope + name ? 5
            : joined == name ? 4
            : query.Terms.Count > 1 && query.Terms.Contains(name, StringComparer.Ordinal) ? 3
            : name.StartsWith(joined, StringComparison.Ordinal) ? 2
            : weight >= SearchDocument.NameWeight * query.Required.Count ? 1
            : 0;
        var popularity = (60 * Math.Log10(1 + use.Downloads)) + (90 * Math.Log10(1 + use.Dependents)) + (package.Score ?? 0);
        return (fit * Class) + Math.Min(popularity + (4 * weight), MostUse);
    }

    /// <summary>Edits between a misspelt word and the nearest name of a subject, or null when they are no neighbours.</summary>
    public static int? Distance(string term, string subject)
    {
        var most = Math.Max(1, term.Length / 4);
        int? best = null;
        foreach (var word in subject.Split('/').SelectMany(part => SymbolWords.Index(part).Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (SymbolRanking.Distance(term, word, most) is { } distance && (best is null || distance < best))
            {
                best = distance;
            }
        }

        return best;
    }
}
