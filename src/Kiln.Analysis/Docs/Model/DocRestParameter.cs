namespace Kiln.Analysis.Docs.Model;

/// <summary><c>...argument</c>.</summary>
public sealed class DocRestParameter : DocParameter
{
    public required DocParameter Argument { get; init; }
}
