using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A property of a class.</summary>
public sealed class DocClassProperty
{
    public DocComment? Comment { get; init; }
    public DocType? Type { get; init; }
    public bool IsReadonly { get; init; }
    public DocAccessibility Accessibility { get; init; }
    public ImmutableArray<DocDecorator> Decorators { get; init; } = [];
    public bool IsOptional { get; init; }
    public bool IsAbstract { get; init; }
    public bool IsStatic { get; init; }
    public bool IsOverride { get; init; }

    /// <summary>Without quotes; a computed name as <c>[expression]</c>.</summary>
    public required string Name { get; init; }

    public required DocLocation Location { get; init; }
}
