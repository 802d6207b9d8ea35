namespace Kiln.Analysis.Docs.Model;

/// <summary><c>any unknown number object boolean bigint string symbol void undefined null never intrinsic</c>.</summary>
public sealed class DocKeywordType : DocType
{
    public required string Name { get; init; }
}
