using System.Data.Common;
using Kiln.Registry.Backup;
using Kiln.Registry.Data;
using Kiln.Registry.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry;

/// <summary>
/// Closed while the registry came out of a backup and no check has passed since: then it is read and not changed (security.md §3.7), or a number could be given away that only the store knows to
/// be taken. Once open it stays open: a backup is not restored under a running server.
/// </summary>
public sealed partial class ChangeGate(Database database)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile bool isOpen;
    private long lookedAt;

    /// <summary>Whether changes have to be refused now. Costs nothing once the gate has been seen open; while it is closed it looks once a second.</summary>
    /// <exception cref="DatabaseUnavailableException">Nobody can tell, so nothing may be changed; likewise with any <see cref="DbException"/>.</exception>
    public async ValueTask<bool> IsClosedAsync(CancellationToken cancellation)
    {
        if (isOpen)
        {
            return false;
        }

        var now = database.Time.GetTimestamp();
        var last = Interlocked.Read(ref lookedAt);
        if (last != 0 && database.Time.GetElapsedTime(last, now) < Pause)
        {
            return true;
        }

        if (await IsMarkedAsync(database, cancellation))
        {
            Interlocked.Exchange(ref lookedAt, now);
            return true;
        }

        isOpen = true;
        return false;
    }

    /// <summary>Returns when the registry may be changed, or when that is not asked any more.</summary>
    internal static async Task WaitUntilOpenAsync(Database database, RegistryOptions options, ILogger logger, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!await IsMarkedAsync(database, cancellation))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return; // Whoever stops while it waits has not failed.
            }
            catch (Exception e) when (e is DbException or DatabaseUnavailableException && !cancellation.IsCancellationRequested)
            {
                LogUnknown(logger, (e.InnerException ?? e).Message); // As good as closed: without the database there is no work either.
                RegistryMetrics.CountFailure(e);
            }

            await Task.Delay(options.PollInterval, database.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task<bool> IsMarkedAsync(Database database, CancellationToken cancellation) =>
        database.ReadAsync(async s => await RegistryState.FindAsync<RestoreMarker>(s, RegistryState.Restored) is not null, cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "whether the registry may be changed cannot be asked, so its workers wait: {Problem}")]
    private static partial void LogUnknown(ILogger logger, string problem);
}
