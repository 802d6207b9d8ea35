using System.Collections.Frozen;
using Kiln.Registry.Data;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Jobs;

/// <summary>
/// Leases jobs and has their handlers do them, few at a time: a publish must not wait for a processor because of them. A job that fails for good is kept with its reason, and
/// nothing else depends on it.
/// </summary>
internal sealed partial class JobWorker(Database database, RegistryOptions options, JobSignal signal, IEnumerable<IJobHandler> handlers, ILogger<JobWorker> logger)
    : LeaseWorker<Job>(database, options, signal, options.JobConcurrency, logger)
{
    private readonly FrozenDictionary<string, IJobHandler> handlers = handlers.ToFrozenDictionary(h => h.Kind, StringComparer.Ordinal);

    /// <summary>It costs nothing but time to do a job again.</summary>
    protected override TimeSpan Patience => TimeSpan.FromSeconds(2);

    protected override string Queue => "jobs";

    protected override TimeSpan Limit => Options.JobTimeout;

    protected override int MaxAttempts => Options.JobMaxAttempts;

    public override async Task PrepareAsync(CancellationToken cancellation)
    {
        if (Database.Dialect.SingleWriter)
        {
            // The data directory belongs to one server: whoever held a lease died with the last one.
            await Database.FencedAsync(s => JobStore.ReleaseAllAsync(s, Options.RetryDelay), cancellation);
        }

        foreach (var handler in handlers.Values)
        {
            await Database.FencedAsync(s => JobStore.ReviveAsync(s, handler.Kind, handler.Revision), cancellation);
            await handler.PrepareAsync(cancellation);
        }
    }

    protected override Task<Job?> LeaseAsync(CancellationToken cancellation) => Database.FencedAsync(
        session => JobStore.LeaseAsync(session, handlers.Keys, Guid.NewGuid().ToString("D"), session.Now + Options.Lease), cancellation);

    protected override Task<int> ExtendAsync(Session session, Job item) => JobStore.ExtendAsync(session, item, session.Now + Options.Lease);

    protected override Task ReleaseAsync(Session session, Job item, TimeSpan delay, bool counts) =>
        JobStore.ReleaseAsync(session, item, session.Now + delay, counts ? item.Attempt : item.Attempt - 1);

    protected override int AttemptOf(Job item) => item.Attempt;

    protected override Task GiveUpAsync(Job item) => FailAsync(item, $"The registry failed at it {item.Attempt - 1} times. Its operators can tell why.");

    protected override async Task DoAsync(Job item, CancellationToken cancellation)
    {
        CrashPoint.Hit(CrashPoint.JobLeased);
        if (await handlers[item.Kind].RunAsync(item, cancellation) is { } problem)
        {
            LogFailed(item, problem);
            await FailAsync(item, problem);
            return;
        }

        await Database.FencedAsync(
            async session =>
            {
                await JobStore.FinishAsync(session, item);
                return default(Done);
            },
            CancellationToken.None);
        LogDone(item, item.Attempt);
    }

    private Task<Done> FailAsync(Job job, string problem) => Database.FencedAsync(
        async session =>
        {
            await JobStore.FailAsync(session, job, handlers[job.Kind].Revision, problem);
            return default(Done);
        },
        CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Job} is done (attempt {Attempt})")]
    private partial void LogDone(Job job, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} has failed: {Problem}")]
    private partial void LogFailed(Job job, string problem);
}
