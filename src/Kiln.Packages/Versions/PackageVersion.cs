using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kiln.Packages.Versions;

/// <summary>
/// A version after Semantic Versioning 2.0, strictly: no <c>v</c>, no blanks, no leading zeros, nothing left out. The text is kept as it was
/// written. Numbers may be of any size.
/// </summary>
/// <remarks>
/// Equality is equality of the text; the order is semver precedence, which ignores build metadata, so two versions may compare as 0 and
/// yet differ.
/// </remarks>
public sealed class PackageVersion : IComparable<PackageVersion>, IEquatable<PackageVersion>
{
    /// <summary>npm refuses longer ones.</summary>
    public const int MaxLength = 256;

    /// <summary>Longest version that may be published: leaves room in a file name of 255 bytes for <c>scope__name-version.tgz</c>.</summary>
    public const int MaxPublishableLength = 128;

    /// <summary>2^53 - 1: npm and deno refuse larger numbers in major, minor and patch, and then refuse the whole packument.</summary>
    internal const long MaxSafeNumber = 9_007_199_254_740_991;

    private PackageVersion(string value, string core, string prerelease, string build, string sortKey)
    {
        Value = value;
        Core = core;
        Prerelease = prerelease;
        Build = build;
        SortKey = sortKey;
    }

    public string Value { get; }

    /// <summary><c>major.minor.patch</c></summary>
    public string Core { get; }

    /// <summary>What stands between <c>-</c> and <c>+</c>, or "".</summary>
    public string Prerelease { get; }

    /// <summary>What stands after <c>+</c>, or "".</summary>
    public string Build { get; }

    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>ASCII text whose ordinal order is semver precedence: for database columns with a binary collation.</summary>
    public string SortKey { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageVersion? value) => TryParse(text, out value, out _);

    /// <summary>Reads a version; on false <paramref name="reason"/> is a sentence for the user.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageVersion? value, [NotNullWhen(false)] out string? reason)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            reason = "The version is empty.";
            return false;
        }

        if (text.Length > MaxLength)
        {
            reason = $"The version is longer than {MaxLength} characters.";
            return false;
        }

        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var beforeBuild = plus < 0 ? text : text[..plus];
        var hyphen = beforeBuild.IndexOf('-', StringComparison.Ordinal);
        var core = hyphen < 0 ? beforeBuild : beforeBuild[..hyphen];
        var prerelease = hyphen < 0 ? "" : beforeBuild[(hyphen + 1)..];
        var build = plus < 0 ? "" : text[(plus + 1)..];

        reason = CoreProblem(core)
            ?? (hyphen < 0 ? null : IdentifierProblem(prerelease, "pre-release", leadingZeros: false))
            ?? (plus < 0 ? null : IdentifierProblem(build, "build", leadingZeros: true));
        if (reason is not null)
        {
            return false;
        }

        value = new PackageVersion(text, core, prerelease, build, MakeSortKey(core, prerelease));
        return true;
    }

    /// <exception cref="FormatException">The text is no strict semantic version.</exception>
    public static PackageVersion Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    /// <summary>
    /// The reason why no client could install this version, or null. A stricter rule than the grammar, meant for the moment of publishing:
    /// one version that npm or deno cannot read makes the whole package unreadable to them.
    /// </summary>
    public string? PublishProblem()
    {
        if (Value.Length > MaxPublishableLength)
        {
            return $"The version is longer than {MaxPublishableLength} characters.";
        }

        foreach (var range in Core.AsSpan().Split('.'))
        {
            if (!long.TryParse(Core.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > MaxSafeNumber)
            {
                return $"A number in the version is larger than {MaxSafeNumber}, which npm cannot read.";
            }
        }

        return null;
    }

    public int CompareTo(PackageVersion? other) => string.CompareOrdinal(SortKey, other?.SortKey);

    public bool Equals(PackageVersion? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as PackageVersion);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    public static bool operator ==(PackageVersion? left, PackageVersion? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(PackageVersion? left, PackageVersion? right) => !(left == right);

    public static bool operator <(PackageVersion left, PackageVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(PackageVersion left, PackageVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(PackageVersion left, PackageVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(PackageVersion left, PackageVersion right) => left.CompareTo(right) >= 0;

    private static string? CoreProblem(string core)
    {
        var count = 0;
        foreach (var range in core.AsSpan().Split('.'))
        {
            var number = core.AsSpan(range);
            if (number.IsEmpty || number.IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return "A version is written MAJOR.MINOR.PATCH with decimal numbers.";
            }

            if (number.Length > 1 && number[0] == '0')
            {
                return "A number in the version has a leading zero.";
            }

            count++;
        }

        return count == 3 ? null : "A version is written MAJOR.MINOR.PATCH with decimal numbers.";
    }

    private static string? IdentifierProblem(string part, string what, bool leadingZeros)
    {
        foreach (var range in part.AsSpan().Split('.'))
        {
            var identifier = part.AsSpan(range);
            if (identifier.IsEmpty)
            {
                return $"The {what} part of the version holds an empty identifier.";
            }

            var numeric = true;
            foreach (var c in identifier)
            {
                numeric &= char.IsAsciiDigit(c);
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return $"The {what} part of the version may hold only letters, digits, hyphens and dots.";
                }
            }

            if (numeric && !leadingZeros && identifier.Length > 1 && identifier[0] == '0')
            {
                return $"A number in the {what} part of the version has a leading zero.";
            }
        }

        return null;
    }

    /// <summary>
    /// Three self-delimiting numbers, then <c>~</c> for a release or <c>-</c> and the identifiers for a pre-release. A numeric identifier is
    /// <c>0</c> and a number; another is <c>1</c>, its text and <c>!</c>, which sorts before every character an identifier may hold.
    /// </summary>
    private static string MakeSortKey(string core, string prerelease)
    {
        var key = new StringBuilder(core.Length + prerelease.Length + 12);
        foreach (var range in core.AsSpan().Split('.'))
        {
            AppendNumber(key, core.AsSpan(range));
        }

        if (prerelease.Length == 0)
        {
            return key.Append('~').ToString();
        }

        key.Append('-');
        foreach (var range in prerelease.AsSpan().Split('.'))
        {
            var identifier = prerelease.AsSpan(range);
            if (identifier.IndexOfAnyExceptInRange('0', '9') < 0)
            {
                AppendNumber(key.Append('0'), identifier);
            }
            else
            {
                key.Append('1').Append(identifier).Append('!');
            }
        }

        return key.ToString();
    }

    /// <summary>The count of digits, then the digits: <c>a7</c>, <c>b42</c>; from 26 digits on <c>z</c> and the count in three digits.</summary>
    private static void AppendNumber(StringBuilder key, ReadOnlySpan<char> digits)
    {
        if (digits.Length < 26)
        {
            key.Append((char)('a' + digits.Length - 1));
        }
        else
        {
            key.Append('z').Append(digits.Length.ToString("D3", CultureInfo.InvariantCulture));
        }

        key.Append(digits);
    }
}
