using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A type alias.</summary>
public sealed class DocTypeAlias : DocDefinition
{
    public override DocKind Kind => DocKind.TypeAlias;
    public required DocType Type { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
