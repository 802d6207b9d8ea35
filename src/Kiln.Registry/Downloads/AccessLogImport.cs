namespace Kiln.Registry.Downloads;

/// <param name="Added">Downloads that were counted.</param>
/// <param name="LeftOut">Downloads that have been counted before, are older than four weeks, or are of versions that do not exist.</param>
public sealed record AccessLogImport(long Added, long LeftOut);
