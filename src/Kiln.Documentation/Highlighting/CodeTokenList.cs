namespace Kiln.Documentation.Highlighting;

/// <summary>Tokens in the order of the code that do not overlap; plain ones are left out.</summary>
internal sealed class CodeTokenList
{
    private readonly List<CodeToken> tokens = [];

    public int Count => tokens.Count;

    public CodeToken this[int index] => tokens[index];

    /// <summary>What overlaps the token before is cut: a scanner that is wrong must not double text.</summary>
    public void Add(int start, int end, CodeClass kind)
    {
        start = tokens.Count == 0 ? start : Math.Max(start, tokens[^1].End);
        if (end <= start || kind == CodeClass.Plain)
        {
            return;
        }

        if (tokens.Count > 0 && tokens[^1] is var last && last.Class == kind && last.End == start)
        {
            tokens[^1] = last with { End = end };
            return;
        }

        tokens.Add(new CodeToken(start, end, kind));
    }
}
