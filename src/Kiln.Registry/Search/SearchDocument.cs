namespace Kiln.Registry.Search;

/// <summary>What the search knows of a package, or of a scope: words with the weight of the best place where they stand, and the pieces of its names.</summary>
internal sealed class SearchDocument
{
    public const int NameWeight = 16;

    private const int ScopeWeight = 10;
    private const int KeywordWeight = 8;
    private const int DescriptionWeight = 6;
    private const int ReadmeWeight = 1;
    private const int MostReadmeWords = 300;
    private const int MostReadmeLength = 64 * 1024;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly HashSet<string> pieces = new(StringComparer.Ordinal);

    private SearchDocument(string scope, string name) => (Scope, Name) = (scope, name);

    public string Scope { get; }

    /// <summary>Empty for a scope.</summary>
    public string Name { get; }

    public string Subject => SubjectOf(Scope, Name);

    public IReadOnlyDictionary<string, int> Words => words;

    public IReadOnlyCollection<string> Pieces => pieces;

    public static string SubjectOf(string scope, string name) => name.Length == 0 ? "@" + scope : $"@{scope}/{name}";

    public static SearchDocument OfPackage(string scope, string name, string description, IEnumerable<string> keywords, string readme)
    {
        var document = new SearchDocument(scope, name);
        document.AddName(name, NameWeight);
        document.AddName(scope, ScopeWeight);
        document.AddProse(string.Join(' ', keywords), KeywordWeight, int.MaxValue);
        document.AddProse(description, DescriptionWeight, int.MaxValue);
        document.AddProse(readme.Length <= MostReadmeLength ? readme : readme[..MostReadmeLength], ReadmeWeight, MostReadmeWords);
        return document;
    }

    public static SearchDocument OfScope(string scope, string description)
    {
        var document = new SearchDocument(scope, "");
        document.AddName(scope, NameWeight);
        document.AddProse(description, DescriptionWeight, int.MaxValue);
        return document;
    }

    /// <summary>Names in the ways in which they are written: <c>deep-clone</c> is <c>deep</c>, <c>clone</c> and <c>deepclone</c>.</summary>
    private void AddName(string name, int weight)
    {
        foreach (var word in SymbolWords.Index(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Add(word, weight);
            pieces.UnionWith(SearchText.Pieces(word));
        }
    }

    private void AddProse(string text, int weight, int most)
    {
        var folded = SearchText.Fold(text);
        foreach (var word in SearchText.Words(folded).Where(SearchText.SaysSomething).Distinct(StringComparer.Ordinal).Take(most)
            .Concat(SearchText.Compounds(folded).Distinct(StringComparer.Ordinal).Take(most)))
        {
            Add(word, weight);
        }
    }

    private void Add(string word, int weight) => words[word] = Math.Max(weight, words.GetValueOrDefault(word));
}
