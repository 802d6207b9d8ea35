using System.Text;

namespace Kiln.Registry.Search;

/// <summary>The words of a symbol's name: it is split at capitals, digits and marks, as people remember it.</summary>
internal static class SymbolWords
{
    /// <summary>Of one name; a longer one is found by its beginning.</summary>
    private const int MostWords = 24;

    private const int LongestName = 256;

    /// <summary><c>assertAlmostEquals</c>: <c>assert</c>, <c>almost</c>, <c>equals</c>. <c>parseJSONValue</c>: <c>parse</c>, <c>json</c>, <c>value</c>.</summary>
    /// <param name="most">More words than this are left out.</param>
    public static List<string> Split(string name, int most = MostWords)
    {
        var words = new List<string>();
        var end = Math.Min(name.Length, LongestName);
        var start = -1;
        for (var i = 0; i < end && words.Count < most; i++)
        {
            var c = name[i];
            if (!char.IsLetterOrDigit(c))
            {
                Close(i);
                continue;
            }

            var begins = start >= 0 && (
                (char.IsUpper(c) && (!char.IsUpper(name[i - 1]) || (i + 1 < end && char.IsLower(name[i + 1]))))
                || (char.IsDigit(c) != char.IsDigit(name[i - 1])));
            if (begins)
            {
                Close(i);
            }

            start = start < 0 ? i : start;
        }

        Close(end);
        return words;

        void Close(int at)
        {
            if (start >= 0 && words.Count < most)
            {
                words.Add(name[start..at].ToLowerInvariant());
            }

            start = -1;
        }
    }

    /// <summary>
    /// What the index keeps of a name: every word, and from every word on all that follows, run together, so that <c>almostE</c> finds <c>assertAlmostEquals</c> by its prefix
    /// <c>almoste</c>.
    /// </summary>
    public static string Index(string name)
    {
        var words = Split(name);
        var text = new StringBuilder();
        var tail = "";
        for (var i = words.Count - 1; i >= 0; i--)
        {
            text.Append(words[i]).Append(' ');
            tail = words[i] + tail;
            if (i < words.Count - 1)
            {
                text.Append(tail).Append(' ');
            }
        }

        return text.ToString();
    }

    /// <summary>Lower case, without what is neither letter nor digit.</summary>
    public static string Squash(string text)
    {
        var squashed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                squashed.Append(char.ToLowerInvariant(c));
            }
        }

        return squashed.ToString();
    }
}
