namespace Kiln.Registry.Integrity;

/// <param name="Code">Stable: monitoring matches it.</param>
/// <param name="Means">What is wrong, in general.</param>
/// <param name="Repair">What <c>--repair</c> does about it, or the way out when it cannot.</param>
public sealed record FindingKind(string Code, FindingSeverity Severity, string Means, string Repair);
