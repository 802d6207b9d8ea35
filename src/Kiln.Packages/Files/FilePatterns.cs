namespace Kiln.Packages.Files;

/// <summary>Which files of a folder are published, as the configuration says it.</summary>
/// <param name="Folder">Where the configuration file lies.</param>
/// <param name="Include">A closed set of files; null includes all. A negated entry takes away, wherever it stands.</param>
/// <param name="Exclude">The last entry that matches decides; a negated one also overrules <c>.gitignore</c>.</param>
internal sealed record FilePatterns(string Folder, IReadOnlyList<FilePattern>? Include, IReadOnlyList<FilePattern> Exclude)
{
    /// <summary>Positive: published, whatever .gitignore says. None: published unless ignored. Negative: not published.</summary>
    public PatternMatch Match(string path, bool isFolder)
    {
        if (Include is not null)
        {
            // Folders are searched whatever the set says, unless it names them with '!'.
            var isTakenAway = Include.Any(p => p.Match(path) == PatternMatch.Negative);
            if (isTakenAway || (!isFolder && !Include.Any(p => p.Match(path) == PatternMatch.Positive)))
            {
                return PatternMatch.Negative;
            }
        }

        return Last(Exclude, path) switch
        {
            // Something below may be let through.
            PatternMatch.Positive when isFolder && Exclude.Any(p => p.IsNegated && (TreePath.IsWithin(p.Base, path) || (p.IsGlob && TreePath.IsWithin(path, p.Base)))) => PatternMatch.None,
            PatternMatch.Positive => PatternMatch.Negative,
            PatternMatch.Negative => PatternMatch.Positive,
            _ => PatternMatch.None,
        };
    }

    private static PatternMatch Last(IReadOnlyList<FilePattern> patterns, string path)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            if (patterns[i].Match(path) is not PatternMatch.None and var match)
            {
                return match;
            }
        }

        return PatternMatch.None;
    }
}
