using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>An interface.</summary>
public sealed class DocInterface : DocDefinition
{
    public override DocKind Kind => DocKind.Interface;

    /// <summary>The name of the declaration where it differs from the exported one.</summary>
    public string? DeclaredName { get; init; }

    public ImmutableArray<DocType> Extends { get; init; } = [];
    public required DocTypeMembers Members { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
