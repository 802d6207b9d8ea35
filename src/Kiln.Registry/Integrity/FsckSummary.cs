namespace Kiln.Registry.Integrity;

/// <summary>The outcome of the last complete check, as the database keeps it for the metrics.</summary>
public sealed record FsckSummary(DateTimeOffset FinishedAt, int Errors, int Warnings, int Notes, int Packages, int Versions);
