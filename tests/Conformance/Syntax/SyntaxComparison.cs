namespace Kiln.Conformance.Syntax;

/// <summary>The verdicts of Kiln and typescript on the same files, and what the committed table says about their differences.</summary>
internal sealed class SyntaxComparison
{
    private readonly IReadOnlyDictionary<string, SyntaxError[]> kiln;
    private readonly IReadOnlyDictionary<string, SyntaxError[]> typescript;

    public SyntaxComparison(IReadOnlyDictionary<string, SyntaxError[]> kiln, IReadOnlyDictionary<string, SyntaxError[]> typescript)
    {
        Assert.Equal(kiln.Count, typescript.Count);
        this.kiln = kiln;
        this.typescript = typescript;
        foreach (var (file, ours) in kiln)
        {
            var theirs = typescript[file];
            if (ours.Length > 0 != theirs.Length > 0)
            {
                Differences[file] = ours.Length > 0 ? $"typescript accepts; Kiln: {ours[0]}" : $"Kiln accepts; typescript: {theirs[0]}";
            }
        }
    }

    /// <summary>Files that one accepts and the other refuses, with the first error.</summary>
    public SortedDictionary<string, string> Differences { get; } = new(StringComparer.Ordinal);

    public int RefusedByKiln => kiln.Values.Count(e => e.Length > 0);

    public int RefusedByTypeScript => typescript.Values.Count(e => e.Length > 0);

    /// <summary>Files that both refuse, with the first error of each in source order.</summary>
    public IEnumerable<(string File, SyntaxError Kiln, SyntaxError TypeScript)> FirstErrors =>
        kiln.Where(e => e.Value.Length > 0 && typescript[e.Key].Length > 0).Select(e => (e.Key, First(e.Value), First(typescript[e.Key])));

    private static SyntaxError First(SyntaxError[] errors) => errors.MinBy(e => (e.Line, e.Column))!;
}
