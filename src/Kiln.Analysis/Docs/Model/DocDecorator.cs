using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A decorator.</summary>
public sealed class DocDecorator
{
    /// <summary>The dotted name; <c>[UNSUPPORTED]</c> for other expressions.</summary>
    public required string Name { get; init; }

    /// <summary>The source text of the arguments; none when it is not called, and none when it is called with none.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    public required DocLocation Location { get; init; }
}
