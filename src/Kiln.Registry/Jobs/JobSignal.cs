namespace Kiln.Registry.Jobs;

/// <summary>A job waits.</summary>
public sealed class JobSignal : WorkSignal;
