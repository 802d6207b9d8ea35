using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A namespace, or a module that is exported as one.</summary>
public sealed class DocNamespace : DocDefinition
{
    public override DocKind Kind => DocKind.Namespace;
    public ImmutableArray<DocSymbol> Elements { get; init; } = [];
}
