namespace Kiln.Analysis.Docs.Model;

/// <summary><c>A extends B ? C : D</c>.</summary>
public sealed class DocConditionalType : DocType
{
    public required DocType Check { get; init; }
    public required DocType Extends { get; init; }
    public required DocType True { get; init; }
    public required DocType False { get; init; }
}
