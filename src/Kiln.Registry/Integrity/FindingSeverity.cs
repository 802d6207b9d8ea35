namespace Kiln.Registry.Integrity;

public enum FindingSeverity
{
    /// <summary>Waste, or a state that mends itself; a check with nothing worse passes.</summary>
    Note,

    /// <summary>No client sees it yet, but a promise rests on less than it should.</summary>
    Warning,

    /// <summary>Somebody gets something wrong, or nothing.</summary>
    Error,
}
