using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A method or accessor of an interface or type literal.</summary>
public sealed class DocMethodSignature
{
    /// <summary>Without quotes; a computed name as <c>[expression]</c>.</summary>
    public required string Name { get; init; }

    public DocComment? Comment { get; init; }
    public DocMethodKind Kind { get; init; }
    public required DocLocation Location { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public bool IsComputed { get; init; }
    public bool IsOptional { get; init; }
    public DocType? ReturnType { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
