namespace Kiln.Registry.Downloads;

/// <summary>
/// The downloads of one object since they were last taken. Counting is one atomic addition, without lock or allocation. Whoever serves the object keeps its tally; one
/// that stayed at zero is retired, so that memory follows what is being downloaded, and says so to the next one who counts.
/// </summary>
public sealed class DownloadTally
{
    private const long Retired = long.MinValue / 2;

    private readonly bool isCounted;
    private long count;

    internal DownloadTally(bool isCounted) => this.isCounted = isCounted;

    /// <summary>Of objects that nobody counts.</summary>
    internal static DownloadTally None { get; } = new(isCounted: false);

    /// <summary>False when the tally has been retired: the download is not counted here.</summary>
    public bool TryAdd() => !isCounted || Interlocked.Increment(ref count) > 0;

    internal long Take() => Interlocked.Exchange(ref count, 0);

    internal bool TryRetire() => Interlocked.CompareExchange(ref count, Retired, 0) == 0;
}
