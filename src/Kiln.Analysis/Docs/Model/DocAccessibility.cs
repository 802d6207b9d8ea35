namespace Kiln.Analysis.Docs.Model;

/// <summary>A modifier that is written; what has none is public without saying so.</summary>
public enum DocAccessibility : byte
{
    None,
    Public,
    Protected,
    Private,
}
