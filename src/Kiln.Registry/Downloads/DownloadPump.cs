using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Downloads;

/// <summary>
/// Takes what the gateway of this process has counted, and hands it on every few seconds and once more at the end, when the web server has answered its last request. A batch that could not be handed on is kept and tried again under its id;
/// meanwhile counts go on adding up in their tallies. A process that is killed loses its last seconds; nothing is ever counted twice.
/// </summary>
internal abstract partial class DownloadPump(DownloadCounter counter, TimeProvider time, TimeSpan interval, ILogger logger) : BackgroundService, IHostedLifecycleService
{
    private readonly Queue<DownloadBatch> waiting = new();
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>One round: for tests, and for the end.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (!await MayHandOnAsync(cancellation))
            {
                return;
            }

            if (waiting.Count == 0)
            {
                foreach (var batch in DownloadBatch.Of(counter.Take(), time.GetUtcNow()))
                {
                    waiting.Enqueue(batch);
                }
            }

            while (waiting.TryPeek(out var next))
            {
                await HandOnAsync(next, cancellation);
                waiting.Dequeue();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>After every service has stopped: the web server stops beside this one, and counts until then.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => TryAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    /// <summary>Whether it is the time for it; until then counts go on adding up.</summary>
    protected virtual ValueTask<bool> MayHandOnAsync(CancellationToken cancellation) => ValueTask.FromResult(true);

    /// <summary>Returns when the batch is safe. May be called again with a batch that it has taken and failed at.</summary>
    protected abstract Task HandOnAsync(DownloadBatch batch, CancellationToken cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await TryAsync(stoppingToken);
            }
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await PumpAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end came first.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "counted downloads could not be handed on; they are kept and tried again")]
    private partial void LogFailed(Exception exception);
}
