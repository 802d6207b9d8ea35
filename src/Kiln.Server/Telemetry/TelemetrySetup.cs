using System.Collections;
using System.Diagnostics;
using Kiln.Registry.Telemetry;
using Kiln.Server.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kiln.Server.Telemetry;

/// <summary>
/// Switches on what is asked for and nothing else: metrics for Prometheus by <c>--metrics-url</c>, on an address of their own; traces, metrics and logs to a collector by the standard variables
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its relatives). Without either, no provider exists and no request is measured.
/// </summary>
internal static class TelemetrySetup
{
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    public static bool IsExporting => Endpoints.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    public static void AddKilnTelemetry(this WebApplicationBuilder builder, ServerOptions options)
    {
        var exports = IsExporting;
        if (!exports && options.MetricsUrl is null)
        {
            return;
        }

        if (options.MetricsUrl is { } address)
        {
            builder.WebHost.UseUrls([.. options.Urls.Append(address).Select(u => u.ToString())]);
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("kiln", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3)).AddAttributes(
                [new KeyValuePair<string, object>("kiln.roles", options.Roles.ToString().ToLowerInvariant())]))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(RegistryMetrics.Name).AddRuntimeInstrumentation();
                if (options.MetricsUrl is not null)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (options.UsesDatabase)
        {
            builder.Services.AddHostedService<QueueWatch>();
        }

        if (!exports)
        {
            return;
        }

        // The server reads no other configuration from its environment (KilnApplication), and without it the exporter would use its default address.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(v => ((string)v.Key).StartsWith("OTEL_", StringComparison.Ordinal)).Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value)));
        telemetry
            .WithTracing(traces => traces
                .AddSource(RegistryMetrics.Name)
                .AddAspNetCoreInstrumentation(requests =>
                {
                    requests.Filter = context => !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal);
                    requests.EnrichWithHttpRequest = HideSecrets;
                })
                .AddHttpClientInstrumentation()
                .AddNpgsql())
            .WithLogging(null, logs => logs.IncludeScopes = true)
            .UseOtlpExporter();
    }

    /// <summary>Addresses hold codes and links that sign somebody in (security.md I10): queries, and what follows the verb of an authorization.</summary>
    private static void HideSecrets(Activity activity, HttpRequest request)
    {
        activity.SetTag("url.query", null);
        if (request.Path.StartsWithSegments("/api/authorizations", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is { Length: > 0 } tail && tail.IndexOf('/', 1) is > 0 and var end)
        {
            activity.SetTag("url.path", $"/api/authorizations{tail[..end]}/{{code}}");
        }
    }

    /// <summary>First in the pipeline: the metrics address answers for metrics and for nothing else, and no other address does for metrics.</summary>
    public static void UseKilnTelemetry(this WebApplication app, ServerOptions options)
    {
        if (options.MetricsUrl is { } address)
        {
            app.MapWhen(context => context.Connection.LocalPort == address.Port, metrics =>
            {
                metrics.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
                metrics.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
        }

        if (IsExporting || options.MetricsUrl is not null)
        {
            app.UseMiddleware<RequestMeter>();
        }
    }
}
