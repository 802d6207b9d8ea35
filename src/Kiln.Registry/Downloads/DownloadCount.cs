namespace Kiln.Registry.Downloads;

public sealed record DownloadCount(DownloadSubject Subject, long Count);
