using Kiln.Registry.Data;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Publishing;

/// <summary>Leases tasks and runs the pipeline, several at a time. Woken by <see cref="PublishSignal"/>, and by the clock in case a ring was lost.</summary>
public sealed partial class PublishWorker(
    Database database, IObjectStore store, PublishPipeline pipeline, RegistryOptions options, PublishSignal signal, ILogger<PublishWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource abandon = new();
    private readonly SemaphoreSlim slots = new(options.PublishConcurrency);

    /// <summary>Works until nothing is due. For tests and tools; the host runs <see cref="ExecuteAsync"/>.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await LeaseAsync(cancellation) is { } task)
        {
            await WorkAsync(task, cancellation);
        }
    }

    /// <summary>Stops leasing, lets running work finish for a while, then gives it back.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            using var patience = new CancellationTokenSource(ShutdownPatience, database.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await AllSlotsAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            await abandon.CancelAsync();
            await AllSlotsAsync(CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        abandon.Dispose();
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LeaseAndWorkAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of a service, also when the host could not start: nothing to report.
        }
    }

    private async Task LeaseAndWorkAsync(CancellationToken stoppingToken)
    {
        if (database.Dialect.SingleWriter)
        {
            // The data directory belongs to one server: whoever held a lease died with the last one, and its tasks need not wait for the lease to end.
            await TryAsync(() => database.ChangeAsync(TaskStore.ReleaseAllAsync, stoppingToken));
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await slots.WaitAsync(stoppingToken);
            TaskStore.Row? task = null;
            try
            {
                await TryAsync(async () => task = await LeaseAsync(stoppingToken));
            }
            finally
            {
                if (task is null) // Also when the wait for the database was cancelled: whoever stops the worker waits for all slots.
                {
                    slots.Release();
                }
            }

            if (task is null)
            {
                await signal.WaitAsync(options.PollInterval, database.Time, stoppingToken);
                continue;
            }

            _ = Task.Run(() => WorkInSlotAsync(task), CancellationToken.None);
        }
    }

    private Task<TaskStore.Row?> LeaseAsync(CancellationToken cancellation) => database.ChangeAsync(
        session => TaskStore.LeaseAsync(session, Guid.NewGuid().ToString("D"), session.Now + options.Lease), cancellation);

    private async Task WorkInSlotAsync(TaskStore.Row task)
    {
        try
        {
            await WorkAsync(task, abandon.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnrecorded(task.Id, e); // The database itself failed: the lease will run out, and the task is taken again.
        }
        finally
        {
            slots.Release();
            signal.Ring();
        }
    }

    private async Task WorkAsync(TaskStore.Row task, CancellationToken cancellation)
    {
        if (task.Attempt > options.MaxAttempts)
        {
            LogDeadLetter(task.Id, task.Attempt - 1);
            await FailAsync(task, Kiln.Packages.PublishErrorCodes.InternalError, "The registry failed to process this package several times. Its operators can tell why; publishing the same content again is safe.");
            return;
        }

        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heartbeat = BeatAsync(task, work);
        try
        {
            var error = await pipeline.RunAsync(task, work.Token);
            if (error is null)
            {
                LogPublished(task.Scope, task.Name, task.Version, task.Id, task.Attempt);
                return;
            }

            LogRefused(task.Scope, task.Name, task.Version, task.Id, error.Code);
            await FailAsync(task, error.Code, error.Message);
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(task.Id);
        }
        catch (ContentConflictException e)
        {
            LogContentConflict(task.Id, e.Message);
            await FailAsync(task, Kiln.Packages.PublishErrorCodes.InternalError, "Stored content contradicts this version. The registry's operators have to look at it.");
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            // Shutdown: back at once. A lost lease comes here too, and then the release changes nothing.
            await database.ChangeAsync(s => TaskStore.ReleaseAsync(s, task.Id, task.Lease!, s.Now), CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var delay = options.RetryDelay * Math.Pow(2, task.Attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
            LogAttemptFailed(task.Id, task.Attempt, delay, e);
            await database.ChangeAsync(s => TaskStore.ReleaseAsync(s, task.Id, task.Lease!, s.Now + delay), CancellationToken.None);
        }
        finally
        {
            await work.CancelAsync();
            await heartbeat;
        }
    }

    /// <summary>A final failure: the number is free again unless bytes have become public, and the upload goes.</summary>
    private async Task FailAsync(TaskStore.Row task, string code, string message)
    {
        var failed = await database.ChangeAsync(
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
            await store.DeleteAsync(ObjectKeys.Staged(task.Id.ToString("D")), CancellationToken.None);
        }
    }

    /// <summary>Keeps the lease while the work goes on; stops the work when the lease is gone.</summary>
    private async Task BeatAsync(TaskStore.Row task, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Lease / 4, database.Time, work.Token);
                if (await database.ChangeAsync(s => TaskStore.ExtendAsync(s, task.Id, task.Lease!, s.Now + options.Lease), work.Token) == 0)
                {
                    LogLeaseLost(task.Id);
                    await work.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogHeartbeatFailed(task.Id, e); // The fence on every write decides, not the heart.
        }
    }

    private async Task AllSlotsAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < options.PublishConcurrency; i++)
        {
            await slots.WaitAsync(cancellation);
        }

        slots.Release(options.PublishConcurrency);
    }

    /// <summary>A failing database must not stop the worker, which would stop the host: log, and try again at the next poll.</summary>
    private async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            LogDatabaseFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "published @{Scope}/{Package}@{Version} (task {Task}, attempt {Attempt})")]
    private partial void LogPublished(string scope, string package, string version, Guid task, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "refused @{Scope}/{Package}@{Version} (task {Task}): {Code}")]
    private partial void LogRefused(string scope, string package, string version, Guid task, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "leaseLost: task {Task} belongs to another worker")]
    private partial void LogLeaseLost(Guid task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "attempt {Attempt} at task {Task} failed; the next one in {Delay}")]
    private partial void LogAttemptFailed(Guid task, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "deadLetter: task {Task} failed after {Attempts} attempts")]
    private partial void LogDeadLetter(Guid task, int attempts);

    [LoggerMessage(Level = LogLevel.Critical, Message = "contentConflict: task {Task}: {Problem}")]
    private partial void LogContentConflict(Guid task, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the heartbeat of task {Task} failed")]
    private partial void LogHeartbeatFailed(Guid task, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "the outcome of task {Task} could not be recorded")]
    private partial void LogUnrecorded(Guid task, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "the worker cannot use the database")]
    private partial void LogDatabaseFailed(Exception exception);
}
