namespace Kiln.Packages.Licenses;

/// <summary>
/// A text as a sequence of words, without what differs between two copies of one license: copyright lines, case, punctuation, comment
/// marks, and the instructions that may follow the terms.
/// </summary>
internal static class LicenseWords
{
    /// <summary>The first words of instructions to authors, which many copies leave out.</summary>
    private static readonly string[] Closings = ["end of terms and conditions", "how to apply", "appendix how to apply", "appendix: how to apply"];

    /// <summary>No closing stands before this many words; a text that begins like one is not cut to nothing.</summary>
    private const int ShortestTerms = 200;

    /// <summary>A hash of each word in order. Two different words share a hash about once in four billion, which no likeness notices.</summary>
    public static uint[] Read(ReadOnlySpan<char> text)
    {
        var words = new List<uint>(text.Length / 6);
        foreach (var line in text.EnumerateLines())
        {
            var rest = line.TrimStart(" \t*/#;->|\"'_");
            if (words.Count >= ShortestTerms && IsClosing(rest))
            {
                break;
            }

            if (!IsCopyrightLine(rest))
            {
                AddWords(rest, words);
            }
        }

        return [.. words];
    }

    private static bool IsClosing(ReadOnlySpan<char> line)
    {
        foreach (var closing in Closings)
        {
            if (line.StartsWith(closing, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Copyright (c) 2024 Somebody", "(c) …", "© …", "All rights reserved.".</summary>
    private static bool IsCopyrightLine(ReadOnlySpan<char> line) =>
        (line.StartsWith("copyright ", StringComparison.OrdinalIgnoreCase) && IsNotice(line["copyright ".Length..].TrimStart()))
        || line.StartsWith("(c)", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("©", StringComparison.Ordinal)
        || line.StartsWith("all rights reserved", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("portions copyright", StringComparison.OrdinalIgnoreCase);

    /// <summary>Not "copyright notice and …" and "copyright holders …", which begin lines inside many license texts.</summary>
    private static bool IsNotice(ReadOnlySpan<char> rest) =>
        rest.IsEmpty || rest[0] is '(' or '©' or '<' or '[' or '{' || char.IsAsciiDigit(rest[0]) || char.IsUpper(rest[0]);

    private static void AddWords(ReadOnlySpan<char> line, List<uint> words)
    {
        Span<char> lower = stackalloc char[64];
        var at = 0;
        while (at < line.Length)
        {
            if (!char.IsLetterOrDigit(line[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < line.Length && char.IsLetterOrDigit(line[at]))
            {
                at++;
            }

            // The longest word of any license has less than 40 letters.
            var word = line[start..Math.Min(at, start + lower.Length)];
            words.Add(Hash(Unify(lower[..word.ToLowerInvariant(lower)])));
        }
    }

    /// <summary>Spellings that the SPDX matching guidelines count as equal and that occur in common licenses.</summary>
    private static ReadOnlySpan<char> Unify(ReadOnlySpan<char> word) => word switch
    {
        "licence" => "license",
        "licences" => "licenses",
        "licenced" => "licensed",
        "sublicence" => "sublicense",
        "https" => "http",
        "merchantibility" => "merchantability",
        _ => word,
    };

    /// <summary>FNV-1a: the same on every machine and in every run, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }
}
