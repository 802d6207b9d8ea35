using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Kiln.Clients.Server;
using Kiln.Tooling;
using Microsoft.Data.Sqlite;

namespace Kiln.Faults.Harness;

/// <summary>What came back for an upload.</summary>
/// <param name="Task">The task that the server acknowledged, or null.</param>
/// <param name="Status">Null when the connection broke before an answer.</param>
internal sealed record Submission(Guid? Task, HttpStatusCode? Status, string Answer)
{
    public bool IsBroken => Status is null;
}

/// <summary>One data folder and one address, on which several servers live and die one after the other.</summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>Part of packuments and tarballs, so it is the same in all runs that are compared. Nothing ever connects to it.</summary>
    private const string PublicUrl = "http://kiln.example/";

    // Below the range from which the system takes ports for outgoing connections: while a server is dead, nobody may take its port.
    private static int nextPort = 12_000 + (Environment.ProcessId % 10_000);

    private readonly TemporaryFolder folder = new();
    private KilnServer? server;

    private Installation(string token)
    {
        Token = token;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public string Data => folder["data"];

    public Uri Address { get; } = new($"http://127.0.0.1:{NextPort()}/");

    public string Token { get; private set; }

    /// <summary>Outlives the servers.</summary>
    public HttpClient Http { get; }

    public KilnServer Server => server ?? throw new InvalidOperationException("No server was started.");

    /// <summary>A first start: user, token, scope and package are made as an operator makes them.</summary>
    public static async Task<Installation> CreateAsync()
    {
        var installation = new Installation("");
        var server = await installation.StartAsync();
        installation.Token = await server.NewUserAsync("potter");
        await server.NewScopeAsync(installation.Token, SamplePackage.Scope, SamplePackage.Name);
        return installation;
    }

    public static Installation CopyOf(string data, string token)
    {
        var installation = new Installation(token);
        TemporaryFolder.Copy(data, installation.Data);
        return installation;
    }

    /// <summary>Starts a server without waiting for it.</summary>
    /// <param name="crash">The value of KILN_CRASH.</param>
    public KilnServer Launch(string? crash = null)
    {
        Assert.True(server is null || !server.IsAlive, "The last server is still alive.");
        var environment = new Dictionary<string, string?> { [Registry.CrashPoint.Variable] = crash };
        return server = KilnServer.Launch(Data, Address, environment, "--public-url", PublicUrl);
    }

    public async Task<KilnServer> StartAsync(string? crash = null)
    {
        var started = Launch(crash);
        Assert.True(await started.BecomesReadyAsync(), $"kiln serve ended at once:\n{started.Said}");
        return started;
    }

    public HttpRequestMessage UploadOf(SamplePackage package)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, UploadUrl(package)) { Content = new ByteArrayContent(package.Tarball) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return request;
    }

    public async Task<Submission> SubmitAsync(SamplePackage package)
    {
        using var request = UploadOf(package);
        try
        {
            using var response = await Http.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            return new Submission(response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("id").GetGuid() : null, response.StatusCode, answer);
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            return new Submission(null, null, e.Message);
        }
    }

    public static string UploadUrl(SamplePackage package) =>
        $"api/scopes/{SamplePackage.Scope}/packages/{SamplePackage.Name}/versions/{package.Version}?config=/deno.json";

    /// <summary>An upload that the living server has to take; gives the task.</summary>
    public async Task<Guid> MustSubmitAsync(SamplePackage package)
    {
        var submission = await SubmitAsync(package);
        Assert.True(submission.Task is not null, $"the upload of {package.Version} was not accepted: {submission.Status} {submission.Answer}\n{Server.Said}");
        return submission.Task.Value;
    }

    public async Task PublishAsync(SamplePackage package) => await MustSucceedAsync(await MustSubmitAsync(package));

    /// <summary>The task's state now; null when nobody answers.</summary>
    public async Task<JsonElement?> StatusAsync(Guid task)
    {
        try
        {
            using var response = await Http.GetAsync($"api/publish_status/{task}");
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"publish_status of {task}: {(int)response.StatusCode} {answer}\n{Server.Said}");
            return JsonSerializer.Deserialize<JsonElement>(answer);
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            return null;
        }
    }

    /// <summary>Waits, also over restarts, until the task has come to its end, which has to be success.</summary>
    public async Task MustSucceedAsync(Guid task, int seconds = 60)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var state = await StatusAsync(task);
            switch (state?.GetProperty("status").GetString())
            {
                case "success":
                    return;
                case "failure":
                    Assert.Fail($"task {task} failed: {state}\n{Server.Said}");
                    break;
            }

            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"task {task} did not end within {seconds} s: {state}\n{Server.Said}");
            await Task.Delay(15);
        }
    }

    /// <summary>Waits for the death that KILN_CRASH ordered: by SIGKILL, and nobody else sends one here.</summary>
    public async Task DiesAsync(string crash, int seconds = 30)
    {
        var waited = Stopwatch.StartNew();
        while (Server.IsAlive)
        {
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"the server did not reach the crash point '{crash}' within {seconds} s:\n{Server.Said}");
            await Task.Delay(10);
        }

        await EndedWithAsync(Signals.ExitCodeOf(Signals.Kill));
    }

    /// <summary>kill -9, now.</summary>
    public async Task KillAsync()
    {
        Signals.Send(Server.Process.Id, Signals.Kill);
        await EndedWithAsync(Signals.ExitCodeOf(Signals.Kill));
    }

    /// <summary>Waits until all that follows publishes is done.</summary>
    public async Task SettleAsync(int seconds = 180)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            await using var database = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(Data, "kiln.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            database.Open();
            var jobs = Aftermath.Query(database, "SELECT kind || ' ' || subject || ' ' || status || ' ' || attempt FROM jobs");
            if (jobs.Count == 0)
            {
                return;
            }

            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"jobs were not done within {seconds} s: {string.Join(", ", jobs)}\n{Server.Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGTERM, which has to end it orderly within the 30 seconds that supervisors give.</summary>
    public async Task StopAsync()
    {
        Signals.Send(Server.Process.Id, Signals.Terminate);
        await EndedWithAsync(0);
    }

    /// <summary>Whether this is what a client sees when the server dies or is not there.</summary>
    public static bool IsBrokenConnection(Exception e) => e is HttpRequestException or IOException or SocketException or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>Ends the server, if there is one, whatever it does.</summary>
    public async ValueTask DisposeServerAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await DisposeServerAsync();

        folder.Dispose();
    }

    public static int NextPort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref nextPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private async Task EndedWithAsync(int code)
    {
        var ended = await Server.Process.WaitForExitAsync(30);
        Assert.True(ended.ExitCode == code, $"the server ended with {ended.ExitCode}, not {code}:\n{ended.Everything}");
    }
}
