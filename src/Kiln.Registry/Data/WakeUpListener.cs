using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Kiln.Registry.Data;

/// <summary>
/// Rings this process's workers when another process has made work: <c>LISTEN</c> on a connection of its own (security.md §3.4). Only a hint. What was announced while nobody listened is
/// lost, so each new subscription rings first, and workers look by and by anyway.
/// </summary>
internal sealed partial class WakeUpListener(RegistryOptions options, PublishSignal publishes, JobSignal jobs, TimeProvider time, ILogger<WakeUpListener> logger) : BackgroundService
{
    /// <summary>Seen by operators and tests in <c>pg_stat_activity</c>.</summary>
    internal const string ApplicationName = "kiln wake-up";

    private const string PublishChannel = "kiln_publish";
    private const string JobChannel = "kiln_jobs";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = TimeSpan.FromMilliseconds(200);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => wait = TimeSpan.FromMilliseconds(200), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogLost(e.Message);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    /// <summary>Returns never; throws when the connection breaks.</summary>
    private async Task ListenAsync(Action subscribed, CancellationToken cancellation)
    {
        var settings = PostgresAddress.Parse(options.Database!);
        settings.ApplicationName = ApplicationName;
        settings.Pooling = false;
        settings.Options = null;
        settings.KeepAlive = 10; // a connection that broke without a word is found out by then
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, notification) =>
        {
            if (notification.Channel == PublishChannel)
            {
                publishes.Ring();
            }
            else
            {
                jobs.Ring();
            }
        };
        await connection.OpenAsync(cancellation);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"LISTEN {PublishChannel}; LISTEN {JobChannel}";
            await command.ExecuteNonQueryAsync(cancellation);
        }

        publishes.Ring();
        jobs.Ring();
        subscribed();
        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "wake-ups by the database are lost, workers poll meanwhile: {Problem}")]
    private partial void LogLost(string problem);
}
