using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A constructor of a class, or one overload of it.</summary>
public sealed class DocConstructor
{
    public DocComment? Comment { get; init; }
    public DocAccessibility Accessibility { get; init; }
    public bool IsOptional { get; init; }
    public bool HasBody { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public required DocLocation Location { get; init; }
}
