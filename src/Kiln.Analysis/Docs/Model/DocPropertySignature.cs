using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A property of an interface or type literal.</summary>
public sealed class DocPropertySignature
{
    /// <summary>Without quotes; a computed name as <c>[expression]</c>.</summary>
    public required string Name { get; init; }

    public DocComment? Comment { get; init; }
    public required DocLocation Location { get; init; }

    /// <summary>Only what the object of an inferred type has as a method.</summary>
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];

    public bool IsReadonly { get; init; }
    public bool IsComputed { get; init; }
    public bool IsOptional { get; init; }
    public DocType? Type { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
