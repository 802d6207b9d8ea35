using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>A.B&lt;T&gt;</c>.</summary>
public sealed class DocTypeReference : DocType
{
    /// <summary>With its dots.</summary>
    public required string Name { get; init; }

    public ImmutableArray<DocType> Arguments { get; init; } = [];

    /// <summary>What the first identifier of the name stands for; null for what is global or unknown.</summary>
    public DocResolution? Resolution { get; init; }
}
