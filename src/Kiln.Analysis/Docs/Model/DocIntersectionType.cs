using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>A &amp; B</c>.</summary>
public sealed class DocIntersectionType : DocType
{
    public ImmutableArray<DocType> Types { get; init; } = [];
}
