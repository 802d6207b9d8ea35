using System.Globalization;
using System.Numerics;
using Kiln.Analysis.Docs.Difference;

namespace Kiln.Packages.Versions;

/// <summary>Whether a version number has risen enough for what has changed, as those understand it who ask for a range (<c>^1.2.3</c>, <c>~1.2.3</c>).</summary>
public static class VersionStep
{
    /// <summary>
    /// The heaviest change that the step may bring. Before 1.0.0 the part behind the first zeros counts as the major one: <c>^0.2.3</c> takes 0.2.4 and not
    /// 0.3.0. None when the new version is not newer; major to and from a pre-release of another kind, which no range takes unasked.
    /// </summary>
    public static ChangeSeverity Allows(PackageVersion before, PackageVersion after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (after.CompareTo(before) <= 0)
        {
            return ChangeSeverity.None;
        }

        // Nothing was promised about what comes after a pre-release.
        if (before.IsPrerelease)
        {
            return ChangeSeverity.Major;
        }

        var (old, @new) = (Parts(before), Parts(after));
        if (@new[0] != old[0])
        {
            return ChangeSeverity.Major;
        }

        if (!old[0].IsZero)
        {
            return @new[1] != old[1] ? ChangeSeverity.Minor : ChangeSeverity.Patch;
        }

        if (@new[1] != old[1])
        {
            return ChangeSeverity.Major;
        }

        return old[1].IsZero ? ChangeSeverity.Major : ChangeSeverity.Minor;
    }

    /// <summary>The lowest version that may bring the change; the text of the version itself when nothing has changed.</summary>
    public static string Next(PackageVersion before, ChangeSeverity severity)
    {
        ArgumentNullException.ThrowIfNull(before);
        var parts = Parts(before);
        if (severity == ChangeSeverity.None)
        {
            return before.Value;
        }

        if (before.IsPrerelease)
        {
            return before.Core;
        }

        // From the left, the first part whose rise is enough.
        var part = parts[0].IsZero
            ? severity == ChangeSeverity.Major && !parts[1].IsZero ? 1 : 2
            : severity switch { ChangeSeverity.Major => 0, ChangeSeverity.Minor => 1, _ => 2 };
        parts[part] += 1;
        for (var i = part + 1; i < parts.Length; i++)
        {
            parts[i] = 0;
        }

        return string.Join('.', parts.Select(p => p.ToString(CultureInfo.InvariantCulture)));
    }

    private static BigInteger[] Parts(PackageVersion version) => [.. version.Core.Split('.').Select(p => BigInteger.Parse(p, CultureInfo.InvariantCulture))];
}
