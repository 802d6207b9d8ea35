using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>[A, B?, ...C]</c>. Names of members are not kept: the wire form has none.</summary>
public sealed class DocTupleType : DocType
{
    public ImmutableArray<DocType> Elements { get; init; } = [];
}
