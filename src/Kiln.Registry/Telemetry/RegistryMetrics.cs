using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Kiln.Registry.Telemetry;

/// <summary>
/// What the registry counts about itself, and the source of its traces. One meter for the process: an instrument that nobody listens to costs a comparison. Names and labels are a contract with
/// dashboards; docs/operating.md lists them.
/// </summary>
public static class RegistryMetrics
{
    public const string Name = "Kiln";

    public static readonly ActivitySource Traces = new(Name);

    /// <summary>For those that add instruments of their own.</summary>
    public static readonly Meter Meter = new(Name);

    // Submission to pick-up has to stay below 30 ms, upload to installable below 200 ms; publishes of large packages take seconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.35, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private static readonly Counter<long> GatewayRequests = Meter.CreateCounter<long>("kiln.gateway.requests", "{request}", "Files asked for, by kind and result.");
    private static readonly Counter<long> GatewayBytes = Meter.CreateCounter<long>("kiln.gateway.sent", "By", "Bytes of files that were sent.");
    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram("kiln.http.request.duration", "s", "Time of a request, by class of route and status.", advice: Seconds);
    private static readonly Counter<long> Publishes = Meter.CreateCounter<long>("kiln.publish.finished", "{publish}", "Publishes that have come to their end, by outcome.");
    private static readonly Histogram<double> Pickup = Meter.CreateHistogram("kiln.publish.pickup", "s", "From submission until a worker has it.", advice: Seconds);
    private static readonly Histogram<double> Installable = Meter.CreateHistogram("kiln.publish.installable", "s", "From submission until clients see the version.", advice: Seconds);
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("kiln.publish.content_conflicts", "{conflict}", "Stored bytes that contradict a version: look at once.");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("kiln.work.attempts", "{attempt}", "Attempts at publishes and jobs, by queue and outcome.");
    private static readonly Counter<long> LeaseLosses = Meter.CreateCounter<long>("kiln.work.lease_losses", "{lease}", "Leases that another worker has by now.");
    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("kiln.work.dead_letters", "{work}", "Work that was given up.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("kiln.failures", "{failure}", "Unexpected failures, by the part that failed: database, store or program.");

    /// <param name="kind"><c>module</c>, <c>meta</c>, <c>packument</c>, <c>tarball</c>.</param>
    /// <param name="result"><c>memory</c>, <c>store</c>, <c>unmodified</c> or <c>missing</c>.</param>
    public static void CountGateway(string kind, string result, long bytes)
    {
        if (!GatewayRequests.Enabled)
        {
            return;
        }

        GatewayRequests.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("result", result));
        if (bytes > 0)
        {
            GatewayBytes.Add(bytes, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    public static void RecordRequest(string route, int status, TimeSpan duration) =>
        RequestDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("route", route), new KeyValuePair<string, object?>("status", StatusClasses[Math.Clamp(status / 100, 0, 5)]));

    /// <param name="outcome"><c>success</c> or the code of the error.</param>
    public static void CountPublish(string outcome) => Publishes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void RecordPickup(TimeSpan time) => Pickup.Record(time.TotalSeconds);

    public static void RecordInstallable(TimeSpan time) => Installable.Record(time.TotalSeconds);

    public static void CountConflict() => Conflicts.Add(1);

    /// <param name="outcome"><c>done</c>, <c>failed</c> or <c>stopped</c>.</param>
    public static void CountAttempt(string queue, string outcome) => Attempts.Add(1, new KeyValuePair<string, object?>("queue", queue), new KeyValuePair<string, object?>("outcome", outcome));

    public static void CountLeaseLoss(string queue) => LeaseLosses.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public static void CountDeadLetter(string queue) => DeadLetters.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public static void CountFailure(Exception failure)
    {
        if (!Failures.Enabled)
        {
            return;
        }

        failure = (failure as AggregateException)?.InnerException ?? failure;
        var part = IsOfDatabase(failure.GetType()) ? "database" : failure is IOException ? "store" : "program";
        Failures.Add(1, new KeyValuePair<string, object?>("part", part));
    }

    /// <summary>By name: the gateway counts here too, and its code reaches no type of a database.</summary>
    private static bool IsOfDatabase(Type? type) => type is not null && (type.FullName is "System.Data.Common.DbException" or "Kiln.Registry.Data.DatabaseUnavailableException" || IsOfDatabase(type.BaseType));

    // Boxed labels would be garbage for every request.
    private static readonly string[] StatusClasses = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];
}
