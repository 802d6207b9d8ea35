using Kiln.Registry.Data;
using Kiln.Registry.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Publishing;

/// <summary>Looks again at documents that this process has written (ADR 0016), as often as a <see cref="Sweeper"/> would, which runs only where workers do.</summary>
internal sealed partial class DocumentRecheck(Database database, PackageMetadataWriter metadata, RegistryOptions options, ILogger<DocumentRecheck> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.SweepInterval, database.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (await metadata.RecheckAsync(stoppingToken) is var mended and > 0)
                {
                    LogMended(mended);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(e);
                RegistryMetrics.CountFailure(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "documents that somebody had covered were written again, of {Packages} packages")]
    private partial void LogMended(int packages);

    [LoggerMessage(Level = LogLevel.Error, Message = "documents could not be looked at again; the next look follows")]
    private partial void LogFailed(Exception exception);
}
