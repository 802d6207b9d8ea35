using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>An enum.</summary>
public sealed class DocEnum : DocDefinition
{
    public override DocKind Kind => DocKind.Enum;
    public ImmutableArray<DocEnumMember> Members { get; init; } = [];
}
