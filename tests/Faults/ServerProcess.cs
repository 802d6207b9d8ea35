using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Kiln.Faults;

/// <summary>The real <c>kiln-server</c> on a free port, in a process that the test may kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private ServerProcess(Process process, ConcurrentQueue<string> output, Uri address, string? token)
    {
        this.process = process;
        this.output = output;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
        {
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public HttpClient Client { get; }

    public string Output => string.Join('\n', output);

    public static async Task<ServerProcess> StartAsync(string data, string? token, string? crash = null, int? port = null)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort()}");
        var output = new ConcurrentQueue<string>();
        var process = Start(["serve", "--data", data, "--urls", address.OriginalString], output, crash);
        var server = new ServerProcess(process, output, address, token);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var reply = await server.Client.GetAsync("/healthz/ready");
                if (reply.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (process.HasExited || watch.Elapsed > StartPatience)
            {
                var text = server.Output;
                await server.DisposeAsync();
                throw new InvalidOperationException($"The server did not start:\n{text}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Runs a command of the server to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var output = new ConcurrentQueue<string>();
        using var process = Start(arguments, output, crash: null);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? string.Join('\n', output) : throw new InvalidOperationException($"{string.Join(' ', arguments)} failed:\n{string.Join('\n', output)}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the process has died by itself.</summary>
    public async Task<bool> DiesAsync(TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>128 + 9 after SIGKILL.</summary>
    public int ExitCode => process.ExitCode;

    public void Kill() => process.Kill();

    /// <summary>The status and the body of an upload; null when the server went away before it answered.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)?> PublishAsync(string version, HttpContent content)
    {
        try
        {
            content.Headers.ContentEncoding.Add("gzip");
            using var reply = await Client.PostAsync($"/api/scopes/{Scenario.Scope}/packages/{Scenario.Package}/versions/{version}?config=/deno.json", content);
            return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync()).RootElement.Clone());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Polls, as <c>deno publish</c> does, until the task is final.</summary>
    public async Task<JsonElement> WaitForTaskAsync(string id)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var task = JsonDocument.Parse(await Client.GetByteArrayAsync($"/api/publish_status/{id}")).RootElement.Clone();
            if (task.GetProperty("status").GetString() is "success" or "failure")
            {
                return task;
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"Still {task}:\n{Output}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Start(string[] arguments, ConcurrentQueue<string> output, string? crash)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(ServerAssembly());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("KILN_DATA");
        start.Environment.Remove("KILN_URLS");
        start.Environment.Remove("KILN_CRASH");
        if (crash is not null)
        {
            start.Environment["KILN_CRASH"] = crash;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Keep(string? line)
        {
            if (line is not null)
            {
                output.Enqueue(line);
            }
        }
    }

    /// <summary>…/tests/Faults/bin/&lt;configuration&gt;/net10.0 → …/src/Kiln.Server/bin/&lt;configuration&gt;/net10.0/kiln-server.dll.</summary>
    private static string ServerAssembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var root = here;
        while (!File.Exists(Path.Combine(root.FullName, "Kiln.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        var assembly = Path.Combine(root.FullName, "src", "Kiln.Server", "bin", here.Parent!.Name, here.Name, "kiln-server.dll");
        return File.Exists(assembly) ? assembly : throw new InvalidOperationException($"'{assembly}' has not been built.");
    }
}
