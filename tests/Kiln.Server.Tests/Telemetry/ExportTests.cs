using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
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
        var secrets = new Dictionary<string, string>();
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
                secrets["token"] = token;
                await SignInAsync(http, $"admin user link author --data \"{data}\" --public-url {address}", secrets);
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

            // Whoever reads a collector must not be able to sign in with it (I10).
            Assert.Contains(traces, t => Contains(t, "/api/authorizations/approve/{code}"));
            foreach (var (name, secret) in secrets)
            {
                foreach (var (signal, messages) in received)
                {
                    Assert.False(messages.Any(m => Contains(m, secret)), $"the {signal} have the {name}");
                }
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>By everything that can stand in an address.</summary>
    private static async Task SignInAsync(HttpClient http, string linkCommand, Dictionary<string, string> secrets)
    {
        using var begun = await http.PostAsync("/api/authorizations", new StringContent("""{"challenge":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}""", Encoding.UTF8, "application/json"));
        var json = JsonNode.Parse(await begun.Content.ReadAsStringAsync())!;
        var code = secrets["code"] = json["code"]!.GetValue<string>();
        secrets["exchange token"] = json["exchangeToken"]!.GetValue<string>();
        var link = (await ServerProgram.RunAsync(linkCommand)).Output.Trim();
        secrets["link"] = link[(link.IndexOf("token=", StringComparison.Ordinal) + "token=".Length)..];
        foreach (var (method, path, status) in new[]
        {
            ("GET", $"/api/authorizations/details/{code}", 200), ("GET", $"/API/Authorizations/details/{code}", 200), ("POST", $"/api/authorizations/approve/{code}", 403),
            ("POST", $"/api/authorizations/deny/{code}", 403), ("GET", $"/auth?code={code}", 200), ("GET", new Uri(link).PathAndQuery, 200), ("GET", $"/api/user?token={secrets["token"]}", 200),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var reply = await http.SendAsync(request);
            Assert.True((int)reply.StatusCode == status, $"{method} {path}: {(int)reply.StatusCode}");
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
