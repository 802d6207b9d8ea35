using Kiln.Registry.Catalog;

namespace Kiln.Registry.Search;

/// <summary>
/// What was typed: words, of which all that say something have to be found, and filters: <c>scope:NAME</c>, <c>runtime:NAME</c> (several: all), <c>is:archived</c>, <c>is:featured</c>. <c>@scope/name</c> and
/// <c>@scope</c> are words of a name. What looks like a filter and is none is words.
/// </summary>
public sealed class PackageQuery
{
    public const int LongestText = 200;

    private const int MostTerms = 8;

    private PackageQuery(string text, IReadOnlyList<string> terms, string? scope, IReadOnlyList<string> runtimes, bool isArchived, bool isFeatured)
    {
        (Text, Terms, Scope, Runtimes, IsArchived, IsFeatured) = (text, terms, scope, runtimes, isArchived, isFeatured);
        Required = terms.Any(SearchText.SaysSomething) ? [.. terms.Where(SearchText.SaysSomething)] : terms;
    }

    /// <summary>Without the filters.</summary>
    public string Text { get; }

    public string? Scope { get; }

    public IReadOnlyList<string> Runtimes { get; }

    public bool IsArchived { get; }

    public bool IsFeatured { get; }

    /// <summary>There is nothing to look for.</summary>
    public bool IsEmpty => Terms.Count == 0 && !HasFilters;

    public bool HasFilters => Scope is not null || Runtimes.Count > 0 || IsArchived || IsFeatured;

    /// <summary>Folded, letters and digits only.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>
    /// The terms that have to be found. What says nothing is not kept of prose, so it cannot be asked for beside what says something: "parser for yaml". Alone it may be a name.
    /// </summary>
    internal IReadOnlyList<string> Required { get; }

    internal string Joined => string.Concat(Terms);

    /// <summary>A text that is too long is cut; <see cref="LongestText"/> characters are more than anybody means.</summary>
    public static PackageQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        string? scope = null;
        var runtimes = new List<string>();
        var (archived, featured) = (false, false);
        foreach (var part in (text.Length <= LongestText ? text : text[..LongestText]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            switch (part.ToLowerInvariant().Split(':', 2))
            {
                case ["scope", { Length: > 0 } name]:
                    scope = name.TrimStart('@');
                    break;
                case ["runtime", var name] when PackageService.Runtimes.Contains(name, StringComparer.Ordinal):
                    runtimes.Add(name);
                    break;
                case ["is", "archived"]:
                    archived = true;
                    break;
                case ["is", "featured"]:
                    featured = true;
                    break;
                default:
                    words.Add(part);
                    break;
            }
        }

        var typed = string.Join(' ', words);
        var terms = words.SelectMany(w => w.Split(['/', ',', ':'], StringSplitOptions.RemoveEmptyEntries)).Select(w => SymbolWords.Squash(SearchText.Fold(w))).Where(w => w.Length > 0);
        return new PackageQuery(typed, [.. terms.Distinct(StringComparer.Ordinal).Take(MostTerms)], scope, runtimes, archived, featured);
    }
}
