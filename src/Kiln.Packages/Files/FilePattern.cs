namespace Kiln.Packages.Files;

internal enum PatternMatch : byte
{
    None,
    Positive,

    /// <summary>The entry starts with <c>!</c>.</summary>
    Negative,
}

/// <summary>
/// One entry of <c>include</c> or <c>exclude</c> (publishing.md §1.6): with <c>*</c> or <c>?</c> a glob, else a path that also stands for everything below it;
/// <c>!</c> in front negates.
/// </summary>
internal sealed class FilePattern
{
    private readonly bool negated;
    private readonly PathGlob? glob;

    private FilePattern(string text, bool negated, string @base, PathGlob? glob)
    {
        Text = text;
        this.negated = negated;
        Base = @base;
        this.glob = glob;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    public bool IsNegated => negated;

    public bool IsGlob => glob is not null;

    /// <summary>The path itself, or the folder below which the glob looks. Absolute.</summary>
    public string Base { get; }

    /// <param name="folder">What the entry is relative to.</param>
    /// <param name="text">The entry.</param>
    public static FilePattern Parse(string folder, string text)
    {
        var negated = text.StartsWith('!');
        var path = (negated ? text[1..] : text).Replace('\\', '/');
        var wildcard = path.AsSpan().IndexOfAny('*', '?');
        if (wildcard < 0)
        {
            return new FilePattern(text, negated, TreePath.Resolve(folder, path), null);
        }

        var slash = path.LastIndexOf('/', wildcard);
        var @base = slash < 0 ? folder : TreePath.Resolve(folder, path[..(slash + 1)]);
        return new FilePattern(text, negated, @base, new PathGlob(path[(slash + 1)..], GlobOptions.IgnoreCase | GlobOptions.HideDotNames));
    }

    public PatternMatch Match(string path)
    {
        var matches = TreePath.IsWithin(path, Base) && (glob is null || (path.Length > Base.Length && glob.IsMatch(TreePath.Below(path, Base))));
        return !matches ? PatternMatch.None : negated ? PatternMatch.Negative : PatternMatch.Positive;
    }
}
