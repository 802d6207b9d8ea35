namespace Kiln.Analysis.Docs.Model;

/// <summary><c>T[]</c>.</summary>
public sealed class DocArrayType : DocType
{
    public required DocType Element { get; init; }
}
