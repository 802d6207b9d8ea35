namespace Kiln.Analysis.Docs.Model;

/// <summary>A variable, or the value of <c>export default</c>.</summary>
public sealed class DocVariable : DocDefinition
{
    public override DocKind Kind => DocKind.Variable;
    public DocType? Type { get; init; }

    /// <summary><c>var</c>, <c>let</c> or <c>const</c>; <c>using</c> counts as <c>const</c>.</summary>
    public required string Keyword { get; init; }
}
