using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A name and all that it stands for.</summary>
public sealed class DocSymbol
{
    /// <summary>The exported name, as it is; <c>default</c> for the default export. A string export may have any text.</summary>
    public required string Name { get; init; }

    public bool IsDefault { get; init; }

    /// <summary>At least one. Overloads and merged declarations are several.</summary>
    public required ImmutableArray<DocDeclaration> Declarations { get; init; }
}
