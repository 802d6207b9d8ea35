namespace Kiln.Analysis.Emit;

/// <summary>Answers whether a name that the emitter would like to use stands anywhere in the file, each in one pass over the text at most.</summary>
/// <remarks>
/// Words are compared as written: in comments and strings they count too, and a name spelt with escapes does not. Asking the text for one candidate after
/// another would take quadratic time over a file that contains many of them.
/// </remarks>
internal sealed class FileNames(string text)
{
    private HashSet<string>? numbered;
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>The file has this word. The name ends in an underscore and digits.</summary>
    public bool HasNumbered(string name)
    {
        if (numbered is null)
        {
            numbered = new HashSet<string>(StringComparer.Ordinal);
            lookup = numbered.GetAlternateLookup<ReadOnlySpan<char>>();
            Collect();
        }

        return lookup.Contains(name);
    }

    /// <summary>The name with so many underscores in front that the file does not contain it.</summary>
    public string Free(string name)
    {
        var most = -1;
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var start = at;
            while (start > 0 && text[start - 1] == '_')
            {
                start--;
            }

            most = Math.Max(most, at - start);
        }

        return most < 0 ? name : new string('_', most + 1) + name;
    }

    private void Collect()
    {
        for (var at = text.IndexOf('_', StringComparison.Ordinal); at >= 0; at = text.IndexOf('_', at))
        {
            var digits = at + 1;
            var end = digits;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end > digits && (end == text.Length || !IsWordPart(text[end])))
            {
                var start = at;
                while (start > 0 && IsWordPart(text[start - 1]))
                {
                    start--;
                }

                numbered!.Add(text[start..end]);
            }

            at = Math.Max(end, digits);
            if (at >= text.Length)
            {
                break;
            }
        }
    }

    private static bool IsWordPart(char c) => c is '_' or '$' || char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '\u200c' or '\u200d';
}
