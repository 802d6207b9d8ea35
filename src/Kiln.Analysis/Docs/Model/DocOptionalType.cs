namespace Kiln.Analysis.Docs.Model;

/// <summary><c>T?</c> in a tuple.</summary>
public sealed class DocOptionalType : DocType
{
    public required DocType Type { get; init; }
}
