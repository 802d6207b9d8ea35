namespace Kiln.Packages.Files;

[Flags]
internal enum GlobOptions : byte
{
    None = 0,
    IgnoreCase = 1,

    /// <summary>A wildcard does not match a name that starts with a dot.</summary>
    HideDotNames = 2,

    /// <summary><c>[a-z]</c>, <c>[!a]</c> and backslash escapes.</summary>
    Classes = 4,
}

/// <summary>A path with wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of folders (at the end: for everything below).</summary>
/// <remarks>Matching goes back to the last star only, which suffices and costs at most name × pattern.</remarks>
internal sealed class PathGlob
{
    private readonly string[] segments;
    private readonly GlobOptions options;

    public PathGlob(string pattern, GlobOptions options)
    {
        // Neighbouring ** say the same as one.
        var list = new List<string>();
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment != "**" || list.Count == 0 || list[^1] != "**")
            {
                list.Add(segment);
            }
        }

        segments = [.. list];
        this.options = options;
    }

    /// <param name="path">Relative, without a trailing slash.</param>
    public bool IsMatch(string path)
    {
        var names = path.Split('/');
        int segment = 0, name = 0, star = -1, starName = 0;
        while (name < names.Length)
        {
            if (segment < segments.Length && segments[segment] == "**")
            {
                // At the end it stands for at least one name.
                if (segment == segments.Length - 1)
                {
                    return AreVisible(names, name, names.Length);
                }

                star = segment++;
                starName = name;
            }
            else if (segment < segments.Length && IsNameMatch(segments[segment], names[name]))
            {
                segment++;
                name++;
            }
            else if (star >= 0 && AreVisible(names, starName, starName + 1))
            {
                segment = star + 1;
                name = ++starName;
            }
            else
            {
                return false;
            }
        }

        return segment == segments.Length;
    }

    private bool AreVisible(string[] names, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (options.HasFlag(GlobOptions.HideDotNames) && names[i].StartsWith('.'))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNameMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (options.HasFlag(GlobOptions.HideDotNames) && name is ['.', ..] && pattern is ['*' or '?', ..])
        {
            return false;
        }

        int p = 0, n = 0, star = -1, starName = 0;
        while (n < name.Length)
        {
            var consumed = 0;
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starName = n;
            }
            else if (p < pattern.Length && (consumed = MatchOne(pattern[p..], name[n])) > 0)
            {
                p += consumed;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>How much of the pattern the character uses up; 0 when it does not match.</summary>
    private int MatchOne(ReadOnlySpan<char> pattern, char c)
    {
        if (pattern[0] == '?')
        {
            return 1;
        }

        if (options.HasFlag(GlobOptions.Classes))
        {
            if (pattern[0] == '\\' && pattern.Length > 1)
            {
                return AreSame(pattern[1], c) ? 2 : 0;
            }

            if (pattern[0] == '[' && MatchClass(pattern, c, out var length))
            {
                return length;
            }
        }

        return AreSame(pattern[0], c) ? 1 : 0;
    }

    /// <summary>False also for a bracket that nothing closes; then <paramref name="length"/> is 0 and the bracket stands for itself.</summary>
    private static bool MatchClass(ReadOnlySpan<char> pattern, char c, out int length)
    {
        var at = 1;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        at += negated ? 1 : 0;
        var found = false;
        for (var first = true; at < pattern.Length && (first || pattern[at] != ']'); first = false)
        {
            var low = Next(pattern, ref at);
            var high = low;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                high = Next(pattern, ref at);
            }

            found |= c >= low && c <= high;
        }

        length = at < pattern.Length ? at + 1 : 0;
        return length > 0 && found != negated;

        static char Next(ReadOnlySpan<char> pattern, ref int at)
        {
            at += pattern[at] == '\\' && at + 1 < pattern.Length ? 1 : 0;
            return pattern[at++];
        }
    }

    private bool AreSame(char a, char b) => a == b || (options.HasFlag(GlobOptions.IgnoreCase) && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
