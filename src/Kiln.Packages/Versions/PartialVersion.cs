namespace Kiln.Packages.Versions;

/// <summary>A version in a range, of which minor and patch may be missing or <c>x</c>. What stands after a wildcard is a wildcard too.</summary>
/// <param name="Major">Null = any.</param>
/// <param name="Minor">Null = any.</param>
/// <param name="Patch">Null = any.</param>
/// <param name="Prerelease">With the hyphen, or "".</param>
/// <param name="Prefix">The <c>v</c> and <c>=</c> that stood before it.</param>
/// <param name="NumberAfterWildcard">As in <c>1.x.3</c>, which npm accepts after <c>^</c> and <c>~</c> only.</param>
internal readonly record struct PartialVersion(long? Major, long? Minor, long? Patch, string Prerelease, string Prefix, bool NumberAfterWildcard)
{
    public bool IsFull => Patch is not null;

    /// <summary>Reads <c>[v=]* xr(.xr(.xr(-pre)?(+build)?)?)?</c>; build metadata is dropped. Null when the text is something else.</summary>
    public static PartialVersion? Parse(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyExcept("v= ");
        if (start < 0)
        {
            return null;
        }

        var prefix = text[..start].ToString();
        var rest = text[start..];
        var plus = rest.IndexOf('+');
        if (plus >= 0)
        {
            if (!IsIdentifierList(rest[(plus + 1)..], leadingZeros: true))
            {
                return null;
            }

            rest = rest[..plus];
        }

        var hyphen = rest.IndexOf('-');
        var prerelease = hyphen < 0 ? default : rest[hyphen..];
        if (hyphen >= 0)
        {
            if (!IsIdentifierList(prerelease[1..], leadingZeros: false))
            {
                return null;
            }

            rest = rest[..hyphen];
        }

        Span<long?> numbers = [null, null, null];
        var count = 0;
        var wildcard = false;
        var numberAfterWildcard = false;
        foreach (var range in rest.Split('.'))
        {
            if (count == 3 || !TryComponent(rest[range], out var number))
            {
                return null;
            }

            numberAfterWildcard |= wildcard && number is not null;
            wildcard |= number is null;
            numbers[count++] = wildcard ? null : number;
        }

        if (hyphen >= 0 && count < 3)
        {
            return null;
        }

        return new PartialVersion(numbers[0], numbers[1], numbers[2], wildcard || hyphen < 0 ? "" : prerelease.ToString(), prefix, numberAfterWildcard);
    }

    private static bool TryComponent(ReadOnlySpan<char> text, out long? number)
    {
        number = null;
        if (text is "x" or "X" or "*")
        {
            return true;
        }

        if (text.IsEmpty || text.IndexOfAnyExceptInRange('0', '9') >= 0 || (text.Length > 1 && text[0] == '0')
            || !long.TryParse(text, out var value) || value > PackageVersion.MaxSafeNumber)
        {
            return false;
        }

        number = value;
        return true;
    }

    private static bool IsIdentifierList(ReadOnlySpan<char> text, bool leadingZeros)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            var numeric = identifier.IndexOfAnyExceptInRange('0', '9') < 0;
            if (identifier.IsEmpty || (numeric && !leadingZeros && identifier.Length > 1 && identifier[0] == '0'))
            {
                return false;
            }

            foreach (var c in identifier)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }
}
