namespace Kiln.Analysis.Docs.Difference;

/// <summary>Who writes code with a type: whether others only use it, or have to provide it as well.</summary>
internal enum Implementers : byte
{
    /// <summary>Functions and classes: others call them; who overrides a method may still take less.</summary>
    None,

    /// <summary>Interfaces and object types: others write objects and classes that have to fit.</summary>
    Anyone,
}
