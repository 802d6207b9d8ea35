using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Versions;

/// <summary>
/// A set of versions in npm's range language: <c>^1.2</c>, <c>~1.2.3</c>, <c>1.x</c>, <c>1.2 - 2</c>, <c>&gt;=1 &lt;3 || 5</c>, <c>*</c> and "".
/// A tag such as <c>latest</c> is not a range.
/// </summary>
/// <remarks>A pre-release is in the set only if a bound of the same alternative is a pre-release of the same major.minor.patch.</remarks>
public sealed class VersionRange
{
    /// <summary>npm has no such limit; a longer one is no honest constraint.</summary>
    public const int MaxLength = 4096;

    /// <summary>Alternatives; each is met when all of its bounds are. An alternative without bounds accepts everything.</summary>
    private readonly VersionComparator[][] alternatives;

    internal VersionRange(string text, VersionComparator[][] alternatives)
    {
        Text = text;
        this.alternatives = alternatives;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VersionRange? value)
    {
        value = text is null || text.Length > MaxLength ? null : VersionRangeParser.Parse(text);
        return value is not null;
    }

    /// <summary>
    /// Reads what may stand after <c>@</c> in a <c>jsr:</c> or <c>npm:</c> specifier: one plain, <c>^</c> or <c>~</c> requirement
    /// (<c>1</c>, <c>^1.2</c>, <c>~1.2.3-rc.1</c>, <c>1.x</c>, <c>*</c>). Specifiers know no comparisons, hyphens, alternatives or blanks.
    /// </summary>
    public static bool TryParseSpecifier([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VersionRange? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var start = text[0] is '^' or '~' ? 1 : 0;
        if (start == text.Length || !(char.IsAsciiDigit(text[start]) || text[start] is '*' or 'x' or 'X'))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('^' or '~' or '*' or '.' or '-' or '+'))
            {
                return false;
            }
        }

        return TryParse(text, out value);
    }

    /// <exception cref="FormatException">The text is no range.</exception>
    public static VersionRange Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a version range.");

    public bool Satisfies(PackageVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        foreach (var alternative in alternatives)
        {
            if (Satisfies(alternative, version))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The version an install takes: the highest in the range that is not yanked, else the highest yanked one, else null.
    /// </summary>
    public PackageVersion? Resolve(IEnumerable<PackageVersion> versions, Func<PackageVersion, bool>? isYanked = null)
    {
        ArgumentNullException.ThrowIfNull(versions);
        PackageVersion? best = null;
        var bestYanked = false;
        foreach (var version in versions)
        {
            if (!Satisfies(version))
            {
                continue;
            }

            var yanked = isYanked?.Invoke(version) ?? false;
            if (best is null || (bestYanked && !yanked) || (bestYanked == yanked && version > best))
            {
                best = version;
                bestYanked = yanked;
            }
        }

        return best;
    }

    public override string ToString() => Text;

    private static bool Satisfies(VersionComparator[] alternative, PackageVersion version)
    {
        var prereleaseAllowed = !version.IsPrerelease;
        foreach (var comparator in alternative)
        {
            if (!comparator.Accepts(version))
            {
                return false;
            }

            prereleaseAllowed |= comparator.Bound.IsPrerelease && string.Equals(comparator.Bound.Core, version.Core, StringComparison.Ordinal);
        }

        return prereleaseAllowed;
    }
}
