using System.Diagnostics.Metrics;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Microsoft.Extensions.Hosting;

namespace Kiln.Registry.Telemetry;

/// <summary>Looks into the database now and then for what only rows can tell: how much waits, since when, and what the last check found. Runs only where metrics are asked for.</summary>
public sealed class QueueWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Database database;
    private volatile State state = new([], [], null, null);

    public QueueWatch(Database database)
    {
        this.database = database;
        var meter = RegistryMetrics.Meter;
        meter.CreateObservableGauge("kiln.work.waiting", () => state.Waiting.Select(w => Of(w.Count, w)), "{work}", "Publishes and jobs by queue and status.");
        meter.CreateObservableGauge("kiln.work.oldest", () => state.Oldest.Select(w => Of(w.Seconds, w)), "s", "How long the oldest piece of work that is due has been waiting.");
        meter.CreateObservableGauge("kiln.fsck.findings", Findings, "{finding}", "What the last complete check left open, by severity.");
        meter.CreateObservableGauge("kiln.fsck.age", FsckAge, "s", "Time since the last complete check.");
        meter.CreateObservableGauge("kiln.registry.read_only", () => state.IsReadOnly is { } closed ? [new Measurement<int>(closed ? 1 : 0)] : Array.Empty<Measurement<int>>(), null, "1: restored, and not checked since.");
    }

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellation) => state = await database.ReadAsync(
        async session =>
        {
            var waiting = await session.ListAsync<Row>(
                """
                SELECT 'publish' AS queue, status, COUNT(*) AS count, MIN(run_after) AS oldest FROM publishing_tasks WHERE status NOT IN ('success', 'failure') GROUP BY status
                UNION ALL
                SELECT kind AS queue, status, COUNT(*) AS count, MIN(run_after) AS oldest FROM jobs GROUP BY kind, status
                """);
            var now = ColumnTypes.ToMicroseconds(session.Now);
            var oldest = waiting.Where(w => w.Status is "pending" or "waiting" && w.Oldest <= now).Select(w => new Age(w.Queue, w.Status, (now - w.Oldest) / 1e6)).ToList();
            if (!oldest.Any(o => o.Queue == "publish"))
            {
                oldest.Add(new Age("publish", "pending", 0)); // an alert needs a value, also when nothing waits
            }

            return new State(
                waiting, oldest, await RegistryState.FindAsync<FsckSummary>(session, RegistryState.Fsck), await RegistryState.FindAsync<Backup.RestoreMarker>(session, RegistryState.Restored) is not null);
        },
        cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                RegistryMetrics.CountFailure(e);
            }

            await Task.Delay(Interval, database.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Measurement<T> Of<T>(T value, Label label)
        where T : struct => new(value, new KeyValuePair<string, object?>("queue", label.Queue), new KeyValuePair<string, object?>("status", label.Status));

    private IEnumerable<Measurement<int>> Findings()
    {
        if (state.Fsck is not { } last)
        {
            yield break;
        }

        yield return new Measurement<int>(last.Errors, new KeyValuePair<string, object?>("severity", "error"));
        yield return new Measurement<int>(last.Warnings, new KeyValuePair<string, object?>("severity", "warning"));
        yield return new Measurement<int>(last.Notes, new KeyValuePair<string, object?>("severity", "note"));
    }

    private IEnumerable<Measurement<double>> FsckAge() =>
        state.Fsck is { } last ? [new Measurement<double>((database.Time.GetUtcNow() - last.FinishedAt).TotalSeconds)] : [];

    private class Label(string queue, string status)
    {
        public string Queue { get; set; } = queue;

        public string Status { get; set; } = status;
    }

    private sealed class Row() : Label("", "")
    {
        public long Count { get; set; }

        public long Oldest { get; set; }
    }

    private sealed class Age(string queue, string status, double seconds) : Label(queue, status)
    {
        public double Seconds => seconds;
    }

    private sealed record State(IReadOnlyList<Row> Waiting, IReadOnlyList<Age> Oldest, FsckSummary? Fsck, bool? IsReadOnly);
}
