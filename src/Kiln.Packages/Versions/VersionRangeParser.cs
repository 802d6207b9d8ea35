using System.Globalization;

namespace Kiln.Packages.Versions;

/// <summary>Turns npm's range language into bounds. The grammar and its expansions are those of npm's README "Ranges" and "Advanced Range Syntax".</summary>
internal static class VersionRangeParser
{
    private static readonly VersionComparator[] Any = [];

    /// <summary>Null when the text is no range.</summary>
    public static VersionRange? Parse(string text)
    {
        var alternatives = new List<VersionComparator[]>();
        foreach (var alternative in text.Split("||"))
        {
            if (ParseAlternative(alternative) is not { } bounds)
            {
                return null;
            }

            alternatives.Add(bounds);
        }

        // npm reduces a range with an alternative that accepts everything to that alternative alone; it matters for pre-releases.
        return new VersionRange(text, alternatives.Any(a => a.Length == 0) ? [Any] : [.. alternatives]);
    }

    private static VersionComparator[]? ParseAlternative(string text)
    {
        var words = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var bounds = new List<VersionComparator>();
        var hyphen = Array.IndexOf(words, "-");
        if (hyphen >= 0)
        {
            return TryHyphen(string.Join(' ', words[..hyphen]), string.Join(' ', words[(hyphen + 1)..]), bounds) ? [.. bounds] : null;
        }

        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            while (IsBareOperator(word) && i + 1 < words.Length)
            {
                word += words[++i];
            }

            if (!TryWord(word, bounds))
            {
                return null;
            }
        }

        return [.. bounds];
    }

    private static bool IsBareOperator(string word) => word is "^" or "~" or "~>" or ">" or "<" or ">=" or "<=" or "=";

    private static bool TryWord(string word, List<VersionComparator> bounds)
    {
        var rest = word.AsSpan();
        if (rest[0] == '^')
        {
            return PartialVersion.Parse(rest[1..]) is { } caret && TryCaret(caret, bounds);
        }

        if (rest[0] == '~')
        {
            return PartialVersion.Parse(rest[(rest.StartsWith("~>") ? 2 : 1)..]) is { } tilde && TryTilde(tilde, bounds);
        }

        VersionOperator? comparison = null;
        if (rest[0] is '<' or '>')
        {
            var orEqual = rest.Length > 1 && rest[1] == '=';
            comparison = (rest[0], orEqual) switch
            {
                ('<', false) => VersionOperator.Less,
                ('<', true) => VersionOperator.LessOrEqual,
                ('>', false) => VersionOperator.Greater,
                _ => VersionOperator.GreaterOrEqual,
            };
            rest = rest[(orEqual ? 2 : 1)..];
        }
        else if (rest[0] == '=')
        {
            rest = rest[1..];
        }

        return PartialVersion.Parse(rest) is { NumberAfterWildcard: false } version && TryComparison(comparison, version, bounds);
    }

    private static bool TryComparison(VersionOperator? comparison, PartialVersion version, List<VersionComparator> bounds)
    {
        if (version.IsFull)
        {
            return version.Prefix is "" or "v" && Add(comparison ?? VersionOperator.Equal, version, bounds);
        }

        if (version.Major is not { } major)
        {
            // `>*` and `<*` can be met by nothing.
            return comparison is not (VersionOperator.Less or VersionOperator.Greater) || AddBelow(0, 0, 0, bounds);
        }

        var minor = version.Minor ?? 0;
        var (nextMajor, nextMinor) = version.Minor is null ? (major + 1, 0L) : (major, minor + 1);
        return comparison switch
        {
            null => AddFrom(major, minor, 0, "", bounds) && AddBelow(nextMajor, nextMinor, 0, bounds),
            VersionOperator.GreaterOrEqual => AddFrom(major, minor, 0, "", bounds),
            VersionOperator.Greater => AddFrom(nextMajor, nextMinor, 0, "", bounds),
            VersionOperator.Less => AddBelow(major, minor, 0, bounds),
            VersionOperator.LessOrEqual => AddBelow(nextMajor, nextMinor, 0, bounds),
            _ => throw new InvalidOperationException($"Unknown operator {comparison}."),
        };
    }

    /// <summary>Up to the next minor; with only a major, up to the next major.</summary>
    private static bool TryTilde(PartialVersion version, List<VersionComparator> bounds)
    {
        if (version.Major is not { } major)
        {
            return true;
        }

        return AddFrom(major, version.Minor ?? 0, version.Patch ?? 0, version.Prerelease, bounds)
            && (version.Minor is { } minor ? AddBelow(major, minor + 1, 0, bounds) : AddBelow(major + 1, 0, 0, bounds));
    }

    /// <summary>Up to the next change of the leftmost number that is not zero.</summary>
    private static bool TryCaret(PartialVersion version, List<VersionComparator> bounds)
    {
        if (version.Major is not { } major)
        {
            return true;
        }

        return AddFrom(major, version.Minor ?? 0, version.Patch ?? 0, version.Prerelease, bounds)
            && (major, version.Minor, version.Patch) switch
            {
                ( > 0, _, _) or (_, null, _) => AddBelow(major + 1, 0, 0, bounds),
                (_, { } minor, null) => AddBelow(major, minor + 1, 0, bounds),
                (_, 0, { } patch) => AddBelow(major, 0, patch + 1, bounds),
                (_, { } minor, _) => AddBelow(major, minor + 1, 0, bounds),
            };
    }

    /// <summary><c>from - to</c>: both ends included; a partial <c>to</c> includes all that starts with it.</summary>
    private static bool TryHyphen(string from, string to, List<VersionComparator> bounds)
    {
        if (PartialVersion.Parse(from) is not { } lower || PartialVersion.Parse(to) is not { } upper)
        {
            return false;
        }

        if (lower.IsFull ? !TryComparison(VersionOperator.GreaterOrEqual, lower, bounds)
            : lower.Major is { } major && !AddFrom(major, lower.Minor ?? 0, 0, "", bounds))
        {
            return false;
        }

        return upper switch
        {
            { IsFull: true } => (upper.Prefix is "" or "v" || upper.Prerelease.Length > 0) && Add(VersionOperator.LessOrEqual, upper, bounds),
            { Major: null } => true,
            { Minor: { } minor } => AddBelow(upper.Major.Value, minor + 1, 0, bounds),
            _ => AddBelow(upper.Major.Value + 1, 0, 0, bounds),
        };
    }

    private static bool Add(VersionOperator comparison, PartialVersion full, List<VersionComparator> bounds) =>
        Add(comparison, full.Major!.Value, full.Minor!.Value, full.Patch!.Value, full.Prerelease, bounds);

    private static bool AddFrom(long major, long minor, long patch, string prerelease, List<VersionComparator> bounds) =>
        Add(VersionOperator.GreaterOrEqual, major, minor, patch, prerelease, bounds);

    /// <summary>Below the first pre-release of a version.</summary>
    private static bool AddBelow(long major, long minor, long patch, List<VersionComparator> bounds) =>
        Add(VersionOperator.Less, major, minor, patch, "-0", bounds);

    private static bool Add(VersionOperator comparison, long major, long minor, long patch, string prerelease, List<VersionComparator> bounds)
    {
        if (major > PackageVersion.MaxSafeNumber || minor > PackageVersion.MaxSafeNumber || patch > PackageVersion.MaxSafeNumber)
        {
            return false;
        }

        // npm reads `>=0.0.0` as no bound at all.
        if (comparison == VersionOperator.GreaterOrEqual && (major | minor | patch) == 0 && prerelease.Length == 0)
        {
            return true;
        }

        if (!PackageVersion.TryParse(string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}{prerelease}"), out var version))
        {
            return false;
        }

        bounds.Add(new VersionComparator(comparison, version));
        return true;
    }
}
