using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A call signature of an interface or type literal.</summary>
public sealed class DocCallSignature
{
    public DocComment? Comment { get; init; }
    public required DocLocation Location { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public DocType? ReturnType { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
