namespace Kiln.Packages.Scoring;

/// <summary>How far a criterion is met.</summary>
public enum ScoreState : byte
{
    Missed,
    Partly,
    Met,

    /// <summary>Only the registry knows; it counts neither for nor against.</summary>
    Unknown,
}
