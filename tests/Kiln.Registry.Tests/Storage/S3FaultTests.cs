using Kiln.Registry.Publishing;
using Kiln.Registry.Storage.S3;
using Kiln.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Storage;

/// <summary>A publish while the object store misbehaves (security.md F09–F12, F14): real servers behind a proxy that breaks calls.</summary>
public sealed class S3FaultTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one", "/deno.json|{}", "/dir/data.json|[]");
    private static readonly S3Limits Impatient = new() { RetryDelay = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(1) };

    // Every third call as a rule, other ones for each fault.
    private static readonly int Step = Amount.Of(sample: 3, whole: 1);

    /// <summary>One fault at each single call, and the publish succeeds in its first attempt: the store's own retries are enough, and nothing is there twice or in half.</summary>
    [Theory]
    [InlineData("s3rver", Fault.InternalError)]
    [InlineData("s3rver", Fault.SlowDown)]
    [InlineData("s3rver", Fault.Reset)]
    [InlineData("s3rver", Fault.LostAnswer)]
    [InlineData("s3rver", Fault.HalfAnswer)]
    [InlineData("ceph", Fault.InternalError)]
    [InlineData("ceph", Fault.Conflict)]
    [InlineData("ceph", Fault.Reset)]
    [InlineData("ceph", Fault.LostAnswer)]
    [InlineData("ceph", Fault.HalfAnswer)]
    public async Task A_fault_at_any_call_of_a_publish_is_repaired_on_the_spot(string kind, Fault fault)
    {
        var server = await ServerAsync(kind);
        await using var proxy = await ChaosProxy.StartAsync(server.Endpoint);
        var calls = 0;
        SortedDictionary<string, string>? expected = null;
        for (var n = 0; n <= calls; n = n == 0 ? 1 + ((int)fault % Step) : n + Step)
        {
            await using var fixture = await StartAsync(server, proxy);
            await fixture.Registry.Get<S3ObjectStore>().PrepareAsync(default); // The self-test is not what is tested here.
            proxy.Restart();
            proxy.Plan = (call, _, _) => call == n ? fault : Fault.None;
            var task = await fixture.PublishAsync(One);
            Assert.Equal(PublishingStatus.Success, task.Status);
            if (n == 0)
            {
                calls = proxy.Calls;
                Assert.InRange(calls, 15, 80);
            }

            proxy.Plan = (_, _, _) => Fault.None;
            Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "status = 'success' AND attempt = 1"));
            var objects = await fixture.SnapshotAsync();
            expected ??= objects;
            Assert.Equal(expected, objects);
            Assert.Single(await fixture.ListAsync(Bucket.Staging));
        }
    }

    [Fact]
    public async Task A_call_without_an_answer_is_given_up_and_repeated()
    {
        var server = await S3Server.S3rverAsync();
        await using var proxy = await ChaosProxy.StartAsync(server.Endpoint);
        await using var fixture = await StartAsync(server, proxy);
        await fixture.Registry.Get<S3ObjectStore>().PrepareAsync(default);
        proxy.Restart();
        proxy.Plan = (call, _, _) => call is 1 or 5 or 9 or 20 ? Fault.Stall : Fault.None;
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status);
    }

    /// <summary>F12: keys that do not work any more. The task waits for longer than any number of attempts would, is nobody's failure, and is done when they work again.</summary>
    [Theory]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.SlowDown)]
    public async Task A_store_that_refuses_or_is_away_lets_tasks_wait(Fault fault)
    {
        var server = await S3Server.S3rverAsync();
        await using var proxy = await ChaosProxy.StartAsync(server.Endpoint);
        await using var fixture = await StartAsync(server, proxy);
        var submitted = (await fixture.SubmitAsync(One)).Value;
        using var heard = new HeardMetrics();
        var rounds = fixture.Registry.Options.MaxAttempts + 3;
        proxy.Plan = (_, _, _) => fault;
        for (var i = 0; i < rounds; i++)
        {
            await fixture.DrainAsync();
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(PublishingStatus.Pending, (await fixture.Service.GetTaskAsync(submitted.Id, default)).Value.Status);
        }

        // Operators see it.
        Assert.Equal((rounds, rounds), (heard["kiln.failures store"], heard["kiln.work.attempts publish stopped"]));

        // An upload is refused before it is read, and leaves nothing.
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.SubmitAsync(One, "1.1.0"));
        Assert.Equal(fault == Fault.Refused, refused.Refused);
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks"));

        proxy.Plan = (_, _, _) => Fault.None;
        await fixture.DrainAsync();
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(submitted.Id, default)).Value.Status);
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "attempt = 1"));
    }

    /// <summary>F11, F14: twenty versions of one package at once, while every third conditional write of the package's documents meets another one.</summary>
    [Theory]
    [InlineData("s3rver")]
    [InlineData("ceph")]
    public async Task Twenty_versions_at_once_are_all_in_the_documents(string kind)
    {
        const int Versions = 20;
        var server = await ServerAsync(kind);
        await using var proxy = await ChaosProxy.StartAsync(server.Endpoint);
        await using var fixture = await StartAsync(server, proxy);
        for (var i = 0; i < Versions; i++)
        {
            Assert.Null((await fixture.SubmitAsync(FakeBuilder.Tarball($"/mod.ts|{i}"), $"1.0.{i}")).Error);
        }

        proxy.Plan = (call, method, path) =>
            method == "PUT" && (path.EndsWith("/meta.json", StringComparison.Ordinal) || path.Contains("scope__pkg", StringComparison.Ordinal)) && call % 3 == 0
                ? (call % 2 == 0 ? Fault.Conflict : Fault.LostAnswer)
                : Fault.None;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(fixture.DrainAsync)));
        for (var i = 0; i < 20 && await fixture.Registry.CountAsync("publishing_tasks", "status <> 'success'") > 0; i++)
        {
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(10));
            await fixture.DrainAsync();
        }

        Assert.Equal(Versions, await fixture.Registry.CountAsync("publishing_tasks", "status = 'success'"));
        var names = Enumerable.Range(0, Versions).Select(i => $"1.0.{i}").Order(StringComparer.Ordinal);
        foreach (var key in new[] { ObjectKeys.PackageMeta("scope", "pkg"), ObjectKeys.Packument("scope", "pkg"), ObjectKeys.InstallPackument("scope", "pkg") })
        {
            Assert.Equal(names, (await fixture.ReadJsonAsync(key)).GetProperty("versions").EnumerateObject().Select(v => v.Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal("1.0.19", (await fixture.ReadJsonAsync(ObjectKeys.LatestManifest("scope", "pkg"))).GetProperty("version").GetString());
        Assert.True(await fixture.Registry.Get<PackageMetadataWriter>().IsShownAsync("scope", "pkg", default));
    }

    private static Task<S3Server> ServerAsync(string kind) => kind == "ceph" ? S3Server.CephAsync() : S3Server.S3rverAsync();

    private static async Task<PublishingFixture> StartAsync(S3Server server, ChaosProxy proxy)
    {
        proxy.Plan = (_, _, _) => Fault.None;
        var storage = await server.NewStorageAsync(proxy.Address);
        return await PublishingFixture.StartAsync(o => o with { Storage = storage }, replace: services => services.AddSingleton(Impatient));
    }
}
