namespace Kiln.Analysis.Docs.Model;

/// <summary>A member of an enum.</summary>
public sealed class DocEnumMember
{
    public required string Name { get; init; }

    /// <summary>The literal that it is set to, <c>number</c> for arithmetic; null for other expressions and without one.</summary>
    public DocType? Value { get; init; }

    public DocComment? Comment { get; init; }
    public required DocLocation Location { get; init; }
}
