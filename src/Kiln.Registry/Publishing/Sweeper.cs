using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Puts away what interrupted work left: temporary files of dead processes, uploads that became no task or whose task failed, expired secrets, and package documents
/// that are older than their facts. Runs at start and every few minutes; each pass is safe at any time.
/// </summary>
public sealed partial class Sweeper(
    Database database, IObjectStore store, PackageMetadataWriter metadata, UploadsInProgress uploads, RegistryOptions options, ILogger<Sweeper> logger) : BackgroundService
{
    private const int MetadataBatch = 100;
    private const int UploadBatch = 500;

    /// <summary>One pass.</summary>
    public async Task<SweepResult> SweepAsync(CancellationToken cancellation)
    {
        // 1. Files that a dead process was writing.
        var temporary = store is DirectoryObjectStore directory ? directory.SweepTemporaryFiles() : 0;

        // 2. Uploads without a future.
        var staged = await SweepUploadsAsync(cancellation);

        // 3. Rows whose time is over, and reservations of tasks that failed or never were.
        var rows = await database.ChangeAsync(
            async session => await AuthorizationStore.DeleteExpiredAsync(session) + await SignInService.DeleteExpiredAsync(session) + await TokenStore.DeleteExpiredAsync(session)
                + await session.ExecuteAsync(
                    """
                    DELETE FROM version_claims WHERE state = 'reserved'
                      AND NOT EXISTS (SELECT 1 FROM publishing_tasks t WHERE t.id = version_claims.task_id AND t.status <> 'failure')
                    """),
            cancellation);

        // 4. Documents that do not show what was committed.
        var behind = await database.ReadAsync(s => PackageMetadataWriter.ListNotShownAsync(s, MetadataBatch), cancellation);
        return new SweepResult(temporary, staged, rows, await metadata.MendAsync(behind, cancellation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ChangeGate.WaitUntilOpenAsync(database, options, logger, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var swept = await SweepAsync(stoppingToken);
                if (swept != default)
                {
                    LogSwept(swept);
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

            await Task.Delay(options.SweepInterval, database.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// The upload of a successful publish stays: it is what the publisher signed off. So most of them stay for ever, and the database is asked about many at a time. One that is older than
    /// the database itself belongs to a database that was lost: it is what a check rebuilds versions from.
    /// </summary>
    private async Task<int> SweepUploadsAsync(CancellationToken cancellation)
    {
        var swept = 0;
        var beginning = await database.ReadAsync(s => s.FindAsync<long?>("SELECT MIN(created_at) FROM audit_log"), cancellation) ?? 0;
        var batch = new List<(Guid Id, ObjectKey Key)>(UploadBatch);
        await foreach (var key in store.ListAsync(Bucket.Staging, "", cancellation))
        {
            // First the memory, then the database: an upload in between is in both.
            if (ObjectKeys.TaskOf(key) is { } id && !uploads.Contains(id))
            {
                batch.Add((id, key));
            }

            if (batch.Count == UploadBatch)
            {
                swept += await SweepUploadsAsync(batch, beginning, cancellation);
                batch.Clear();
            }
        }

        return swept + await SweepUploadsAsync(batch, beginning, cancellation);
    }

    private async Task<int> SweepUploadsAsync(List<(Guid Id, ObjectKey Key)> batch, long beginning, CancellationToken cancellation)
    {
        var swept = 0;
        var (statuses, now) = await database.ReadAsync(async s => (await TaskStore.ListStatusAsync(s, [.. batch.Select(b => b.Id)]), s.Now), cancellation);
        foreach (var (id, key) in batch)
        {
            if (statuses.TryGetValue(id, out var status) ? status == "failure" : !await MayBecomeTaskAsync(key, beginning, now, cancellation))
            {
                swept += await store.DeleteAsync(key, cancellation) ? 1 : 0;
            }
        }

        return swept;
    }

    /// <summary>What is young, another process may be about to make a task; what is older than the database was one.</summary>
    private async Task<bool> MayBecomeTaskAsync(ObjectKey key, long beginning, DateTimeOffset now, CancellationToken cancellation) =>
        await store.StatAsync(key, cancellation) is { } info
        && (ColumnTypes.ToMicroseconds(info.LastModified) < beginning || (!database.Dialect.SingleWriter && now - info.LastModified < UploadsInProgress.SweepAge));

    [LoggerMessage(Level = LogLevel.Information, Message = "swept: {Result}")]
    private partial void LogSwept(SweepResult result);

    [LoggerMessage(Level = LogLevel.Error, Message = "a sweep failed; the next one follows")]
    private partial void LogFailed(Exception exception);
}

/// <param name="TemporaryFiles">Files of dead processes.</param>
/// <param name="Uploads">Staged tarballs.</param>
/// <param name="Rows">Expired secrets and orphaned reservations.</param>
/// <param name="Documents">Packages whose documents were written again.</param>
public readonly record struct SweepResult(int TemporaryFiles, int Uploads, int Rows, int Documents);
