namespace Kiln.Analysis.Docs.Model;

/// <summary>What a declaration declares. The set of kinds is closed.</summary>
public abstract class DocDefinition
{
    private protected DocDefinition()
    {
    }

    public abstract DocKind Kind { get; }
}
