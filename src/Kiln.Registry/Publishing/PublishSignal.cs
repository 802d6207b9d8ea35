namespace Kiln.Registry.Publishing;

/// <summary>A task waits.</summary>
public sealed class PublishSignal : WorkSignal;
