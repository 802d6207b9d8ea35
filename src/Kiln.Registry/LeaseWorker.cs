using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry;

/// <summary>
/// Leases work from the database and does it, several pieces at a time. Woken by a <see cref="WorkSignal"/>, and by the clock in case a ring was lost. What was leased and not
/// finished is done again: by the next attempt when it threw, by whoever comes next when the process died.
/// </summary>
/// <typeparam name="T">A piece of work as it was leased; its text names it in the log.</typeparam>
internal abstract partial class LeaseWorker<T>(Database database, RegistryOptions options, WorkSignal signal, int concurrency, ILogger logger) : BackgroundService, IHostedLifecycleService
    where T : class
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandon = new();
    private readonly SemaphoreSlim slots = new(concurrency);

    private long lookedAt;
    private bool isFull;

    /// <summary>When it last looked for work; now, while it has as much as it can do (then heartbeats keep the leases); null: never.</summary>
    public DateTimeOffset? LastLook => Volatile.Read(ref isFull) ? database.Time.GetUtcNow() : Interlocked.Read(ref lookedAt) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What metrics call it.</summary>
    protected abstract string Queue { get; }

    protected Database Database => database;

    protected RegistryOptions Options => options;

    /// <summary>How long running work may go on after the worker was told to stop; then it is given back.</summary>
    protected abstract TimeSpan Patience { get; }

    /// <summary>The longest that one attempt may take.</summary>
    protected virtual TimeSpan Limit => Timeout.InfiniteTimeSpan;

    /// <summary>What the start of a server does before the first lease.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellation);

    /// <summary>Works until nothing is due. For tests and tools; the host runs <see cref="ExecuteAsync"/>.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await LeaseAsync(cancellation) is { } item)
        {
            await WorkAsync(item, cancellation);
        }
    }

    /// <summary>Stops leasing, lets running work finish for a while, then gives it back.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not by the host's own token first: before the application is stopping, a service that is cancelled before its first step counts as one that has failed.
        await stopping.CancelAsync();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        try
        {
            using var patience = new CancellationTokenSource(Patience, database.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await AllSlotsAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            await abandon.CancelAsync();
            await AllSlotsAsync(CancellationToken.None);
        }
    }

    /// <summary>Before the web server stops: clients go on reading, and hear of the ends of their publishes, while the last ones finish.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        stopping.Dispose();
        abandon.Dispose();
        slots.Dispose();
    }

    protected abstract Task<T?> LeaseAsync(CancellationToken cancellation);

    /// <summary>Gives the number of leases that were extended: 0 when somebody else has it by now.</summary>
    protected abstract Task<int> ExtendAsync(Session session, T item);

    /// <summary>Gives the work back, to be taken again after the delay.</summary>
    /// <param name="counts">The attempt failed; otherwise it was merely ended.</param>
    protected abstract Task ReleaseAsync(Session session, T item, TimeSpan delay, bool counts);

    protected abstract int AttemptOf(T item);

    /// <summary>Called instead of the work when it has been attempted too often: counted before the work, so that what kills the process comes here too.</summary>
    protected abstract Task GiveUpAsync(T item);

    protected abstract int MaxAttempts { get; }

    /// <summary>Does the work and records how it ended. What it throws is worth another attempt.</summary>
    protected abstract Task DoAsync(T item, CancellationToken cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, stopping.Token);
        await ExecuteUntilAsync(either.Token);
    }

    private async Task ExecuteUntilAsync(CancellationToken stoppingToken)
    {
        try
        {
            Interlocked.Exchange(ref lookedAt, database.Time.GetUtcNow().UtcTicks);
            Volatile.Write(ref isFull, true); // It has nothing to look for yet.
            await ChangeGate.WaitUntilOpenAsync(database, options, logger, stoppingToken);
            while (!await TryAsync(() => PrepareAsync(stoppingToken), stoppingToken))
            {
                Volatile.Write(ref isFull, false); // It cannot begin: that is for whoever asks after its health.
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
            Volatile.Write(ref isFull, slots.CurrentCount == 0);
            await slots.WaitAsync(stoppingToken);
            Volatile.Write(ref isFull, false);
            Interlocked.Exchange(ref lookedAt, database.Time.GetUtcNow().UtcTicks);
            T? item = null;
            try
            {
                await TryAsync(async () => item = await LeaseAsync(stoppingToken), stoppingToken);
            }
            finally
            {
                if (item is null) // Also when the wait for the database was cancelled: whoever stops the worker waits for all slots.
                {
                    slots.Release();
                }
            }

            if (item is null)
            {
                await signal.WaitAsync(options.PollInterval, database.Time, stoppingToken);
                continue;
            }

            _ = Task.Run(() => WorkInSlotAsync(item), CancellationToken.None);
        }
    }

    private async Task WorkInSlotAsync(T item)
    {
        try
        {
            await WorkAsync(item, abandon.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnrecorded(item, e); // The database itself failed: the lease will run out, and the work is taken again.
        }
        finally
        {
            slots.Release();
            signal.Ring();
        }
    }

    private async Task WorkAsync(T item, CancellationToken cancellation)
    {
        var attempt = AttemptOf(item);
        if (attempt > MaxAttempts)
        {
            LogDeadLetter(item, attempt - 1);
            RegistryMetrics.CountDeadLetter(Queue);
            await GiveUpAsync(item);
            return;
        }

        using var time = new CancellationTokenSource(Limit, database.Time);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        var heartbeat = BeatAsync(item, work);
        try
        {
            await DoAsync(item, work.Token);
            RegistryMetrics.CountAttempt(Queue, "done");
        }
        catch (LeaseLostException)
        {
            RegistryMetrics.CountLeaseLoss(Queue);
            LogLeaseLost(item);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            RegistryMetrics.CountAttempt(Queue, "stopped");
            await ReleaseAsync(item, TimeSpan.Zero, counts: false); // Shutdown: back at once.
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested && !time.IsCancellationRequested)
        {
            // The heartbeat found the lease gone.
        }
        catch (Exception e) when (e is StoreUnavailableException or DatabaseUnavailableException)
        {
            // Neither the work's fault nor the attempt's: it waits as long as that lasts (security.md §3.5, F12).
            var delay = options.RetryDelay * (0.75 + (Random.Shared.NextDouble() / 2));
            if (e is StoreUnavailableException { Refused: true })
            {
                LogStoreRefuses(item, delay, e);
            }
            else if (e is StoreUnavailableException)
            {
                LogStoreAway(item, delay, e.Message);
            }
            else
            {
                LogDatabaseAway(item, delay, (e.InnerException ?? e).Message);
            }

            RegistryMetrics.CountAttempt(Queue, "stopped");
            RegistryMetrics.CountFailure(e);
            await ReleaseAsync(item, delay, counts: false);
        }
        catch (Exception e) // Also an analysis that ran out of memory: it has given back by now what it took.
        {
            var delay = options.RetryDelay * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
            LogAttemptFailed(item, attempt, delay, e);
            RegistryMetrics.CountAttempt(Queue, "failed");
            RegistryMetrics.CountFailure(e);
            await ReleaseAsync(item, delay, counts: true);
        }
        finally
        {
            await work.CancelAsync();
            await heartbeat;
        }
    }

    /// <summary>When the database is away, again and again until the lease has run out by itself: a short outage must not cost a whole lease.</summary>
    private async Task ReleaseAsync(T item, TimeSpan delay, bool counts)
    {
        var begun = database.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await database.FencedAsync(
                    async session =>
                    {
                        await ReleaseAsync(session, item, delay, counts);
                        return default(Done);
                    },
                    CancellationToken.None);
                return;
            }
            catch (DatabaseUnavailableException) when (!abandon.IsCancellationRequested && database.Time.GetElapsedTime(begun) < options.Lease)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), database.Time, abandon.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Keeps the lease while the work goes on; stops the work when the lease is gone.</summary>
    private async Task BeatAsync(T item, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Lease / 4, database.Time, work.Token);
                try
                {
                    if (await database.FencedAsync(s => ExtendAsync(s, item), work.Token) == 0)
                    {
                        LogLeaseLost(item);
                        RegistryMetrics.CountLeaseLoss(Queue);
                        await work.CancelAsync();
                        return;
                    }
                }
                catch (DatabaseUnavailableException e)
                {
                    LogHeartbeatFailed(item, e); // The next beat may be in time. The fence on every write decides, not the heart.
                    RegistryMetrics.CountFailure(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogHeartbeatFailed(item, e);
            RegistryMetrics.CountFailure(e);
        }
    }

    private async Task AllSlotsAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < concurrency; i++)
        {
            await slots.WaitAsync(cancellation);
        }

        slots.Release(concurrency);
    }

    /// <summary>A failing database must not stop the worker, which would stop the host: log, and try again at the next poll.</summary>
    private async Task<bool> TryAsync(Func<Task> action, CancellationToken cancellation)
    {
        try
        {
            await action();
            return true;
        }
        catch (DatabaseUnavailableException e) when (!cancellation.IsCancellationRequested)
        {
            LogDatabaseUnavailable((e.InnerException ?? e).Message);
            RegistryMetrics.CountFailure(e);
            return false;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not OperationCanceledException and not OutOfMemoryException)
        {
            LogDatabaseFailed(e);
            RegistryMetrics.CountFailure(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "leaseLost: {Work} belongs to another worker")]
    private partial void LogLeaseLost(T work);

    [LoggerMessage(Level = LogLevel.Warning, Message = "attempt {Attempt} at {Work} failed; the next one in {Delay}")]
    private partial void LogAttemptFailed(T work, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "storeRefuses: {Work} waits for an operator; the next look in {Delay}")]
    private partial void LogStoreRefuses(T work, TimeSpan delay, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "storeAway: {Work} waits; the next look in {Delay}: {Reason}")]
    private partial void LogStoreAway(T work, TimeSpan delay, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "databaseAway: {Work} waits; the next look in {Delay}: {Reason}")]
    private partial void LogDatabaseAway(T work, TimeSpan delay, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "deadLetter: {Work} failed after {Attempts} attempts")]
    private partial void LogDeadLetter(T work, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the heartbeat of {Work} failed")]
    private partial void LogHeartbeatFailed(T work, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "the outcome of {Work} could not be recorded")]
    private partial void LogUnrecorded(T work, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the database cannot be reached, the worker tries again: {Problem}")]
    private partial void LogDatabaseUnavailable(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "the worker cannot use the database")]
    private partial void LogDatabaseFailed(Exception exception);
}
