namespace Kiln.Registry;

/// <summary>How far a check, a backup or a restore is.</summary>
/// <param name="Step">What it does now, in a few words.</param>
/// <param name="Done">Things done in this step.</param>
/// <param name="Total">0: not known.</param>
public readonly record struct WorkProgress(string Step, long Done, long Total);
