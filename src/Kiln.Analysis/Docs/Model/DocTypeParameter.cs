namespace Kiln.Analysis.Docs.Model;

/// <summary>A type parameter. Modifiers are not kept: the wire form has none.</summary>
public sealed class DocTypeParameter
{
    public required string Name { get; init; }
    public DocType? Constraint { get; init; }
    public DocType? Default { get; init; }
}
