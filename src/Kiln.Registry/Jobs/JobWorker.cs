using System.Collections.Frozen;
using Kiln.Registry.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Jobs;

/// <summary>
/// Leases jobs and has their handlers do them, few at a time: a publish must not wait for a processor because of them. The rules are those of the publishing worker; a job that fails
/// for good is kept with its reason, and nothing else depends on it.
/// </summary>
public sealed partial class JobWorker(Database database, RegistryOptions options, JobSignal signal, IEnumerable<IJobHandler> handlers, ILogger<JobWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(2);

    private readonly FrozenDictionary<string, IJobHandler> handlers = handlers.ToFrozenDictionary(h => h.Kind, StringComparer.Ordinal);
    private readonly CancellationTokenSource abandon = new();
    private readonly SemaphoreSlim slots = new(options.JobConcurrency);

    /// <summary>Works until nothing is due. For tests and tools; the host runs <see cref="ExecuteAsync"/>.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await LeaseAsync(cancellation) is { } job)
        {
            await WorkAsync(job, cancellation);
        }
    }

    /// <summary>What the start of a server does before the first job.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (database.Dialect.SingleWriter)
        {
            // The data directory belongs to one server: whoever held a lease died with the last one.
            await database.ChangeAsync(s => JobStore.ReleaseAllAsync(s, options.RetryDelay), cancellation);
        }

        foreach (var handler in handlers.Values)
        {
            await database.ChangeAsync(s => JobStore.ReviveAsync(s, handler.Kind, handler.Revision), cancellation);
            await handler.PrepareAsync(cancellation);
        }
    }

    /// <summary>Stops leasing, and gives running work back soon: it costs nothing but time to do it again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        abandon.CancelAfter(ShutdownPatience);
        await AllSlotsAsync();
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
            while (!await TryAsync(() => PrepareAsync(stoppingToken), stoppingToken))
            {
                await Task.Delay(options.PollInterval, database.Time, stoppingToken);
            }

            await LeaseAndWorkAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The end of a service. When the host could not start, nobody waits for it, and the database is disposed of while it works.
        }
    }

    private async Task LeaseAndWorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await slots.WaitAsync(stoppingToken);
            Job? job = null;
            try
            {
                await TryAsync(async () => job = await LeaseAsync(stoppingToken), stoppingToken);
            }
            finally
            {
                if (job is null)
                {
                    slots.Release();
                }
            }

            if (job is null)
            {
                await signal.WaitAsync(options.PollInterval, database.Time, stoppingToken);
                continue;
            }

            _ = Task.Run(() => WorkInSlotAsync(job), CancellationToken.None);
        }
    }

    private Task<Job?> LeaseAsync(CancellationToken cancellation) => database.ChangeAsync(
        session => JobStore.LeaseAsync(session, handlers.Keys, Guid.NewGuid().ToString("D"), session.Now + options.Lease), cancellation);

    private async Task WorkInSlotAsync(Job job)
    {
        try
        {
            await WorkAsync(job, abandon.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnrecorded(job, e); // The database itself failed: the lease will run out, and the job is taken again.
        }
        finally
        {
            slots.Release();
            signal.Ring();
        }
    }

    private async Task WorkAsync(Job job, CancellationToken cancellation)
    {
        var handler = handlers[job.Kind];
        if (job.Attempt > options.JobMaxAttempts)
        {
            // Counted before the work: an input that kills the process comes here too.
            LogDeadLetter(job, job.Attempt - 1);
            await FailAsync(job, handler, $"The registry failed at it {job.Attempt - 1} times. Its operators can tell why.");
            return;
        }

        CrashPoint.Hit(CrashPoint.JobLeased);
        using var time = new CancellationTokenSource(options.JobTimeout, database.Time);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        var heartbeat = BeatAsync(job, work);
        try
        {
            var problem = await handler.RunAsync(job, work.Token);
            if (problem is null)
            {
                await database.ChangeAsync(
                    async session =>
                    {
                        await JobStore.FinishAsync(session, job);
                        return default(Done);
                    },
                    CancellationToken.None);
                LogDone(job, job.Attempt);
                return;
            }

            LogFailed(job, problem);
            await FailAsync(job, handler, problem);
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(job);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Shutdown: back at once, and not counted against it.
            await database.ChangeAsync(s => JobStore.ReleaseAsync(s, job, s.Now, job.Attempt - 1), CancellationToken.None);
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested && !time.IsCancellationRequested)
        {
            // The heartbeat found the lease gone.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var delay = options.RetryDelay * Math.Pow(2, job.Attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
            LogAttemptFailed(job, job.Attempt, delay, e);
            await database.ChangeAsync(s => JobStore.ReleaseAsync(s, job, s.Now + delay, job.Attempt), CancellationToken.None);
        }
        finally
        {
            await work.CancelAsync();
            await heartbeat;
        }
    }

    private Task<Done> FailAsync(Job job, IJobHandler handler, string problem) => database.ChangeAsync(
        async session =>
        {
            await JobStore.FailAsync(session, job, handler.Revision, problem);
            return default(Done);
        },
        CancellationToken.None);

    /// <summary>Keeps the lease while the work goes on; stops the work when the lease is gone.</summary>
    private async Task BeatAsync(Job job, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Lease / 4, database.Time, work.Token);
                if (await database.ChangeAsync(s => JobStore.ExtendAsync(s, job, s.Now + options.Lease), work.Token) == 0)
                {
                    LogLeaseLost(job);
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
            LogHeartbeatFailed(job, e); // The fence on the last write decides, not the heart.
        }
    }

    private async Task AllSlotsAsync()
    {
        for (var i = 0; i < options.JobConcurrency; i++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }

        slots.Release(options.JobConcurrency);
    }

    /// <summary>A failing database must not stop the worker, which would stop the host: log, and try again at the next poll.</summary>
    private async Task<bool> TryAsync(Func<Task> action, CancellationToken cancellation)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not OperationCanceledException and not OutOfMemoryException)
        {
            LogDatabaseFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "job {Job} is done (attempt {Attempt})")]
    private partial void LogDone(Job job, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {Job} has failed: {Problem}")]
    private partial void LogFailed(Job job, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "leaseLost: job {Job} belongs to another worker")]
    private partial void LogLeaseLost(Job job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "attempt {Attempt} at job {Job} failed; the next one in {Delay}")]
    private partial void LogAttemptFailed(Job job, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "deadLetter: job {Job} failed after {Attempts} attempts")]
    private partial void LogDeadLetter(Job job, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the heartbeat of job {Job} failed")]
    private partial void LogHeartbeatFailed(Job job, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "the outcome of job {Job} could not be recorded")]
    private partial void LogUnrecorded(Job job, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "the job worker cannot use the database")]
    private partial void LogDatabaseFailed(Exception exception);
}
