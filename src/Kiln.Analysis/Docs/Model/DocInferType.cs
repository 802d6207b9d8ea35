namespace Kiln.Analysis.Docs.Model;

/// <summary><c>infer T</c>.</summary>
public sealed class DocInferType : DocType
{
    public required DocTypeParameter TypeParameter { get; init; }
}
