namespace Kiln.Analysis.Docs.Model;

/// <summary>Where a name comes from.</summary>
public enum DocResolutionKind : byte
{
    /// <summary>This file declares it.</summary>
    Local,
    TypeParameter,
    Import,
}
