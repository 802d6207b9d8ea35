using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>A | B</c>.</summary>
public sealed class DocUnionType : DocType
{
    public ImmutableArray<DocType> Types { get; init; } = [];
}
