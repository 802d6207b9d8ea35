namespace Kiln.Registry.Backup;

/// <summary>Says that the registry came out of a backup and has not passed a check since: servers read and do not write (security.md §3.7).</summary>
/// <param name="Backup">The name of the backup.</param>
/// <param name="RestoredAt">UTC.</param>
public sealed record RestoreMarker(string Backup, DateTimeOffset RestoredAt);
