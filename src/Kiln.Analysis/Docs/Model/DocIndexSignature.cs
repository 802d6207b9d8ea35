using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>An index signature of a class, interface or type literal.</summary>
public sealed class DocIndexSignature
{
    public DocComment? Comment { get; init; }
    public bool IsReadonly { get; init; }
    public ImmutableArray<DocParameter> Parameters { get; init; } = [];
    public DocType? Type { get; init; }
    public required DocLocation Location { get; init; }
}
