namespace Kiln.Analysis.Docs.Model;

/// <summary><c>...T</c> in a tuple.</summary>
public sealed class DocRestType : DocType
{
    public required DocType Type { get; init; }
}
