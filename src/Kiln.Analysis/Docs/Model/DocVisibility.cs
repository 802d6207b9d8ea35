namespace Kiln.Analysis.Docs.Model;

/// <summary>How a declaration can be reached.</summary>
public enum DocVisibility : byte
{
    /// <summary>It is not exported; it is here because something exported needs it, or because all was asked for.</summary>
    Private,

    /// <summary>It has the keyword <c>declare</c>, in a file that exports nothing.</summary>
    Declare,
    Export,
}
