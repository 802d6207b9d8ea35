using System.Collections.Concurrent;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Downloads;

/// <summary>
/// What this process has served since it was last asked. Knows neither database nor store: a gateway needs neither to count. Only objects that exist are ever counted, so addresses that
/// somebody made up cost nothing.
/// </summary>
public sealed class DownloadCounter
{
    private readonly ConcurrentDictionary<DownloadSubject, DownloadTally> tallies = new();

    /// <summary>The tally of an object, to be kept beside it.</summary>
    public DownloadTally TallyOf(ObjectKey key) =>
        DownloadSubject.Of(key) is { } subject ? tallies.GetOrAdd(subject, static _ => new DownloadTally(isCounted: true)) : DownloadTally.None;

    /// <summary>Counts where the tally that somebody kept has been retired; gives the one to keep instead.</summary>
    public DownloadTally Recount(ObjectKey key)
    {
        while (true)
        {
            var tally = TallyOf(key);
            if (tally.TryAdd())
            {
                return tally;
            }
        }
    }

    /// <summary>Takes all counts out; whoever takes them answers for them.</summary>
    public IReadOnlyList<DownloadCount> Take()
    {
        var counts = new List<DownloadCount>();
        foreach (var (subject, tally) in tallies)
        {
            if (tally.Take() is > 0 and var count)
            {
                counts.Add(new DownloadCount(subject, count));
            }
            else if (tally.TryRetire())
            {
                tallies.TryRemove(new KeyValuePair<DownloadSubject, DownloadTally>(subject, tally));
            }
        }

        return counts;
    }
}
