using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>(a: A) => B</c> or <c>new (a: A) => B</c>.</summary>
public sealed class DocFunctionType : DocType
{
    public bool IsConstructor { get; init; }
    public required DocType ReturnType { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];
}
