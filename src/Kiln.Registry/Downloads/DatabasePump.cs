using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Downloads;

/// <summary>For a gateway whose process has the database.</summary>
internal sealed class DatabasePump(DownloadCounter counter, DownloadService downloads, TimeProvider time, ILogger<DatabasePump> logger)
    : DownloadPump(counter, time, TimeSpan.FromSeconds(10), logger)
{
    // Whether a failed attempt was committed nobody knows; its id does.
    protected override Task HandOnAsync(DownloadBatch batch, CancellationToken cancellation) => downloads.AddAsync(batch, cancellation);
}
