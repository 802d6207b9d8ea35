namespace Kiln.Analysis.Docs.Difference;

/// <summary>Which part of a version number has to rise for a change (semver.org, 6 to 8). The order is that of the weight.</summary>
public enum ChangeSeverity : byte
{
    /// <summary>Nothing has changed.</summary>
    None,

    /// <summary>Nothing that code could notice: documentation, names of parameters.</summary>
    Patch,

    /// <summary>Something is new, and all code that was right still is.</summary>
    Minor,

    /// <summary>Code that was right may not compile, or not work, any more.</summary>
    Major,
}
