namespace Kiln.Analysis.Docs.Model;

/// <summary><c>T[K]</c>.</summary>
public sealed class DocIndexedAccessType : DocType
{
    public bool IsReadonly { get; init; }
    public required DocType Object { get; init; }
    public required DocType Index { get; init; }
}
