namespace Kiln.Analysis.Docs.Model;

/// <summary>A modifier of a mapped type.</summary>
public enum DocMappedModifier : byte
{
    None,

    /// <summary>Written without a sign.</summary>
    Present,
    Plus,
    Minus,
}
