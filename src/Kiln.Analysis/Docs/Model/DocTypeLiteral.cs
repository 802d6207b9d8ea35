namespace Kiln.Analysis.Docs.Model;

/// <summary><c>{ a: A; m(): B }</c>.</summary>
public sealed class DocTypeLiteral : DocType
{
    public required DocTypeMembers Members { get; init; }
}
