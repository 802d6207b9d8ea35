namespace Kiln.Registry.Backup;

/// <summary>A table as the engine describes it.</summary>
/// <param name="DependsOn">Tables that its rows refer to.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns, IReadOnlyList<string> DependsOn);

internal sealed record ColumnShape(string Name, ColumnKind Kind);

/// <summary>How a value is written down: the same for every engine.</summary>
internal enum ColumnKind
{
    Text,
    Integer,
    Boolean,
    Real,
    Bytes,
}
