namespace Kiln.Analysis.Docs.Model;

/// <summary>One declaration of a symbol.</summary>
public sealed class DocDeclaration
{
    public required DocLocation Location { get; init; }
    public required DocVisibility Visibility { get; init; }
    public DocComment? Comment { get; init; }
    public required DocDefinition Definition { get; init; }
}
