namespace Kiln.Analysis.Docs.Model;

/// <summary>What is documented elsewhere in the same run.</summary>
public sealed class DocReference : DocDefinition
{
    public override DocKind Kind => DocKind.Reference;

    /// <summary>The location of the declaration that is meant.</summary>
    public required DocLocation Target { get; init; }
}
