using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>Several processes on one PostgreSQL: security.md F04, F17, F22, F23, F24.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string?> ShortLease = new() { ["KILN_LEASE"] = "4" };

    /// <summary>F04: a worker stands still in the middle of its work, inside a transaction, beyond its lease; another one finishes. When it goes on it changes nothing.</summary>
    [Fact]
    public async Task A_worker_that_stood_still_beyond_its_lease_changes_nothing()
    {
        await using var cluster = await Cluster.CreateAsync();
        var api = await cluster.StartAsync("api,web,gateway");
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        await using var proxy = TcpProxy.To(cluster.Postgres.Port);
        var zombie = await cluster.StartAsync("worker", proxy, environment: ShortLease);
        var frozen = new TaskCompletionSource();
        proxy.Watch("UPDATE version_claims SET state", () =>
        {
            zombie.Freeze();
            frozen.SetResult();
        });
        var package = SamplePackage.Make("1.0.0");
        var task = await cluster.SubmitPatientlyAsync(() => api, package);
        await frozen.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await cluster.StartAsync("worker", environment: ShortLease);
        await cluster.MustSucceedAsync(task, seconds: 120); // the database ends the sleeper's transaction first
        await cluster.SettleAsync();
        var before = (await ClusterAftermath.ViewAsync(api, package), await cluster.SqlAsync("SELECT status, updated_at, attempt FROM publishing_tasks"), await cluster.SqlAsync("SELECT count(*) FROM audit_log"));

        zombie.Thaw();
        await cluster.UntilAsync(() => Task.FromResult(zombie.Said.Contains("leaseLost", StringComparison.Ordinal)), "the sleeper finds its lease lost");
        var after = (await ClusterAftermath.ViewAsync(api, package), await cluster.SqlAsync("SELECT status, updated_at, attempt FROM publishing_tasks"), await cluster.SqlAsync("SELECT count(*) FROM audit_log"));
        Assert.Equal(before.Item1, after.Item1);
        Assert.Equal((before.Item2, before.Item3), (after.Item2, after.Item3));
        await ClusterAftermath.CheckAsync(cluster, api, [(SamplePackage.Name, package)]);
    }

    /// <summary>F24: a worker has read what a package's documents must show, and stands still; another version is published meanwhile. At the end both are there, and at no time was one lost.</summary>
    [Fact]
    public async Task Documents_that_were_overtaken_do_not_cover_newer_ones()
    {
        await using var cluster = await Cluster.CreateAsync();
        var api = await cluster.StartAsync("api,web,gateway");
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        await using var proxy = TcpProxy.To(cluster.Postgres.Port);
        var slow = await cluster.StartAsync("worker", proxy, environment: ShortLease);
        var zero = SamplePackage.Make("1.0.0");
        await cluster.MustSucceedAsync(await cluster.SubmitPatientlyAsync(() => api, zero));

        var frozen = new TaskCompletionSource();
        proxy.Watch("SELECT v.version, v.is_yanked", () =>
        {
            slow.Freeze();
            frozen.SetResult();
        });
        var (one, two) = (SamplePackage.Make("1.0.1"), SamplePackage.Make("1.0.2"));
        var first = await cluster.SubmitPatientlyAsync(() => api, one);
        await frozen.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cluster.StartAsync("worker", environment: ShortLease);
        await cluster.MustSucceedAsync(await cluster.SubmitPatientlyAsync(() => api, two));
        var seen = PublicView.VersionsIn(await ClusterAftermath.GetAsync(api, SamplePackage.MetaUrl));
        Assert.Contains("1.0.2", seen);
        slow.Thaw();
        await cluster.MustSucceedAsync(first);
        await cluster.UntilAsync(() => Task.FromResult(slow.Said.Contains("leaseLost", StringComparison.Ordinal) || slow.Said.Contains("1.0.1 (task", StringComparison.Ordinal)), "the slow worker ends its work");
        Assert.Superset(seen.ToHashSet(StringComparer.Ordinal), PublicView.VersionsIn(await ClusterAftermath.GetAsync(api, SamplePackage.MetaUrl)).ToHashSet(StringComparer.Ordinal));
        await ClusterAftermath.CheckAsync(cluster, api, [(SamplePackage.Name, zero), (SamplePackage.Name, one), (SamplePackage.Name, two)]);
    }

    /// <summary>F23: fifty publish one version at once, half of them other content than the rest, through two processes.</summary>
    [Fact]
    public async Task Of_many_who_publish_one_version_at_once_one_content_wins()
    {
        await using var cluster = await Cluster.CreateAsync();
        var apis = new[] { await cluster.StartAsync("api,web,gateway,worker"), await cluster.StartAsync("api,web,gateway,worker") };
        await cluster.WithPackagesAsync(apis[0], SamplePackage.Name);
        var contents = new[] { SamplePackage.Make("1.0.0", "one content"), SamplePackage.Make("1.0.0", "another content") };
        var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => (Content: i / 2 % 2, Answer: await cluster.SubmitAsync(apis[i % 2], contents[i / 2 % 2])))));
        var accepted = sent.Where(s => s.Answer.Task is not null).ToList();
        Assert.NotEmpty(accepted);
        Assert.Single(accepted.Select(s => s.Answer.Task).Distinct());
        var winner = Assert.Single(accepted.Select(s => s.Content).Distinct());
        Assert.All(sent.Where(s => s.Answer.Task is null), s =>
        {
            Assert.True(s.Content != winner, $"content that won was refused: {s.Answer.Status} {s.Answer.Answer}");
            Assert.Contains("duplicateVersionPublish", s.Answer.Answer, StringComparison.Ordinal);
        });
        await cluster.MustSucceedAsync(accepted[0].Answer.Task!.Value);
        await ClusterAftermath.CheckAsync(cluster, apis[0], [(SamplePackage.Name, contents[winner])]);
    }

    /// <summary>F17: the database is down. Installs go on at every gateway, the API says so, and everything goes on by itself when it is back.</summary>
    [Fact]
    public async Task While_the_database_is_down_installs_go_on()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("KILN_FAULT_DOWN_SECONDS") ?? "8", CultureInfo.InvariantCulture);
        await using var cluster = await Cluster.CreateAsync(ownPostgres: true);
        var api = await cluster.StartAsync("api,web,gateway");
        await cluster.WithPackagesAsync(api, SamplePackage.Name);
        await cluster.StartAsync("worker");
        var gateway = await cluster.StartAsync("gateway");
        var first = SamplePackage.Make("1.0.0");
        await cluster.MustSucceedAsync(await cluster.SubmitPatientlyAsync(() => api, first));
        await cluster.SettleAsync();

        // One is acknowledged just before.
        var second = SamplePackage.Make("1.0.1");
        var acknowledged = await cluster.SubmitPatientlyAsync(() => api, second);
        await cluster.Postgres.StopServerAsync();
        var alone = await cluster.StartAsync("gateway"); // one that starts while there is no database
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var gets = 0;
        string[] urls = [SamplePackage.MetaUrl, SamplePackage.PackumentUrl, .. first.ImmutableUrls];
        await Task.WhenAll(new[] { api, gateway, alone }.Select(p => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await ClusterAftermath.GetAsync(p, urls[i % urls.Length]);
                Interlocked.Increment(ref gets);
            }
        })).Append(Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                using var refused = await api.Http.GetAsync(new Uri(api.Address, $"api/scopes/{SamplePackage.Scope}/packages"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.Equal("databaseUnavailable", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
                using var page = await api.Http.GetAsync(new Uri(api.Address, "packages"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
                var sent = await cluster.SubmitAsync(api, SamplePackage.Make("1.0.9"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, sent.Status);
            }
        })));
        output.WriteLine($"{gets} GETs while the database was down for {seconds} s, none failed");
        Assert.True(gets > 1000, $"only {gets} GETs: this proves little");

        await cluster.Postgres.StartServerAsync();
        await cluster.MustSucceedAsync(acknowledged, seconds: 75);
        var third = SamplePackage.Make("1.0.2");
        await cluster.MustSucceedAsync(await cluster.SubmitPatientlyAsync(() => api, third), seconds: 30);
        await ClusterAftermath.CheckAsync(cluster, api, [(SamplePackage.Name, first), (SamplePackage.Name, second), (SamplePackage.Name, third)]);
    }

    /// <summary>
    /// F22: two processes that take uploads, two that work, many publishers of different packages and one package with many versions; processes are killed at random. Nothing that was
    /// acknowledged is lost. <c>KILN_FAULT_SECONDS</c> and <c>KILN_FAULT_SEED</c> make it long.
    /// </summary>
    [Fact]
    public async Task Nothing_acknowledged_is_lost_while_processes_are_killed_at_random()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("KILN_FAULT_SECONDS") ?? "15", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KILN_FAULT_SEED") ?? "20261126", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var cluster = await Cluster.CreateAsync();
        await using var chaos = TcpProxy.To(cluster.Postgres.Port);
        var apis = new[] { await cluster.StartAsync("api,web,gateway", chaos), await cluster.StartAsync("api,web,gateway") };
        var workers = new[] { await cluster.StartAsync("worker", chaos, environment: ShortLease), await cluster.StartAsync("worker", environment: ShortLease) };
        var packages = Enumerable.Range(0, 50).Select(i => $"pkg-{i}").ToArray();
        await cluster.SqlAsync("UPDATE users SET scope_limit = 100");
        await cluster.WithPackagesAsync(apis[0]);
        await cluster.SqlAsync("UPDATE scopes SET package_limit = 1000, new_package_per_week_limit = 1000, publish_attempts_per_week_limit = 1000000");
        await cluster.WithMorePackagesAsync(apis[0], [.. packages, SamplePackage.Name]);

        var acknowledged = new ConcurrentBag<(Guid Task, string Name, SamplePackage Package)>();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        async Task PublishAsync(int publisher, string name, SamplePackage package)
        {
            var turn = publisher;
            acknowledged.Add((await cluster.SubmitPatientlyAsync(() => apis[Math.Abs(turn++ % 2)], package, name, seconds: 120), name, package));
        }

        // 1. Fifty packages at once, twenty versions of one, and more as long as there is time.
        var publishers = packages.Select((name, i) => Task.Run(() => PublishAsync(i, name, SamplePackage.Make("1.0.0", name, name))))
            .Concat(Enumerable.Range(0, 20).Select(v => Task.Run(() => PublishAsync(v, SamplePackage.Name, SamplePackage.Make($"1.0.{v}")))))
            .Concat(Enumerable.Range(0, 4).Select(p => Task.Run(async () =>
            {
                for (var v = 1; !enough.IsCancellationRequested; v++)
                {
                    var name = packages[p];
                    await PublishAsync(p, name, SamplePackage.Make($"1.{p}.{v}", name, name));
                    await Task.Delay(200);
                }
            }))).ToList();

        // 2. Meanwhile processes die and connections break.
        var kills = 0;
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(random.Next(200, 2500));
            if (random.Next(4) == 0)
            {
                chaos.ResetAll();
                continue;
            }

            var victim = (random.Next(2) == 0 ? apis : workers)[random.Next(2)];
            await victim.KillAsync();
            kills++;
            await victim.StartAsync();
        }

        await Task.WhenAll(publishers);

        // 3. Whatever was acknowledged is there.
        foreach (var (task, _, _) in acknowledged)
        {
            await cluster.MustSucceedAsync(task, seconds: 300);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {acknowledged.Count} publishes acknowledged, {kills} processes killed in {seconds} s"));
        Assert.True(kills > 2);
        await ClusterAftermath.CheckAsync(cluster, apis[0], acknowledged.Select(a => (a.Name, a.Package)).ToList());
    }
}
