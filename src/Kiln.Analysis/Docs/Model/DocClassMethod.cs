namespace Kiln.Analysis.Docs.Model;

/// <summary>A method or accessor of a class; overloads are several.</summary>
public sealed class DocClassMethod
{
    public DocComment? Comment { get; init; }
    public DocAccessibility Accessibility { get; init; }
    public bool IsOptional { get; init; }
    public bool IsAbstract { get; init; }
    public bool IsStatic { get; init; }
    public bool IsOverride { get; init; }

    /// <summary>Without quotes; a computed name as <c>[expression]</c>.</summary>
    public required string Name { get; init; }

    public DocMethodKind Kind { get; init; }
    public required DocFunction Function { get; init; }
    public required DocLocation Location { get; init; }
}
