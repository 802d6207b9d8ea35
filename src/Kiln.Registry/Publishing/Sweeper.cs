using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
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

    /// <summary>One pass.</summary>
    public async Task<SweepResult> SweepAsync(CancellationToken cancellation)
    {
        // 1. Files that a dead process was writing.
        var temporary = store is DirectoryObjectStore directory ? directory.SweepTemporaryFiles() : 0;

        // 2. Uploads without a future. That of a successful publish stays: it is what the publisher signed off.
        // One that is older than the database itself belongs to a database that was lost: it is what a check rebuilds versions from.
        var staged = 0;
        var beginning = await database.ReadAsync(s => s.FindAsync<long?>("SELECT MIN(created_at) FROM audit_log"), cancellation) ?? 0;
        await foreach (var key in store.ListAsync(Bucket.Staging, "", cancellation))
        {
            if (TaskOf(key) is { } id && !await IsNeededAsync(id, beginning, key, cancellation) && await store.DeleteAsync(key, cancellation))
            {
                staged++;
            }
        }

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
        var stale = await database.ReadAsync(s => PackageMetadataWriter.ListNotShownAsync(s, MetadataBatch), cancellation);
        foreach (var (scope, name) in stale)
        {
            await metadata.WriteAsync(scope, name, cancellation);
        }

        var covered = await metadata.RecheckAsync(cancellation);
        return new SweepResult(temporary, staged, rows, stale.Count + covered);
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
            }

            await Task.Delay(options.SweepInterval, database.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Guid? TaskOf(ObjectKey key) =>
        key.Path.EndsWith(".tar.gz", StringComparison.Ordinal) && Guid.TryParseExact(key.Path[..^".tar.gz".Length], "D", out var id) ? id : null;

    private async Task<bool> IsNeededAsync(Guid id, long beginning, ObjectKey key, CancellationToken cancellation)
    {
        // First the memory, then the database: an upload in between is in both.
        if (uploads.Contains(id))
        {
            return true;
        }

        var (task, now) = await database.ReadAsync(async s => (await TaskStore.FindAsync(s, id), s.Now), cancellation);
        if (task is not null)
        {
            return task.Status != "failure";
        }

        // What is young, another process may be about to make a task.
        return await store.StatAsync(key, cancellation) is { } info
            && (ColumnTypes.ToMicroseconds(info.LastModified) < beginning || (!database.Dialect.SingleWriter && now - info.LastModified < UploadsInProgress.SweepAge));
    }

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
