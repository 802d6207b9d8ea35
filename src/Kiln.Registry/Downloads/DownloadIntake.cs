using Kiln.Registry.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Downloads;

/// <summary>Adds the batches that gateways without a database have left in the store, and deletes counts whose time is over.</summary>
internal sealed partial class DownloadIntake(IObjectStore store, DownloadService downloads, ChangeGate gate, TimeProvider time, ILogger<DownloadIntake> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private const int RoundsBetweenPrunes = 60;

    /// <summary>Gives the number of batches that were added. None are while a restored registry waits for its check: versions that it is about to find in the store would be unknown.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellation)
    {
        if (await gate.IsClosedAsync(cancellation))
        {
            return 0;
        }

        var keys = new List<ObjectKey>();
        await foreach (var key in store.ListAsync(Bucket.Staging, ObjectKeys.DownloadBatches, cancellation))
        {
            keys.Add(key);
        }

        var added = 0;
        foreach (var key in keys)
        {
            if (await ReadAsync(key, cancellation) is { } batch)
            {
                added += await downloads.AddAsync(batch, cancellation) ? 1 : 0;
            }

            // Killed before this, it is found again, and its id says that it has been added.
            await store.DeleteAsync(key, cancellation);
        }

        return added;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 0; !stoppingToken.IsCancellationRequested; round++)
        {
            try
            {
                await TakeAsync(stoppingToken);
                if (round % RoundsBetweenPrunes == 0 && !await gate.IsClosedAsync(stoppingToken))
                {
                    await downloads.PruneAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(e);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<DownloadBatch?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        var name = key.Path[ObjectKeys.DownloadBatches.Length..];
        await using var stored = await store.OpenAsync(key, cancellation);
        if (stored is null)
        {
            return null; // Another process was faster.
        }

        var batch = name.EndsWith(".json", StringComparison.Ordinal) && Guid.TryParseExact(name[..^".json".Length], "D", out var id) && stored.Length <= DownloadBatch.LargestJson
            ? DownloadBatch.Read(id.ToString("D"), await stored.ReadAllAsync(cancellation))
            : null;
        if (batch is null)
        {
            LogNoBatch(key);
        }

        return batch;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} is no batch of counted downloads; it is deleted")]
    private partial void LogNoBatch(ObjectKey key);

    [LoggerMessage(Level = LogLevel.Error, Message = "counted downloads could not be taken; the next round follows")]
    private partial void LogFailed(Exception exception);
}
