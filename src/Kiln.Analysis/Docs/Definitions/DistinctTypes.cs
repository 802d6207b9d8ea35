using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>The types of an array's elements, each once, in their order. Where a type stands makes no difference.</summary>
/// <remarks>Types are compared by a text that tells them apart, so that ten thousand elements do not take a hundred million comparisons.</remarks>
internal struct DistinctTypes
{
    private ImmutableArray<DocType>.Builder? types;
    private HashSet<string>? keys;

    public readonly int Count => types?.Count ?? 0;

    public readonly DocType Single => types![0];

    public readonly ImmutableArray<DocType> ToImmutable() => types!.ToImmutable();

    public void AddAll(ImmutableArray<DocType> all)
    {
        foreach (var type in all)
        {
            Add(type);
        }
    }

    public void Add(DocType type)
    {
        if (types is null)
        {
            (types = ImmutableArray.CreateBuilder<DocType>()).Add(type);
            return;
        }

        // Keywords are shared nodes.
        if (types.Count == 1 && ReferenceEquals(types[0], type))
        {
            return;
        }

        keys ??= new HashSet<string>(StringComparer.Ordinal) { TypeKey.Of(types[0]) };
        if (keys.Add(TypeKey.Of(type)))
        {
            types.Add(type);
        }
    }
}
