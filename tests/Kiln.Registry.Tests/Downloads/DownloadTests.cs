using System.Text;
using Kiln.Registry.Backup;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiln.Registry.Downloads;

/// <summary>registry.md §4.5, §7: counted beside the files, never twice, and bounded whatever is asked for.</summary>
public sealed class DownloadTests
{
    private static readonly ObjectKey Meta = ObjectKeys.VersionMeta("scope", "pkg", "1.0.0");
    private static readonly ObjectKey Tarball = ObjectKeys.NpmTarball("scope", "pkg", "1.0.0");

    [Theory]
    [InlineData("@scope/pkg/1.0.0_meta.json", "scope pkg 1.0.0 JsrMeta")]
    [InlineData("@scope/pkg/1.0.0-rc.1+b_meta.json", "scope pkg 1.0.0-rc.1+b JsrMeta")]
    [InlineData("@scope/pkg/meta.json", null)]
    [InlineData("@scope/pkg/_meta.json", null)]
    [InlineData("@scope/pkg/1.0.0/1.0.0_meta.json", null)]
    [InlineData("@scope/pkg/1.0.0/mod.ts", null)]
    [InlineData("@scope/pkg/latest_meta.json", null)]
    public void A_version_manifest_is_counted(string path, string? expected) => Assert.Equal(expected, Name(DownloadSubject.Of(ObjectKey.Create(Bucket.Modules, path))));

    [Theory]
    [InlineData("@jsr/scope__pkg/-/scope__pkg-1.0.0.tgz", "scope pkg 1.0.0 NpmTarball")]
    [InlineData("@jsr/my-scope__my-pkg/-/my-scope__my-pkg-1.0.0-rc-1.tgz", "my-scope my-pkg 1.0.0-rc-1 NpmTarball")]
    [InlineData("@jsr/scope__pkg", null)]
    [InlineData("@jsr/scope__pkg/-/scope__other-1.0.0.tgz", null)]
    [InlineData("@jsr/scope__pkg/-/scope__pkg-x.tgz", null)]
    public void A_tarball_is_counted(string path, string? expected) => Assert.Equal(expected, Name(DownloadSubject.Of(ObjectKey.Create(Bucket.Npm, path))));

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_while_it_is_taken()
    {
        var counter = new DownloadCounter();
        const int Threads = 4;
        const int Each = 50_000;
        long taken = 0;
        using var over = new CancellationTokenSource();
        var taking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                Interlocked.Add(ref taken, counter.Take().Sum(c => c.Count));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            var tally = counter.TallyOf(Meta);
            for (var i = 0; i < Each; i++)
            {
                if (!tally.TryAdd())
                {
                    tally = counter.Recount(Meta);
                }
            }
        })));
        await over.CancelAsync();
        await taking;
        Assert.Equal(Threads * Each, taken + counter.Take().Sum(c => c.Count));
    }

    [Fact]
    public void What_is_not_counted_and_what_is_not_used_takes_no_room()
    {
        var counter = new DownloadCounter();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(counter.TallyOf(ObjectKey.Create(Bucket.Modules, $"@scope/pkg/{i}.ts")).TryAdd());
        }

        Assert.Empty(counter.Take());
        var tally = counter.TallyOf(Meta);
        Assert.True(tally.TryAdd());
        Assert.Equal(1, Assert.Single(counter.Take()).Count);
        Assert.True(tally.TryAdd()); // it was used since the last look: kept
        Assert.Single(counter.Take());
        Assert.Empty(counter.Take());
        Assert.False(tally.TryAdd()); // retired: whoever kept it hears of it
        counter.Recount(Meta);
        Assert.Equal(1, Assert.Single(counter.Take()).Count);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var tally = new DownloadCounter().TallyOf(Meta);
        tally.TryAdd();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            tally.TryAdd();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Counts_reach_the_tables_of_four_hours_and_of_days()
    {
        await using var fixture = await StartAsync(); // 2026-05-04 03:02:01
        await PumpAsync(fixture, (Meta, 3), (Tarball, 2));
        fixture.Registry.Clock.Advance(TimeSpan.FromHours(2)); // 05:02, the next piece
        await PumpAsync(fixture, (Meta, 4));
        fixture.Registry.Clock.Advance(TimeSpan.FromHours(20)); // the next day
        await PumpAsync(fixture, (Meta, 5));

        Assert.Equal(4, await fixture.Registry.CountAsync("version_download_counts_4h"));
        var downloads = (await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value;
        Assert.Equal(
            ["2026-05-04 jsr_meta 7", "2026-05-04 npm_tarball 2", "2026-05-05 jsr_meta 5"],
            downloads.Total.Select(p => $"{p.TimeBucket:yyyy-MM-dd} {p.Kind} {p.Count}"));
        Assert.All(downloads.Total, p => Assert.Equal(TimeSpan.Zero, p.TimeBucket.TimeOfDay));
        Assert.Equal("1.0.0", Assert.Single(downloads.RecentVersions).Version);
    }

    [Fact]
    public async Task A_batch_is_added_once_whoever_brings_it_again()
    {
        await using var fixture = await StartAsync();
        var batch = Batch(fixture, (Meta, 3));
        var service = fixture.Registry.Get<DownloadService>();
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.AddAsync(batch, default)))).Count(added => added));
        Assert.False(await service.AddAsync(batch, default));
        Assert.Equal(3, Assert.Single((await service.GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    [Fact]
    public async Task Batches_that_are_added_at_once_add_up()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|y"), "1.0.1");
        var second = ObjectKeys.VersionMeta("scope", "pkg", "1.0.1");
        var service = fixture.Registry.Get<DownloadService>();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => service.AddAsync(i % 2 == 0 ? Batch(fixture, (Meta, 1), (second, 2)) : Batch(fixture, (second, 2), (Meta, 1)), default))));
        Assert.Equal(36, Assert.Single((await service.GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    [Fact]
    public async Task A_batch_that_could_not_be_added_is_kept_and_nothing_is_lost()
    {
        await using var fixture = await StartAsync();
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("ALTER TABLE download_batches RENAME TO elsewhere"), default);
        fixture.Registry.Get<DownloadCounter>().TallyOf(Meta).TryAdd();
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.Registry.Get<DatabasePump>().PumpAsync(default));
        fixture.Registry.Get<DownloadCounter>().TallyOf(Meta).TryAdd();
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("ALTER TABLE elsewhere RENAME TO download_batches"), default);
        await fixture.Registry.Get<DatabasePump>().PumpAsync(default);
        await fixture.Registry.Get<DatabasePump>().PumpAsync(default);
        Assert.Equal(2, Assert.Single((await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    /// <summary>The web server and the pump stop side by side: what is answered until both have stopped counts.</summary>
    [Fact]
    public async Task What_is_counted_while_services_stop_is_handed_on_after_them()
    {
        await using var fixture = await StartAsync();
        var (counter, pump) = (fixture.Registry.Get<DownloadCounter>(), fixture.Registry.Get<DatabasePump>());
        await pump.StartAsync(default);
        counter.Recount(Meta);
        await pump.StopAsync(default);
        counter.Recount(Meta); // the last answer of the web server
        await pump.StoppedAsync(default);
        Assert.Equal(2, Assert.Single((await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value.Total).Count);
    }

    /// <summary>The check of a restored registry finds versions in the store that its rows do not know yet: their downloads would be dropped.</summary>
    [Fact]
    public async Task Nothing_is_added_while_the_registry_must_not_be_changed_and_nothing_is_lost()
    {
        await using var fixture = await StartAsync();
        var (registry, counter, downloads) = (fixture.Registry, fixture.Registry.Get<DownloadCounter>(), fixture.Registry.Get<DownloadService>());
        counter.Recount(Tarball);
        await registry.Get<StorePump>().PumpAsync(default);
        counter.Recount(Meta);
        await registry.Database.ChangeAsync(
            async s =>
            {
                await RegistryState.SetAsync(s, RegistryState.Restored, new RestoreMarker("backup", s.Now));
                return default(Done);
            },
            default);
        await registry.Get<DatabasePump>().PumpAsync(default);
        Assert.Equal(0, await registry.Get<DownloadIntake>().TakeAsync(default));
        Assert.Equal(0, await registry.CountAsync("download_batches"));
        Assert.Contains(await fixture.ListAsync(Bucket.Staging), p => p.StartsWith("downloads/", StringComparison.Ordinal));

        await registry.Database.ChangeAsync(s => RegistryState.RemoveAsync(s, RegistryState.Restored), default);
        var gate = new ChangeGate(registry.Database); // one that has not looked yet
        using var pump = new DatabasePump(counter, downloads, gate, registry.Clock, NullLogger<DatabasePump>.Instance);
        using var intake = new DownloadIntake(registry.Store, downloads, gate, registry.Clock, NullLogger<DownloadIntake>.Instance);
        await pump.PumpAsync(default);
        Assert.Equal(1, await intake.TakeAsync(default));
        Assert.Equal(["jsr_meta 1", "npm_tarball 1"], (await downloads.GetAsync("scope", "pkg", default)).Value.Total.Select(p => $"{p.Kind} {p.Count}"));
    }

    [Fact]
    public async Task Versions_that_do_not_exist_are_left_out()
    {
        await using var fixture = await StartAsync();
        await PumpAsync(fixture, (ObjectKeys.VersionMeta("scope", "pkg", "9.9.9"), 1), (ObjectKeys.VersionMeta("no-one", "has", "1.0.0"), 1), (Meta, 1));
        Assert.Equal(1, await fixture.Registry.CountAsync("version_download_counts_24h"));
    }

    [Fact]
    public async Task Old_pieces_and_batches_go_and_days_stay()
    {
        await using var fixture = await StartAsync();
        await PumpAsync(fixture, (Meta, 1));
        var service = fixture.Registry.Get<DownloadService>();
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(1, await service.PruneAsync(default));
        Assert.Equal((0, 1), (await fixture.Registry.CountAsync("version_download_counts_4h"), await fixture.Registry.CountAsync("version_download_counts_24h")));
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(23));
        Assert.Equal(1, await service.PruneAsync(default));
        Assert.Equal(0, await fixture.Registry.CountAsync("download_batches"));
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(60)); // 91 days later
        Assert.Empty((await service.GetAsync("scope", "pkg", default)).Value.Total);
        Assert.Equal("packageNotFound", (await service.GetAsync("scope", "none", default)).Error?.Code);
    }

    [Fact]
    public async Task A_batch_whose_id_may_have_been_forgotten_is_not_added()
    {
        await using var fixture = await StartAsync();
        var batch = Batch(fixture, (Meta, 3));
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(29));
        Assert.False(await fixture.Registry.Get<DownloadService>().AddAsync(batch, default));
        Assert.Equal(0, await fixture.Registry.CountAsync("version_download_counts_24h"));
    }

    [Fact]
    public async Task A_gateway_without_a_database_hands_its_counts_on_through_the_store()
    {
        await using var fixture = await StartAsync();
        var counter = fixture.Registry.Get<DownloadCounter>();
        for (var i = 0; i < 5; i++)
        {
            counter.TallyOf(Tarball).TryAdd();
        }

        await fixture.Registry.Get<StorePump>().PumpAsync(default);
        Assert.Equal(0, await fixture.Registry.CountAsync("version_download_counts_24h"));
        Assert.Contains(await fixture.ListAsync(Bucket.Staging), p => p.StartsWith("downloads/", StringComparison.Ordinal));

        await fixture.Registry.Get<Sweeper>().SweepAsync(default); // takes it for no upload
        Assert.Equal(1, await fixture.Registry.Get<DownloadIntake>().TakeAsync(default));
        Assert.Equal(0, await fixture.Registry.Get<DownloadIntake>().TakeAsync(default));
        var point = Assert.Single((await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value.Total);
        Assert.Equal(("npm_tarball", 5), (point.Kind, point.Count));
        Assert.DoesNotContain(await fixture.ListAsync(Bucket.Staging), p => p.StartsWith("downloads/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"time":1,"counts":[["scope","pkg","1.0.0","jsr_meta",-3]]}""")]
    [InlineData("""{"time":1,"counts":[["scope","pkg","1.0.0","other",3]]}""")]
    [InlineData("""{"time":1,"counts":[["../x","pkg","1.0.0","jsr_meta",3]]}""")]
    [InlineData("""{"time":9999999999999999,"counts":[["scope","pkg","1.0.0","jsr_meta",3]]}""")]
    [InlineData("""{"time":1,"counts":[["scope","pkg","1.0.0","jsr_meta",99999999999]]}""")]
    [InlineData("""{"time":1,"counts":[[[[[[[1]]]]]]]}""")]
    public async Task What_is_no_batch_is_dropped(string text)
    {
        await using var fixture = await StartAsync();
        await fixture.Registry.Store.ReplaceAsync(ObjectKeys.DownloadBatch(Guid.NewGuid().ToString("D")), Encoding.UTF8.GetBytes(text), default);
        await fixture.Registry.Store.ReplaceAsync(ObjectKeys.DownloadBatch("not-an-id"), "{}"u8.ToArray(), default);
        Assert.Equal(0, await fixture.Registry.Get<DownloadIntake>().TakeAsync(default));
        Assert.DoesNotContain(await fixture.ListAsync(Bucket.Staging), p => p.StartsWith("downloads/", StringComparison.Ordinal));
        Assert.Equal(0, await fixture.Registry.CountAsync("version_download_counts_24h"));
    }

    [Fact]
    public async Task The_five_newest_stable_versions_that_have_downloads_are_told_apart()
    {
        await using var fixture = await StartAsync();
        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0", "1.10.0", "1.4.0", "2.0.0-rc.1", "1.5.0" })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|" + version), version);
        }

        await fixture.Registry.Get<PackageService>().SetYankedAsync(fixture.Author, "scope", "pkg", "1.4.0", true, default);
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.10.0", "1.4.0", "2.0.0-rc.1" })
        {
            await PumpAsync(fixture, (ObjectKeys.VersionMeta("scope", "pkg", version), 1));
        }

        var downloads = (await fixture.Registry.Get<DownloadService>().GetAsync("scope", "pkg", default)).Value;
        Assert.Equal(["1.10.0", "1.3.0", "1.2.0", "1.1.0", "1.0.0"], downloads.RecentVersions.Select(v => v.Version)); // 1.5.0 has none
        Assert.Equal(7, Assert.Single(downloads.Total).Count); // of all versions
    }

    private static async Task<PublishingFixture> StartAsync()
    {
        var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"));
        return fixture;
    }

    private static async Task PumpAsync(PublishingFixture fixture, params (ObjectKey Key, int Count)[] downloads)
    {
        foreach (var (key, count) in downloads)
        {
            for (var i = 0; i < count; i++)
            {
                fixture.Registry.Get<DownloadCounter>().Recount(key);
            }
        }

        await fixture.Registry.Get<DatabasePump>().PumpAsync(default);
    }

    private static DownloadBatch Batch(PublishingFixture fixture, params (ObjectKey Key, int Count)[] downloads) =>
        new(Guid.NewGuid().ToString("D"), fixture.Registry.Clock.GetUtcNow(), [.. downloads.Select(d => new DownloadCount(DownloadSubject.Of(d.Key)!, d.Count))]);

    private static string? Name(DownloadSubject? subject) => subject is null ? null : $"{subject.Scope} {subject.Package} {subject.Version} {subject.Kind}";
}
