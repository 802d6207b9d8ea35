namespace Kiln.Registry.Integrity;

public enum FindingOutcome
{
    /// <summary>Reported only.</summary>
    Open,

    /// <summary>Repaired, and a look afterwards no longer found it.</summary>
    Repaired,

    /// <summary>A repair was tried and did not work.</summary>
    Failed,
}
