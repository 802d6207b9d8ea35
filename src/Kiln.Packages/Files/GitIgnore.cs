using System.Text;

namespace Kiln.Packages.Files;

/// <summary>The patterns of one <c>.gitignore</c>, relative to its folder.</summary>
internal sealed class GitIgnore
{
    private readonly string folder;
    private readonly List<(PathGlob Glob, bool Negated, bool OnlyFolders)> rules = [];

    public GitIgnore(string folder, ReadOnlySpan<byte> utf8)
    {
        this.folder = folder;
        foreach (var line in Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF').Split('\n'))
        {
            Add(line);
        }
    }

    /// <summary>The last rule that matches; null when none does.</summary>
    public bool? IsIgnored(string path, bool isFolder)
    {
        var below = TreePath.Below(path, folder);
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var (glob, negated, onlyFolders) = rules[i];
            if ((isFolder || !onlyFolders) && glob.IsMatch(below))
            {
                return !negated;
            }
        }

        return null;
    }

    private void Add(string line)
    {
        var pattern = TrimEnd(line.TrimEnd('\r'));
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return;
        }

        var negated = pattern[0] == '!';
        pattern = negated ? pattern[1..] : pattern;
        var onlyFolders = pattern.EndsWith('/');
        pattern = onlyFolders ? pattern[..^1] : pattern;
        if (pattern.Length == 0)
        {
            return;
        }

        // Without a slash inside, the name counts wherever it stands.
        var anchored = pattern.Contains('/', StringComparison.Ordinal);
        rules.Add((new PathGlob(anchored ? pattern : "**/" + pattern, GlobOptions.Classes), negated, onlyFolders));
    }

    /// <summary>Blanks at the end do not count, unless a backslash keeps them.</summary>
    private static string TrimEnd(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] is ' ' or '\t' && !(end > 1 && line[end - 2] == '\\'))
        {
            end--;
        }

        return line[..end];
    }
}
