namespace Kiln.Packages.Versions;

internal enum VersionOperator
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One bound of a range, such as <c>&gt;=1.2.0</c>.</summary>
internal readonly record struct VersionComparator(VersionOperator Operator, PackageVersion Bound)
{
    public bool Accepts(PackageVersion version)
    {
        var order = version.CompareTo(Bound);
        return Operator switch
        {
            VersionOperator.Equal => order == 0,
            VersionOperator.Less => order < 0,
            VersionOperator.LessOrEqual => order <= 0,
            VersionOperator.Greater => order > 0,
            VersionOperator.GreaterOrEqual => order >= 0,
            _ => throw new InvalidOperationException($"Unknown operator {Operator}."),
        };
    }
}
