using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Downloads;

/// <summary>For a gateway whose process has the database.</summary>
internal sealed class DatabasePump(DownloadCounter counter, DownloadService downloads, ChangeGate gate, TimeProvider time, ILogger<DatabasePump> logger)
    : DownloadPump(counter, time, TimeSpan.FromSeconds(10), logger)
{
    /// <summary>Not while a restored registry waits for its check: versions that the check is about to find in the store would be unknown, and their downloads left out.</summary>
    protected override async ValueTask<bool> MayHandOnAsync(CancellationToken cancellation) => !await gate.IsClosedAsync(cancellation);

    // Whether a failed attempt was committed nobody knows; its id does.
    protected override Task HandOnAsync(DownloadBatch batch, CancellationToken cancellation) => downloads.AddAsync(batch, cancellation);
}
