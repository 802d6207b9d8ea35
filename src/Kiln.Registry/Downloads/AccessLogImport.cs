namespace Kiln.Registry.Downloads;

/// <param name="Added">Downloads that were counted; those of versions that do not exist are among them and were left out.</param>
/// <param name="LeftOut">Downloads that have been counted before, or are older than four weeks.</param>
public sealed record AccessLogImport(long Added, long LeftOut);
