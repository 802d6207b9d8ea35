using System.Text;

namespace Kiln.Registry.Search;

/// <summary>The words of prose and of names, as the search over packages keeps and asks for them: lower case.</summary>
internal static class SearchText
{
    /// <summary>Greater than every character that a word can have.</summary>
    public const string Last = "\U0010FFFF";

    private const int LongestWord = 32;
    private const string Joints = "-._'\u2019";

    // What says nothing about a package.
    private static readonly HashSet<string> Stopwords = new(StringComparer.Ordinal)
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "for", "from", "has", "have", "how", "if", "in", "into", "is", "it", "its", "more", "not", "of", "on", "or", "other", "see", "so",
        "than", "that", "the", "their", "then", "there", "these", "they", "this", "to", "use", "used", "using", "was", "we", "what", "when", "which", "will", "with", "you", "your",
        "https", "http", "www", "com", "import", "const", "export", "jsr", "npm", "deno", "add", "install",
    };

    /// <summary>Lower case; NULs, which not every database takes, and half surrogate pairs are no text.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            folded.Append(rune.Value == 0 ? " " : Rune.ToLowerInvariant(rune).ToString());
        }

        return folded.ToString();
    }

    /// <summary>Of folded text: what stands between anything that is no letter and no digit.</summary>
    public static IEnumerable<string> Words(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && char.IsLetterOrDigit(folded[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                if (i - start <= LongestWord)
                {
                    yield return folded[start..i];
                }

                start = -1;
            }
        }
    }

    /// <summary>
    /// Of folded text: words that a single mark joins, run together, as a query runs them together: <c>command-line</c> is <c>commandline</c>, <c>node.js</c> is <c>nodejs</c>.
    /// </summary>
    public static IEnumerable<string> Compounds(string folded)
    {
        var (start, isCompound) = (-1, false);
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && char.IsLetterOrDigit(folded[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0 && i + 1 < folded.Length && Joints.Contains(folded[i]) && char.IsLetterOrDigit(folded[i + 1]))
            {
                isCompound = true;
            }
            else if (start >= 0)
            {
                if (isCompound && i - start <= 2 * LongestWord && SymbolWords.Squash(folded[start..i]) is { Length: <= LongestWord } word)
                {
                    yield return word;
                }

                (start, isCompound) = (-1, false);
            }
        }
    }

    public static bool SaysSomething(string word) => word.Length > 1 && !Stopwords.Contains(word);

    /// <summary>The trigrams of a word with its ends marked, by which a misspelt one is found: <c>path</c> has <c>^pa pat ath th$</c>.</summary>
    public static IEnumerable<string> Pieces(string word)
    {
        var marked = $"^{word}$";
        return Enumerable.Range(0, Math.Max(0, marked.Length - 2)).Select(i => marked.Substring(i, 3)).Distinct(StringComparer.Ordinal);
    }
}
