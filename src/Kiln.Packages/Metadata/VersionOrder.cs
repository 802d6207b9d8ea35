using Kiln.Packages.Versions;

namespace Kiln.Packages.Metadata;

/// <summary>A total order of versions: semver precedence, then the text, because build metadata has no precedence.</summary>
internal static class VersionOrder
{
    public static int NewestFirst(PackageVersion a, PackageVersion b)
    {
        var order = b.CompareTo(a);
        return order != 0 ? order : string.CompareOrdinal(b.Value, a.Value);
    }
}
