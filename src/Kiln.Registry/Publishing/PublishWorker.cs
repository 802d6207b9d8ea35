using System.Diagnostics;
using Kiln.Packages;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Publishing;

/// <summary>Leases publishing tasks and runs the pipeline.</summary>
internal sealed partial class PublishWorker(
    Database database, IObjectStore store, PublishPipeline pipeline, RegistryOptions options, PublishSignal signal, ILogger<PublishWorker> logger)
    : LeaseWorker<TaskStore.Row>(database, options, signal, options.PublishConcurrency, logger)
{
    /// <summary>Analysis is the same work every time: what was too slow twice will be too slow again.</summary>
    private const int MaxSlowAttempts = 2;

    /// <summary>The wait of a publish that was given up and cannot fail any more.</summary>
    private static readonly TimeSpan ShowAgain = TimeSpan.FromMinutes(5);

    protected override string Queue => "publish";

    protected override TimeSpan Patience => TimeSpan.FromSeconds(20);

    protected override int MaxAttempts => Options.MaxAttempts;

    public override async Task PrepareAsync(CancellationToken cancellation)
    {
        if (Database.Dialect.SingleWriter)
        {
            // The data directory belongs to one server: whoever held a lease died with the last one, and its tasks need not wait for the lease to end.
            await Database.FencedAsync(TaskStore.ReleaseAllAsync, cancellation);
        }
    }

    protected override Task<TaskStore.Row?> LeaseAsync(CancellationToken cancellation) => Database.FencedAsync(
        session => TaskStore.LeaseAsync(session, Guid.NewGuid().ToString("D"), session.Now + Options.Lease), cancellation);

    protected override Task<int> ExtendAsync(Session session, TaskStore.Row item) => TaskStore.ExtendAsync(session, item.Id, item.Lease!, session.Now + Options.Lease);

    protected override Task ReleaseAsync(Session session, TaskStore.Row item, TimeSpan delay, bool counts) =>
        TaskStore.ReleaseAsync(session, item.Id, item.Lease!, session.Now + delay, counts ? item.Attempt : item.Attempt - 1);

    protected override int AttemptOf(TaskStore.Row item) => item.Attempt;

    /// <summary>A version that was committed exists: its publish has one attempt after another until clients can be shown it. Each round is a dead letter that operators see.</summary>
    protected override Task GiveUpAsync(TaskStore.Row item) => item.Status == "processed"
        ? Database.FencedAsync(s => TaskStore.ReleaseAsync(s, item.Id, item.Lease!, s.Now + ShowAgain, Options.MaxAttempts - 1), CancellationToken.None)
        : FailAsync(
            item, PublishErrorCodes.InternalError, "The registry failed to process this package several times. Its operators can tell why; publishing the same content again is safe.");

    protected override async Task DoAsync(TaskStore.Row item, CancellationToken cancellation)
    {
        using var trace = RegistryMetrics.Traces.StartActivity("publish", ActivityKind.Consumer, ActivityContext.TryParse(item.Trace, null, isRemote: true, out var upload) ? upload : default);
        trace?.SetTag("kiln.package", $"@{item.Scope}/{item.Name}").SetTag("kiln.version", item.Version).SetTag("kiln.task", item.Id).SetTag("kiln.attempt", item.Attempt);
        if (item.Attempt == 1)
        {
            RegistryMetrics.RecordPickup(item.UpdatedAt - item.RunAfter);
        }

        try
        {
            var (error, finished) = await pipeline.RunAsync(item, cancellation);
            if (error is null)
            {
                var waited = (item.UpdatedAt - item.RunAfter).TotalMilliseconds; // a leased row tells when it was leased
                var took = finished - item.CreatedAt;
                LogPublished(item.Scope, item.Name, item.Version, item.Id, item.Attempt, waited, took.TotalMilliseconds);
                RegistryMetrics.CountPublish("success");
                RegistryMetrics.RecordInstallable(took);
                return;
            }

            LogRefused(item.Scope, item.Name, item.Version, item.Id, error.Code);
            await FailAsync(item, error.Code, error.Message);
        }
        catch (TimeoutException) when (item.Attempt >= MaxSlowAttempts)
        {
            LogTooSlow(item.Id, Options.BuildTimeout);
            await FailAsync(item, PublishErrorCodes.InternalError, "The registry could not analyse this package in reasonable time. Its operators can tell why.");
        }
        catch (ContentConflictException e)
        {
            LogContentConflict(item.Id, e.Message);
            RegistryMetrics.CountConflict();
            await FailAsync(item, PublishErrorCodes.InternalError, "Stored content contradicts this version. The registry's operators have to look at it.");
        }
    }

    /// <summary>A final failure: the number is free again unless bytes have become public, and the upload goes.</summary>
    private async Task FailAsync(TaskStore.Row task, string code, string message)
    {
        var failed = await Database.FencedAsync(
            async session =>
            {
                if (await TaskStore.SetFailureAsync(session, task.Id, task.Lease!, code, message) == 0)
                {
                    return false;
                }

                await TaskStore.DropReservationAsync(session, task.Id);
                return true;
            },
            CancellationToken.None);
        if (failed)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, code);
            RegistryMetrics.CountPublish(code);
            await store.DeleteAsync(ObjectKeys.Staged(task.Id.ToString("D")), CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "published @{Scope}/{Package}@{Version} (task {Task}, attempt {Attempt}): waited {WaitedMs:0.0} ms, installable after {TookMs:0.0} ms")]
    private partial void LogPublished(string scope, string package, string version, Guid task, int attempt, double waitedMs, double tookMs);

    [LoggerMessage(Level = LogLevel.Information, Message = "refused @{Scope}/{Package}@{Version} (task {Task}): {Code}")]
    private partial void LogRefused(string scope, string package, string version, Guid task, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "task {Task}: the analysis took longer than {Limit}, again")]
    private partial void LogTooSlow(Guid task, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Critical, Message = "contentConflict: task {Task}: {Problem}")]
    private partial void LogContentConflict(Guid task, string problem);
}
