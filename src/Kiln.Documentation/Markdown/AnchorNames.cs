namespace Kiln.Documentation.Markdown;

/// <summary>Gives out the ids of one page, each once (docs.md §10.4). Not for more than one thread.</summary>
public sealed class AnchorNames
{
    /// <summary>In front of every id that comes from an author's text, so that it can hide neither an id of ours nor a property of the document (security.md B5).</summary>
    public const string UserPrefix = "user-content-";

    private readonly Dictionary<string, int> used = new(StringComparer.Ordinal);

    /// <summary>An id that the page itself makes: <c>function_add_0</c>. Anchorised; <c>-1</c>, <c>-2</c> … is added to one that was given out before.</summary>
    public string Add(string name) => Unique(Anchorize(name));

    /// <summary>An id from an author's text: <see cref="UserPrefix"/> and the anchorised text, made unique.</summary>
    public string AddUserContent(string text) => Unique(UserPrefix + Anchorize(text));

    /// <summary>As on GitHub: lower case, blanks become <c>-</c>, what is neither letter, mark, digit, <c>_</c> nor <c>-</c> goes.</summary>
    public static string Anchorize(string text)
    {
        var characters = new char[Math.Min(text.Length, MaximumLength)];
        var length = 0;
        foreach (var c in text)
        {
            if (length == characters.Length)
            {
                break;
            }

            if (c == ' ')
            {
                characters[length++] = '-';
            }
            else if (c is '_' or '-' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.ConnectorPunctuation)
            {
                characters[length++] = char.ToLowerInvariant(c);
            }
        }

        return new string(characters, 0, length);
    }

    /// <summary>Longer headings share their beginning and differ in their number.</summary>
    private const int MaximumLength = 200;

    private string Unique(string name)
    {
        if (used.TryAdd(name, 0))
        {
            return name;
        }

        // The number goes on from the last one, so that a thousand equal headings cost a thousand steps.
        while (true)
        {
            var candidate = $"{name}-{++used[name]}";
            if (used.TryAdd(candidate, 0))
            {
                return candidate;
            }
        }
    }
}
