using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>What an interface or a type literal declares.</summary>
public sealed class DocTypeMembers
{
    public static DocTypeMembers Empty { get; } = new();

    public ImmutableArray<DocConstructSignature> Constructors { get; init; } = [];
    public ImmutableArray<DocMethodSignature> Methods { get; init; } = [];
    public ImmutableArray<DocPropertySignature> Properties { get; init; } = [];
    public ImmutableArray<DocCallSignature> CallSignatures { get; init; } = [];
    public ImmutableArray<DocIndexSignature> IndexSignatures { get; init; } = [];
}
