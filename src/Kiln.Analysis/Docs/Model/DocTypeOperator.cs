namespace Kiln.Analysis.Docs.Model;

/// <summary><c>keyof T</c>, <c>unique T</c>, <c>readonly T</c>.</summary>
public sealed class DocTypeOperator : DocType
{
    public required string Operator { get; init; }
    public required DocType Type { get; init; }
}
