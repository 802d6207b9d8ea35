namespace Kiln.Registry.Backup;

/// <param name="Copied">Objects that the place did not have yet.</param>
/// <param name="CopiedBytes">Of those.</param>
/// <param name="Problems">What could not be copied, one sentence each. The backup is complete but for these.</param>
public sealed record BackupResult(BackupManifest Manifest, long Copied, long CopiedBytes, IReadOnlyList<string> Problems);
