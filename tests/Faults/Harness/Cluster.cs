using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Faults.Harness;

/// <summary>
/// Several server processes on one PostgreSQL database and one store, as an operator runs them (DESIGN §7). Each can be killed, stopped and started again; between one and the database
/// there may be a proxy that breaks connections.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ClusterProcess> processes = [];
    private readonly bool ownsPostgres;

    private Cluster(PostgresCluster postgres, string database, bool ownsPostgres, string? storage)
    {
        Postgres = postgres;
        Database = database;
        this.ownsPostgres = ownsPostgres;
        Storage = storage;
    }

    public PostgresCluster Postgres { get; }

    /// <summary>The address of the database.</summary>
    public string Database { get; }

    /// <summary>An S3 store; null for folders that the processes share.</summary>
    public string? Storage { get; }

    public string Data => folder["data"];

    public string Token { get; private set; } = "";

    public IReadOnlyList<ClusterProcess> Processes => processes;

    /// <summary>A registry with user, scope and sample package; no process runs yet.</summary>
    /// <param name="ownPostgres">A server of its own, which the test may stop.</param>
    public static async Task<Cluster> CreateAsync(bool ownPostgres = false, string? storage = null)
    {
        var postgres = ownPostgres ? await PostgresCluster.StartAsync() : await PostgresCluster.SharedAsync();
        var cluster = new Cluster(postgres, await postgres.CreateDatabaseAsync(), ownPostgres, storage);
        try
        {
            await cluster.AdminAsync("user", "create", "potter", "--staff");
            cluster.Token = await cluster.AdminAsync("token", "create", "--user", "potter");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<string> AdminAsync(params string[] arguments)
    {
        var said = await Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), ["admin", .. arguments, "--data", Data, "--database", Database], ToolPaths.Root);
        return said.MustSucceed().Output.Trim();
    }

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task<ClusterProcess> StartAsync(string roles, TcpProxy? proxy = null, string? crash = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = new ClusterProcess(this, roles, proxy, environment);
        processes.Add(process);
        await process.StartAsync(crash);
        return process;
    }

    /// <summary>Makes the scope and packages through a process with the API.</summary>
    public async Task<ClusterProcess> WithPackagesAsync(ClusterProcess api, params string[] packages)
    {
        await api.Server.NewScopeAsync(Token, SamplePackage.Scope, packages);
        return api;
    }

    public async Task WithMorePackagesAsync(ClusterProcess api, params string[] packages)
    {
        foreach (var package in packages)
        {
            await api.Server.PostAsync(Token, $"api/scopes/{SamplePackage.Scope}/packages", new { package });
        }
    }

    public Task<string> SqlAsync(string sql) => Postgres.SqlAsync(PostgresCluster.NameOf(Database), sql);

    /// <summary>One line for each row.</summary>
    public async Task<string[]> RowsAsync(string sql) => (await SqlAsync(sql)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<Submission> SubmitAsync(ClusterProcess to, SamplePackage package, string? name = null, HttpClient? http = null)
    {
        var url = $"api/scopes/{SamplePackage.Scope}/packages/{name ?? SamplePackage.Name}/versions/{package.Version}?config=/deno.json";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Address, url)) { Content = new ByteArrayContent(package.Tarball) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        try
        {
            using var response = await (http ?? to.Http).SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            return new Submission(response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("id").GetGuid() : null, response.StatusCode, answer);
        }
        catch (Exception e) when (Installation.IsBrokenConnection(e))
        {
            return new Submission(null, null, e.Message);
        }
    }

    /// <summary>Sends until it is acknowledged: a client that was told "try again", or nothing, does.</summary>
    public async Task<Guid> SubmitPatientlyAsync(Func<ClusterProcess> to, SamplePackage package, string? name = null, int seconds = 60)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var sent = await SubmitAsync(to(), package, name);
            if (sent.Task is { } task)
            {
                return task;
            }

            Assert.True(sent.IsBroken || sent.Status == HttpStatusCode.ServiceUnavailable, $"the upload of {name} {package.Version} was refused: {sent.Status} {sent.Answer}\n{Said}");
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"the upload of {name} {package.Version} was not taken within {seconds} s: {sent.Status} {sent.Answer}\n{Said}");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits, by the database, until the task has ended, which has to be by success.</summary>
    public async Task MustSucceedAsync(Guid task, int seconds = 90)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var state = await SqlAsync($"SELECT status || ' ' || coalesce(error_code, '') || ' ' || coalesce(error_message, '') || ' attempt ' || attempt FROM publishing_tasks WHERE id = '{task}'");
            if (state.StartsWith("success", StringComparison.Ordinal))
            {
                return;
            }

            Assert.False(state.StartsWith("failure", StringComparison.Ordinal), $"task {task}: {state}\n{Said}");
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"task {task} did not end within {seconds} s: '{state}'\n{Said}");
            await Task.Delay(50);
        }
    }

    public Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 60) => UntilAsync(holds, () => what, seconds);

    private async Task UntilAsync(Func<Task<bool>> holds, Func<string> what, int seconds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"not within {seconds} s: {what()}\n{Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until all that follows publishes is done.</summary>
    public async Task SettleAsync(int seconds = 240)
    {
        string[] left = [];
        await UntilAsync(
            async () => (left = await RowsAsync("SELECT kind || ' ' || subject || ' ' || status || ', attempt ' || attempt || coalesce(': ' || error, '') FROM jobs")).Length == 0,
            () => $"the jobs are done; left are {string.Join("; ", left)}", seconds);
    }

    /// <summary>What all processes have said, for messages.</summary>
    public string Said => string.Join("\n\n", processes.Select(p => $"== {p.Roles} {p.Address}\n{Tail(p.Said)}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        if (ownsPostgres)
        {
            await Postgres.DisposeAsync();
        }
        else
        {
            await Postgres.DropDatabaseAsync(Database);
        }

        folder.Dispose();
    }

    private static string Tail(string text) => text.Length <= 6000 ? text : "…" + text[^6000..];
}
