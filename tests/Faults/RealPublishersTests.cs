using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kiln.Faults.Harness;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>
/// Many people run the real <c>deno publish</c> at once, each for a package of their own or for one of many versions of the same package, against two processes that take uploads and two that
/// work, on one PostgreSQL and one S3 server (security.md F22). Whoever is told of a failure tries again. <c>KILN_FAULT_SECONDS</c> and <c>KILN_FAULT_SEED</c> make the second test long.
/// </summary>
public sealed class RealPublishersTests(ITestOutputHelper output)
{
    private const string Shared = "shared";

    private static readonly int People = Amount.Of(sample: 10, whole: 50);
    private static readonly int Versions = Amount.Of(sample: 6, whole: 20);
    private static readonly Dictionary<string, string?> ShortLease = new() { ["KILN_LEASE"] = "4" };

    [Fact]
    public async Task All_who_publish_at_once_succeed_once()
    {
        await using var cluster = await Cluster.CreateAsync(storage: await (await S3Server.S3rverAsync()).NewStorageAsync());
        var (apis, _) = await StartAsync(cluster);
        using var homes = new TemporaryFolder();
        var publishes = Publishes().ToList();
        var runs = await Task.WhenAll(publishes.Select((p, i) => Task.Run(() => DenoAsync(homes, cluster, apis[i % 2], i, p))));
        foreach (var run in runs)
        {
            Assert.Contains("Successfully published", run.MustSucceed().Everything, StringComparison.Ordinal);
        }

        await CheckAsync(cluster, apis[0], publishes);
    }

    [Fact]
    public async Task All_succeed_once_although_processes_are_killed_at_random()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("KILN_FAULT_SECONDS") ?? "15", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KILN_FAULT_SEED") ?? "20261126", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var cluster = await Cluster.CreateAsync(storage: await (await S3Server.S3rverAsync()).NewStorageAsync());
        var (apis, workers) = await StartAsync(cluster);
        using var homes = new TemporaryFolder();
        using var enough = new CancellationTokenSource();
        var published = new ConcurrentBag<Publish>();
        var again = 0;

        async Task PublishAsync(int person, Publish publish)
        {
            for (var attempt = 0; ; attempt++)
            {
                var run = await DenoAsync(homes, cluster, apis[(person + attempt) % 2], person, publish);
                if (run.ExitCode == 0)
                {
                    published.Add(publish);
                    return;
                }

                Interlocked.Increment(ref again);
                Assert.True(attempt < 60, $"{publish} after {attempt} attempts: {run.Everything}\n{cluster.Said}");
                await Task.Delay(500);
            }
        }

        // 1. All at once; and then some go on as long as there is time.
        var publishing = Publishes().Select((p, i) => Task.Run(() => PublishAsync(i, p))).Concat(Enumerable.Range(0, 4).Select(p => Task.Run(async () =>
        {
            for (var number = 1; !enough.IsCancellationRequested; number++)
            {
                await PublishAsync(1000 + p, new Publish($"pkg-{p}", $"1.{number}.0"));
            }
        }))).ToList();

        // 2. Meanwhile processes die: for so long, and at least some of them, however slowly this machine starts others.
        var kills = 0;
        for (var begun = Stopwatch.StartNew(); begun.Elapsed.TotalSeconds < seconds || kills < 4;)
        {
            await Task.Delay(random.Next(300, 3000));
            var victim = (random.Next(2) == 0 ? apis : workers)[random.Next(2)];
            await victim.KillAsync();
            kills++;
            await victim.StartAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(publishing);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {published.Count} publishes of deno succeeded, {again} were repeated, {kills} processes killed in {seconds} s"));
        await CheckAsync(cluster, apis[0], published);
    }

    private static IEnumerable<Publish> Publishes() =>
        Enumerable.Range(0, People).Select(i => new Publish($"pkg-{i}", "1.0.0")).Concat(Enumerable.Range(0, Versions).Select(v => new Publish(Shared, $"1.0.{v}")));

    private static async Task<(ClusterProcess[] Apis, ClusterProcess[] Workers)> StartAsync(Cluster cluster)
    {
        var apis = new[] { await cluster.StartAsync("api,web,gateway"), await cluster.StartAsync("api,web,gateway") };
        var workers = new[] { await cluster.StartAsync("worker", environment: ShortLease), await cluster.StartAsync("worker", environment: ShortLease) };
        await cluster.WithPackagesAsync(apis[0]);
        await cluster.SqlAsync("UPDATE scopes SET package_limit = 1000, new_package_per_week_limit = 1000, publish_attempts_per_week_limit = 1000000");
        await cluster.WithMorePackagesAsync(apis[0], [.. Enumerable.Range(0, People).Select(i => $"pkg-{i}"), Shared]);
        return (apis, workers);
    }

    private static Task<ChildResult> DenoAsync(TemporaryFolder homes, Cluster cluster, ClusterProcess api, int person, Publish publish)
    {
        var project = $"{person}/{publish.Name}-{publish.Version}";
        homes.Write($"{project}/deno.json", $$"""{ "name": "@{{SamplePackage.Scope}}/{{publish.Name}}", "version": "{{publish.Version}}", "license": "MIT", "exports": "./mod.ts" }""");
        homes.Write($"{project}/mod.ts", publish.Source);
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = homes[$"{person}/home"], ["DENO_DIR"] = homes[$"{person}/deno"], ["JSR_URL"] = api.Address.ToString(), ["DENO_NO_UPDATE_CHECK"] = "1", ["NO_COLOR"] = "1",
            ["CI"] = null, ["GITHUB_ACTIONS"] = null, ["HTTP_PROXY"] = null, ["HTTPS_PROXY"] = null, ["http_proxy"] = null, ["https_proxy"] = null,
        };
        return Child.RunAsync(ToolPaths.Deno, ["publish", "--allow-dirty", "--token", cluster.Token], homes[project], environment, seconds: 300);
    }

    /// <summary>Every version is there exactly once, by one task, with the bytes of its author; and the registry's own check finds nothing.</summary>
    private static async Task CheckAsync(Cluster cluster, ClusterProcess gateway, IReadOnlyCollection<Publish> published)
    {
        await cluster.SettleAsync();
        var expected = published.Select(p => $"{p.Name}@{p.Version}").Order(StringComparer.Ordinal).ToArray();
        foreach (var sql in new[]
        {
            "SELECT name || '@' || version FROM publishing_tasks WHERE status = 'success'", "SELECT name || '@' || version FROM publishing_tasks WHERE status <> 'failure'",
            "SELECT name || '@' || version FROM package_versions", "SELECT (meta::json ->> 'package') || '@' || (meta::json ->> 'version') FROM audit_log WHERE action = 'publish_version'",
        })
        {
            Assert.Equal(expected, (await cluster.RowsAsync(sql)).Order(StringComparer.Ordinal));
        }

        foreach (var package in published.GroupBy(p => p.Name))
        {
            var listed = PublicView.VersionsIn(await ClusterAftermath.GetAsync(gateway, $"@{SamplePackage.Scope}/{package.Key}/meta.json"));
            Assert.Equal(package.Select(p => p.Version).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        }

        foreach (var publish in published)
        {
            Assert.Equal(publish.Source, Encoding.UTF8.GetString(await ClusterAftermath.GetAsync(gateway, $"@{SamplePackage.Scope}/{publish.Name}/{publish.Version}/mod.ts")));
        }

        await ClusterAftermath.CheckedAsync(cluster);
    }

    private sealed record Publish(string Name, string Version)
    {
        public string Source => $"/** What {Name} {Version} is. */\nexport const version: string = \"{Name}@{Version}\";\n";
    }
}
