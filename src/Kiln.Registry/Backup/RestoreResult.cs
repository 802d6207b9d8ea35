using Kiln.Registry.Integrity;

namespace Kiln.Registry.Backup;

/// <param name="Restored">Objects that were written.</param>
/// <param name="Problems">What could not be restored, one sentence each.</param>
/// <param name="Check">What the check afterwards found; null when only objects were put back.</param>
public sealed record RestoreResult(BackupManifest Manifest, long Rows, long Restored, IReadOnlyList<string> Problems, FsckReport? Check);
