using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>What a run documents: the modules that were asked for, in the order in which they were asked for.</summary>
public sealed class DocSet
{
    public required ImmutableArray<DocModule> Modules { get; init; }
}
