using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A class.</summary>
public sealed class DocClass : DocDefinition
{
    public override DocKind Kind => DocKind.Class;

    /// <summary>The name of the declaration where it differs from the exported one.</summary>
    public string? DeclaredName { get; init; }

    public bool IsAbstract { get; init; }
    public ImmutableArray<DocConstructor> Constructors { get; init; } = [];
    public ImmutableArray<DocClassProperty> Properties { get; init; } = [];
    public ImmutableArray<DocIndexSignature> IndexSignatures { get; init; } = [];
    public ImmutableArray<DocClassMethod> Methods { get; init; } = [];

    /// <summary>The dotted name of the base class; null for other expressions.</summary>
    public string? Extends { get; init; }

    public ImmutableArray<DocType> Implements { get; init; } = [];
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];

    /// <summary>The type arguments of <see cref="Extends"/>.</summary>
    public ImmutableArray<DocType> SuperTypeArguments { get; init; } = [];

    public ImmutableArray<DocDecorator> Decorators { get; init; } = [];
}
