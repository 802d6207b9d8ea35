namespace Kiln.Analysis.Docs.Model;

/// <summary><c>name</c>, <c>name?</c>, or <c>this</c>.</summary>
public sealed class DocIdentifierParameter : DocParameter
{
    public required string Name { get; init; }
    public bool IsOptional { get; init; }
}
