using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>
/// The <c>dependencies</c> of a <c>package.json</c>. A module names a version at every import; npm knows one range a package. Where the modules
/// differ, the range is what all of them accept; if there is no such version, the range that asks for the newest.
/// </summary>
/// <remarks>The reference system takes one of them by chance (publishing.md §5.5).</remarks>
public static class NpmDependencies
{
    /// <summary>Name and range in ordinal order of the names; each name once.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> From(IEnumerable<PackageRequirement> requirements)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        var byName = new SortedDictionary<string, List<PackageRequirement>>(StringComparer.Ordinal);
        foreach (var requirement in requirements)
        {
            if (NpmNames.PackageOf(requirement) is not { } name)
            {
                continue;
            }

            if (!byName.TryGetValue(name, out var list))
            {
                byName.Add(name, list = []);
            }

            list.Add(requirement);
        }

        return [.. byName.Select(entry => KeyValuePair.Create(entry.Key, Combine(entry.Value)))];
    }

    private static string Combine(List<PackageRequirement> requirements)
    {
        // A range says more than a tag.
        var ranges = requirements.Where(r => r.Range is not null).Select(r => new Bounds(r.Constraint, r.Range!)).DistinctBy(b => b.Text, StringComparer.Ordinal).ToList();
        if (ranges.Count == 0)
        {
            return requirements.Select(r => r.Constraint).Order(StringComparer.Ordinal).First();
        }

        ranges.Sort(static (a, b) => a.Lowest.CompareTo(b.Lowest) is var order && order != 0 ? -order : string.CompareOrdinal(a.Text, b.Text));
        var narrowest = ranges.Where((range, i) => !ranges.Where((other, j) => i != j && range.Covers(other) && (!other.Covers(range) || j < i)).Any()).ToList();
        var newest = narrowest[0];
        return narrowest.All(range => range.Range.Satisfies(newest.Lowest)) ? string.Join(' ', narrowest.Select(range => range.Text)) : newest.Text;
    }

    /// <summary>A range of a specifier is one interval: plain, <c>^</c> or <c>~</c>. These are its ends.</summary>
    private sealed record Bounds(string Text, VersionRange Range)
    {
        private static readonly PackageVersion Zero = PackageVersion.Parse("0.0.0");

        public PackageVersion Lowest { get; } = Ends(Text).Lowest;

        private PackageVersion Highest { get; } = Ends(Text).Highest;

        /// <summary>Everything the other accepts, this accepts too.</summary>
        public bool Covers(Bounds other) => Range.Satisfies(other.Lowest) && Range.Satisfies(other.Highest);

        private static (PackageVersion Lowest, PackageVersion Highest) Ends(string text)
        {
            const long Max = PackageVersion.MaxSafeNumber;
            var caret = text.StartsWith('^');
            var tilde = text.StartsWith('~');
            if (PartialVersion.Parse(text.AsSpan(caret || tilde ? 1 : 0)) is not { } version)
            {
                return (Zero, Zero);
            }

            var (major, minor, patch) = (version.Major, version.Minor, version.Patch);
            var lowest = Version(major ?? 0, minor ?? 0, patch ?? 0, version.Prerelease);
            var highest = (major, minor, patch) switch
            {
                (null, _, _) => Version(Max, Max, Max),
                (_, null, _) => Version(major.Value, Max, Max),
                (_, _, null) => Version(major.Value, caret && major > 0 ? Max : minor.Value, Max),
                _ when caret && major > 0 => Version(major.Value, Max, Max),
                _ when tilde || (caret && minor > 0) => Version(major.Value, minor.Value, Max),
                _ => lowest,
            };
            return (lowest, highest);
        }

        private static PackageVersion Version(long major, long minor, long patch, string prerelease = "") =>
            PackageVersion.TryParse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}{prerelease}"), out var version) ? version : Zero;
    }
}
