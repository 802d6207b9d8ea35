using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A function, one overload of it, or the function part of a method.</summary>
public sealed class DocFunction : DocDefinition
{
    public override DocKind Kind => DocKind.Function;

    /// <summary>The name of the declaration where it differs from the exported one.</summary>
    public string? DeclaredName { get; init; }

    public ImmutableArray<DocParameter> Parameters { get; init; } = [];

    /// <summary>Written or inferred; null when it cannot be told from the syntax.</summary>
    public DocType? ReturnType { get; init; }

    public bool HasBody { get; init; }
    public bool IsAsync { get; init; }
    public bool IsGenerator { get; init; }
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
    public ImmutableArray<DocDecorator> Decorators { get; init; } = [];
}
