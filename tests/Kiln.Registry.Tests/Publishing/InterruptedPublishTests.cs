using System.Runtime.CompilerServices;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

/// <summary>
/// The store fails at every single call of a publish, before or after the call had its effect. After the next attempt everything must be as if nothing had happened, and
/// what was readable once must never have changed. (tests/Faults does the same with kill -9.)
/// </summary>
public sealed class InterruptedPublishTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one", "/deno.json|{}", "/dir/data.json|[]");
    private static readonly byte[] Two = FakeBuilder.Tarball("/mod.ts|two");

    private static async Task<(SortedDictionary<string, string> Objects, int Calls)> UndisturbedAsync()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        await fixture.PublishAsync(One);
        return (await fixture.SnapshotAsync(), store.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_at_any_store_call_ends_in_the_bytes_of_an_undisturbed_run(bool afterEffect)
    {
        var (expected, calls) = await UndisturbedAsync();
        Assert.InRange(calls, 8, 40);
        for (var n = 1; n <= calls; n++)
        {
            var store = new FailingStore { FailAt = n, AfterEffect = afterEffect };
            await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
            try
            {
                await fixture.SubmitAsync(One);
            }
            catch (IOException)
            {
                // Never acknowledged: the client sends it again.
            }

            await fixture.DrainAsync();
            var first = await fixture.SnapshotAsync();
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
            var restart = fixture.Registry.Clock.GetUtcNow();
            var task = (await fixture.SubmitAsync(One)).Value;
            await fixture.DrainAsync();
            if (!fixture.Registry.Database.Dialect.SingleWriter)
            {
                fixture.Registry.AgeUploads(TimeSpan.FromHours(2)); // until then another process might be at it
            }

            await fixture.Registry.Get<Sweeper>().SweepAsync(default);

            Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
            var final = await fixture.SnapshotAsync();
            Assert.Equal(expected.Keys, final.Keys);
            if (task.CreatedAt != restart)
            {
                Assert.Equal(expected, final); // The task survived, and its time with it.
            }

            // Package documents tell the time of the publish; everything else is the same even when the client had to send again.
            Assert.Equal(Immutable(expected), Immutable(final));
            Assert.All(Immutable(first), was => Assert.Equal(was.Value, final[was.Key]));
            Assert.Equal(0, await fixture.Registry.CountAsync("publishing_tasks", "status <> 'success'"));
            Assert.Equal(1, await fixture.Registry.CountAsync("version_claims", "state = 'locked'"));
            Assert.Single(await fixture.ListAsync(Bucket.Staging));
        }
    }

    [Fact]
    public async Task Once_bytes_are_public_only_the_same_tarball_may_continue()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(o => o with { MaxAttempts = 1 }, store.Wrap);
        store.FailWhen = key => key.Bucket == Bucket.Npm; // After the modules, for ever.
        Assert.Null((await fixture.SubmitAsync(One)).Error);
        await fixture.DrainAsync();
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.DrainAsync();
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "status = 'failure' AND error_code = 'internalError'"));

        var refused = (await fixture.SubmitAsync(Two)).Error!;
        Assert.Equal(("versionContentLocked", 409), (refused.Code, refused.Status));
        Assert.Empty(await fixture.ListAsync(Bucket.Staging));
        store.FailWhen = _ => false;
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status);
        Assert.Equal("one", Encoding.UTF8.GetString((await fixture.ReadAsync(ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts")))!));
    }

    [Fact]
    public async Task A_newer_build_of_the_server_adopts_what_the_older_one_wrote()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        fixture.Builder.Flavour = "old";
        store.FailWhen = key => key.Path.EndsWith("/meta.json", StringComparison.Ordinal);
        // Fails after the version's rows; undo them, as if the process had died just before.
        await fixture.SubmitAsync(One);
        await fixture.DrainAsync();
        var old = await fixture.SnapshotAsync();
        Assert.Contains("Npm:@jsr/scope__pkg/-/scope__pkg-1.0.0.tgz", old.Keys);
        await fixture.Registry.Database.ChangeAsync(
            async s =>
            {
                await s.ExecuteAsync("DELETE FROM package_versions");
                return await s.ExecuteAsync("UPDATE publishing_tasks SET status = 'pending'");
            },
            default);

        fixture.Builder.Flavour = "new";
        store.FailWhen = _ => false;
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.DrainAsync();
        var final = await fixture.SnapshotAsync();
        Assert.All(old, was => Assert.Equal(was.Value, final[was.Key]));
        var tarball = (await fixture.ReadAsync(ObjectKeys.NpmTarball("scope", "pkg", "1.0.0")))!;
        Assert.Contains(" old ", Encoding.UTF8.GetString(tarball), StringComparison.Ordinal);
        var dist = (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("versions").GetProperty("1.0.0").GetProperty("dist");
        Assert.Equal("sha512-" + Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(tarball)), dist.GetProperty("integrity").GetString());
    }

    [Fact]
    public async Task Foreign_bytes_in_the_place_of_a_module_stop_the_publish()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var key = ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts");
        await fixture.Registry.Store.ReplaceAsync(key, "foreign"u8.ToArray(), default);
        var task = await fixture.PublishAsync(One);
        Assert.Equal("internalError", task.Error?.Code);
        Assert.Equal("foreign"u8.ToArray(), await fixture.ReadAsync(key));
        Assert.Equal(0, await fixture.Registry.CountAsync("package_versions"));
        Assert.Null(await fixture.ReadAsync(ObjectKeys.PackageMeta("scope", "pkg")));
    }

    private static Dictionary<string, string> Immutable(SortedDictionary<string, string> objects) =>
        objects.Where(o => !o.Key.EndsWith("/meta.json", StringComparison.Ordinal) && (!o.Key.StartsWith("Npm:", StringComparison.Ordinal) || o.Key.EndsWith(".tgz", StringComparison.Ordinal)))
            .ToDictionary(o => o.Key, o => o.Value);
}
