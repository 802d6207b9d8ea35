using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A parameter, or a part of one that is a pattern. The set of forms is closed.</summary>
public abstract class DocParameter
{
    private protected DocParameter()
    {
    }

    public ImmutableArray<DocDecorator> Decorators { get; init; } = [];

    /// <summary>Of a <see cref="DocAssignParameter"/> the type is on its left side, of a <see cref="DocRestParameter"/> on itself.</summary>
    public DocType? Type { get; init; }

    /// <summary>The modifiers that make a parameter of a constructor a property; null for all others.</summary>
    public DocParameterProperty? Property { get; init; }
}
