using System.Collections.Concurrent;
using System.Text;
using Kiln.Server.Tests.Commands;
using Kiln.Tooling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kiln.Server.Tests.Telemetry;

/// <summary>A collector hears of a publish as one trace, from the upload in one place to the worker in another; without its address nothing is sent.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task A_publish_is_one_trace_and_its_lines_are_logs_of_it()
    {
        var received = new ConcurrentDictionary<string, ConcurrentQueue<byte[]>>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (HttpContext context, string signal) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.GetOrAdd(signal, _ => new()).Enqueue(body.ToArray());
        });
        await collector.StartAsync();

        var data = Path.Combine(Path.GetTempPath(), "kiln-export-tests", Guid.NewGuid().ToString("N"));
        var address = $"http://127.0.0.1:{Ports.Free()}";
        try
        {
            await using (var server = ServerProgram.Start(
                $"serve --data \"{data}\" --urls {address}",
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_METRIC_EXPORT_INTERVAL", "500")))
            {
                await server.WaitForAsync("Kiln is running");
                await ServerProgram.RunAsync($"admin user create author --data \"{data}\"");
                var token = (await ServerProgram.RunAsync($"admin token create --user author --data \"{data}\"")).Output.Trim();
                using var http = new HttpClient { BaseAddress = new Uri(address) };
                http.DefaultRequestHeaders.Authorization = new("Bearer", token);
                await PublishAsync(http);
                Assert.Equal(0, await server.TerminateAsync()); // sends what is left
            }

            // Spans carry the ids as bytes and the names as text; the same trace id stands with the request, the work and its steps.
            var traces = received["traces"].ToList();
            var trace = TraceOf(traces, "publish");
            foreach (var span in new[] { "build", "write", "show" })
            {
                Assert.Equal(trace, TraceOf(traces, span));
            }

            Assert.True(traces.Sum(t => Count(t, Convert.FromHexString(trace))) >= 5, "the upload's own span has the same trace");
            Assert.Contains(received["metrics"], m => Contains(m, "kiln.publish.installable"));
            Assert.Contains(received["logs"], l => Contains(l, "published @{Scope}/{Package}@{Version}"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    internal static async Task PublishAsync(HttpClient http)
    {
        foreach (var (path, body) in new[] { ("/api/scopes", """{"scope":"traced","description":""}"""), ("/api/scopes/traced/packages", """{"package":"lib"}""") })
        {
            using var made = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }

        using var content = new ByteArrayContent(TestPackage.Pack(
            [("mod.ts", "export const a: number = 1;\n"u8.ToArray()), ("deno.json", """{"name":"@traced/lib","version":"1.0.0","exports":"./mod.ts","license":"MIT"}"""u8.ToArray())]));
        content.Headers.ContentEncoding.Add("gzip");
        using var reply = await http.PostAsync("/api/scopes/traced/packages/lib/versions/1.0.0?config=/deno.json", content);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        for (var i = 0; ; i++)
        {
            using var meta = await http.GetAsync("/@traced/lib/meta.json");
            if (meta.IsSuccessStatusCode)
            {
                return;
            }

            Assert.True(i < 300, "the version did not appear");
            await Task.Delay(100);
        }
    }

    /// <summary>A span in OTLP begins with its trace id (field 1, 16 bytes), span id (2, 8 bytes), perhaps its parent (4, 8 bytes); the name is field 5.</summary>
    private static string TraceOf(IEnumerable<byte[]> messages, string name)
    {
        var tail = new byte[] { 0x2A, (byte)name.Length }.Concat(Encoding.ASCII.GetBytes(name)).ToArray();
        foreach (var message in messages)
        {
            var at = message.AsSpan().IndexOf(tail);
            var start = at < 0 ? -1 : message.AsSpan(0, at).LastIndexOf(new byte[] { 0x0A, 0x10 });
            if (start >= 0)
            {
                return Convert.ToHexStringLower(message.AsSpan(start + 2, 16));
            }
        }

        throw new Xunit.Sdk.XunitException($"no span '{name}' was sent");
    }

    private static int Count(ReadOnlySpan<byte> message, ReadOnlySpan<byte> what)
    {
        var count = 0;
        for (int at; (at = message.IndexOf(what)) >= 0; message = message[(at + what.Length)..])
        {
            count++;
        }

        return count;
    }

    private static bool Contains(byte[] message, string text) => message.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
