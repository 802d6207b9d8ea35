namespace Kiln.Registry.Backup;

/// <summary>Says that the registry came out of a backup and has not passed a check since: servers read and do not write (security.md §3.7).</summary>
/// <param name="Backup">The name of the backup.</param>
/// <param name="RestoredAt">UTC.</param>
/// <param name="RowsLoaded">Whether the rows in the database are those of the backup; written with them in one transaction.</param>
public sealed record RestoreMarker(string Backup, DateTimeOffset RestoredAt, bool RowsLoaded = false);
