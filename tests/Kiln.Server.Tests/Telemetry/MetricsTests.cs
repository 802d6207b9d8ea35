using System.Net;
using System.Text.RegularExpressions;
using Kiln.Server.Hosting;
using Kiln.Server.Tests.Commands;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Telemetry;

/// <summary>What Prometheus reads, and where.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly string data = Path.Combine(Path.GetTempPath(), "kiln-metrics-tests", Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Metrics_are_served_on_their_own_address_and_on_no_other()
    {
        // A process of its own: its counters are those of the process.
        var (address, metrics) = ($"http://127.0.0.1:{Ports.Free()}", new Uri($"http://127.0.0.1:{Ports.Free()}"));
        await using var server = ServerProgram.Start($"serve --data \"{data}\" --urls {address} --metrics-url {metrics}");
        await server.WaitForAsync("Kiln is running");
        await ServerProgram.RunAsync($"admin user create author --data \"{data}\"");
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await ServerProgram.RunAsync($"admin token create --user author --data \"{data}\"")).Output.Trim());
        await ExportTests.PublishAsync(client);
        foreach (var path in new[] { "/@traced/lib/1.0.0/mod.ts", "/@traced/lib/1.0.0/mod.ts", "/@traced/lib/1.0.0/nothing.ts", "/npm/@jsr/traced__lib" })
        {
            using var reply = await client.GetAsync(path);
        }

        using var http = new HttpClient { BaseAddress = metrics };
        var text = "";
        for (var i = 0; i < 100 && !text.Contains("kiln_work_oldest", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100); // exporters answer from a cache of some hundred milliseconds, and the database is looked at in the background
            text = await http.GetStringAsync("/metrics");
        }

        Assert.Equal(1, Value(text, "kiln_gateway_requests", "kind=\"module\"", "result=\"memory\""));
        Assert.Equal(1, Value(text, "kiln_gateway_requests", "kind=\"module\"", "result=\"store\""));
        Assert.Equal(1, Value(text, "kiln_gateway_requests", "kind=\"module\"", "result=\"missing\""));
        Assert.Equal(2 * "export const a: number = 1;\n".Length, Value(text, "kiln_gateway_sent", "kind=\"module\""));
        Assert.Equal(1, Value(text, "kiln_publish_finished", "outcome=\"success\""));
        Assert.Equal(1, Value(text, "kiln_publish_pickup_seconds_count"));
        Assert.Equal(1, Value(text, "kiln_publish_installable_seconds_count"));
        Assert.Equal(1, Value(text, "kiln_http_request_duration_seconds_count", "route=\"publish\"", "status=\"2xx\""));
        Assert.True(Value(text, "kiln_work_attempts", "queue=\"publish\"", "outcome=\"done\"") >= 1);
        Assert.Equal(0, Value(text, "kiln_work_oldest", "queue=\"publish\""));
        Assert.Equal(0, Value(text, "kiln_registry_read_only"));

        // Nothing else is there, and they are nowhere else.
        foreach (var path in new[] { "/", "/api/user", "/@traced/lib/meta.json" })
        {
            using var reply = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }

        using var elsewhere = await client.GetAsync("/metrics");
        Assert.DoesNotContain("kiln_gateway", await elsewhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_metrics_is_not_one_of_the_public_ones()
    {
        Assert.False(ServerOptions.TryCreate(new ServerSettings { Urls = "http://127.0.0.1:8000", MetricsUrl = "http://0.0.0.0:8000" }, out _, out var problem));
        Assert.Equal("--metrics-url: the port 8000 is one of --urls; metrics need a port of their own", problem);
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The sum over all series with these labels; fails when there is none.</summary>
    private static double Value(string text, string name, params string[] labels)
    {
        var values = text.Split('\n')
            .Where(l => Regex.IsMatch(l, $"^{name}(_total|_bytes_total|_seconds)?({{|\\s)", RegexOptions.None, TimeSpan.FromSeconds(1)) && labels.All(label => l.Contains(label, StringComparison.Ordinal)))
            .Select(l => double.Parse(l[(l.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(values.Count > 0, $"no {name} with {string.Join(", ", labels)} in:\n{text}");
        return values.Sum();
    }
}
