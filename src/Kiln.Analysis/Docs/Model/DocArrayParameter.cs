using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>[a, , b]</c>; a hole is null.</summary>
public sealed class DocArrayParameter : DocParameter
{
    public ImmutableArray<DocParameter?> Elements { get; init; } = [];
    public bool IsOptional { get; init; }
}
