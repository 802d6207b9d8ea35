using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>{ a, b: c, ...d }</c>.</summary>
public sealed class DocObjectParameter : DocParameter
{
    public ImmutableArray<DocPatternProperty> Properties { get; init; } = [];
    public bool IsOptional { get; init; }
}
