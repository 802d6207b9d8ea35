using System.Net;
using System.Text.Json;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>security.md F15, F16 and F19: connections to PostgreSQL break, at every statement and at the worst moment, and nothing happens twice or not at all.</summary>
public sealed class LostConnectionTests
{
    /// <summary>Of a publish, in the order in which it says them. COMMIT stands for each of its transactions by a number.</summary>
    private static readonly string[] OfTheWorker =
    [
        "SET status = CASE WHEN status", "UPDATE version_claims SET state", "INSERT INTO package_versions", "INSERT INTO package_files", "INSERT INTO package_version_dependencies",
        "INSERT INTO npm_tarballs", "meta_gen = meta_gen + 1", "INSERT INTO audit_log", "SET status = 'processed'", "SELECT v.version, v.is_yanked", "shown_gen", "INSERT INTO jobs",
        "SET status = 'success'", "COMMIT",
    ];

    private static readonly string[] OfTheApi = ["FROM tokens", "INSERT INTO version_claims", "INSERT INTO publishing_tasks", "COMMIT"];

    [Fact]
    public async Task A_connection_that_breaks_at_any_statement_of_a_publish_changes_nothing()
    {
        await using var cluster = await Cluster.CreateAsync();
        var postgres = cluster.Postgres.Port;
        await using var apiProxy = TcpProxy.To(postgres);
        await using var workerProxy = TcpProxy.To(postgres);
        var api = await cluster.StartAsync("api,web,gateway", apiProxy);
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        await cluster.StartAsync("worker", workerProxy, environment: new Dictionary<string, string?> { ["KILN_LEASE"] = "5" });

        var published = new List<SamplePackage>();
        foreach (var afterwards in new[] { false, true })
        {
            foreach (var (proxy, statements) in new[] { (workerProxy, OfTheWorker), (apiProxy, OfTheApi) })
            {
                foreach (var statement in statements)
                {
                    foreach (var n in statement == "COMMIT" ? Enumerable.Range(1, proxy == workerProxy ? 4 : 1) : [1])
                    {
                        var package = SamplePackage.Make($"1.0.{published.Count}");
                        proxy.Arm(statement, n, afterwards);
                        var task = await cluster.SubmitPatientlyAsync(() => api, package);
                        await cluster.MustSucceedAsync(task);
                        published.Add(package);
                        await cluster.UntilAsync(() => Task.FromResult(proxy.HasSprung), $"the connection breaks at '{statement}' {(afterwards ? "after" : "before")} it arrives");
                    }
                }
            }
        }

        await ClusterAftermath.CheckAsync(cluster, api, published.Select(p => (SamplePackage.Name, p)).ToList());
    }

    /// <summary>F16: the commit that makes a task happened, and its answer is lost. The client hears of its task all the same, and there is one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_with_an_unknown_outcome_is_looked_up(bool happened)
    {
        await using var cluster = await Cluster.CreateAsync();
        await using var proxy = TcpProxy.To(cluster.Postgres.Port);
        var api = await cluster.StartAsync("api,web,gateway", proxy);
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        var package = SamplePackage.Make("1.0.0");
        proxy.Arm("COMMIT", 1, happened);
        var sent = await cluster.SubmitAsync(api, package);
        Assert.True(proxy.HasSprung);
        Assert.True(sent.Status == HttpStatusCode.OK, $"{sent.Status} {sent.Answer}\n{cluster.Said}");
        Assert.Equal([$"{sent.Task} pending"], await cluster.RowsAsync("SELECT id || ' ' || status FROM publishing_tasks"));

        // Sent again, it is the same one; and its upload is there for the worker.
        Assert.Equal(sent.Task, (await cluster.SubmitAsync(api, package)).Task);
        await cluster.StartAsync("worker");
        await cluster.MustSucceedAsync(sent.Task!.Value);
        await ClusterAftermath.CheckAsync(cluster, api, [(SamplePackage.Name, package)]);
    }

    /// <summary>Nobody can say what became of the commit: the client is told so, and an upload that may have become a task is kept.</summary>
    [Fact]
    public async Task A_commit_that_nobody_can_tell_about_keeps_the_upload()
    {
        await using var cluster = await Cluster.CreateAsync();
        await using var proxy = TcpProxy.To(cluster.Postgres.Port);
        var api = await cluster.StartAsync("api,web,gateway", proxy);
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        var package = SamplePackage.Make("1.0.0");
        proxy.Watch("COMMIT", () =>
        {
            // It gets through, and then the database is out of reach for longer than the server asks.
            _ = Task.Run(async () =>
            {
                await Task.Delay(150);
                proxy.Refuse(true);
            });
            proxy.HoldAnswers();
        });
        var sent = await cluster.SubmitAsync(api, package);
        Assert.True(sent.Status == HttpStatusCode.ServiceUnavailable, $"{sent.Status} {sent.Answer}");
        Assert.Equal("databaseUnavailable", JsonDocument.Parse(sent.Answer).RootElement.GetProperty("code").GetString());
        proxy.Refuse(false);
        Assert.Equal("1", await cluster.SqlAsync("SELECT count(*) FROM publishing_tasks"));
        var again = await cluster.SubmitPatientlyAsync(() => api, package);
        await cluster.StartAsync("worker");
        await cluster.MustSucceedAsync(again);
        await ClusterAftermath.CheckAsync(cluster, api, [(SamplePackage.Name, package)]);
    }

    /// <summary>F19: the connection on which a worker listens is ended; it works on by looking, and listens again.</summary>
    [Fact]
    public async Task A_worker_whose_wake_ups_are_lost_works_and_listens_again()
    {
        await using var cluster = await Cluster.CreateAsync();
        var api = await cluster.StartAsync("api,web,gateway");
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        await cluster.StartAsync("worker");
        const string Listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kiln wake-up'";
        await cluster.UntilAsync(async () => await cluster.SqlAsync(Listeners) == "1", "the worker listens");
        var published = new List<SamplePackage>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("1", await cluster.SqlAsync(Listeners.Replace("count(*)", "count(pg_terminate_backend(pid))", StringComparison.Ordinal)));
            published.Add(SamplePackage.Make($"1.0.{i}"));
            await cluster.MustSucceedAsync(await cluster.SubmitPatientlyAsync(() => api, published[^1]), seconds: 30);
            await cluster.UntilAsync(async () => await cluster.SqlAsync(Listeners) == "1", "the worker listens again", 30);
        }

        Assert.Contains("wake-ups by the database are lost", cluster.Said, StringComparison.Ordinal);
        await ClusterAftermath.CheckAsync(cluster, api, published.Select(p => (SamplePackage.Name, p)).ToList());
    }
}
