namespace Kiln.Registry.Jobs;

/// <summary>What is done first. The value in the database.</summary>
public enum JobPriority
{
    /// <summary>Somebody has just changed something.</summary>
    Change = 0,

    /// <summary>Made up for: versions from before there was such work.</summary>
    Backfill = 1,
}
