using Kiln.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Downloads;

/// <summary>For a gateway that has nothing but the object store: batches become objects there, which a process with a database takes (<see cref="DownloadIntake"/>).</summary>
internal sealed class StorePump(DownloadCounter counter, IObjectStore store, TimeProvider time, ILogger<StorePump> logger)
    : DownloadPump(counter, time, TimeSpan.FromSeconds(60), logger)
{
    // The second attempt at the same batch has the same name and bytes.
    protected override async Task HandOnAsync(DownloadBatch batch, CancellationToken cancellation) =>
        await store.CreateAsync(ObjectKeys.DownloadBatch(batch.Id), batch.Write(), cancellation);
}
