namespace Kiln.Analysis.Graph;

public enum PackageDependencyKind : byte
{
    Jsr,
    Npm,
}

/// <summary>A package that the modules ask for.</summary>
/// <param name="Kind">Which registry.</param>
/// <param name="Name"><c>@scope/name</c> or an npm name.</param>
/// <param name="Constraint">As written; <c>*</c> when there is none.</param>
/// <param name="SubPath">Without a leading slash; "" when there is none.</param>
public sealed record PackageDependency(PackageDependencyKind Kind, string Name, string Constraint, string SubPath) : IComparable<PackageDependency>
{
    public int CompareTo(PackageDependency? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : string.CompareOrdinal(Constraint, other.Constraint);
        return order != 0 ? order : string.CompareOrdinal(SubPath, other.SubPath);
    }

    public static bool operator <(PackageDependency left, PackageDependency right) => Comparer<PackageDependency>.Default.Compare(left, right) < 0;

    public static bool operator >(PackageDependency left, PackageDependency right) => Comparer<PackageDependency>.Default.Compare(left, right) > 0;

    public static bool operator <=(PackageDependency left, PackageDependency right) => Comparer<PackageDependency>.Default.Compare(left, right) <= 0;

    public static bool operator >=(PackageDependency left, PackageDependency right) => Comparer<PackageDependency>.Default.Compare(left, right) >= 0;
}
