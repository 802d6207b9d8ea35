namespace Kiln.Analysis.Docs.Model;

/// <summary><c>left = right</c>.</summary>
public sealed class DocAssignParameter : DocParameter
{
    public required DocParameter Left { get; init; }

    /// <summary>Text of a literal or identifier, <c>[a.b]</c> for a member; <c>[UNSUPPORTED]</c> for the rest.</summary>
    public required string Right { get; init; }
}
