using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A construct signature of an interface or type literal.</summary>
public sealed class DocConstructSignature
{
    public DocComment? Comment { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public DocType? ReturnType { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
    public required DocLocation Location { get; init; }
}
