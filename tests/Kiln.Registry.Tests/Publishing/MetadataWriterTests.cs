using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;
using Kiln.Tooling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Documents of a package with two writers (security.md C5, F24; ADR 0016). Two writer objects over two stores stand for two processes; one sleeps between its look and its write.
/// </summary>
public sealed class MetadataWriterTests
{
    public static TheoryData<string> Stores => ["folders", "s3rver", "ceph"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_writer_that_slept_does_not_cover_what_was_written_meanwhile(string kind)
    {
        await using var fixture = await StartAsync(kind);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"))).Status);

        // The first process has read version 1 and looked at meta.json; then version 2 is committed and shown by the second; then the first writes.
        using var first = OpenAgain(fixture);
        var sleeper = new PausingStore(first.Store);
        sleeper.BeforeReplace = async () => Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|two"), "2.0.0")).Status);
        await BumpAsync(fixture);
        await new PackageMetadataWriter(fixture.Registry.Database, sleeper, fixture.Registry.Options).WriteAsync("scope", "pkg", default);

        await AssertShowsAsync(fixture, "1.0.0", "2.0.0");
    }

    /// <summary>A yank and its reversal leave the same bytes, so that an entity tag does not tell; and the sleeper dies before it can look again.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_a_dying_sleeper_has_covered_is_mended_by_the_process_that_wrote_it(string kind)
    {
        await using var fixture = await StartAsync(kind);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"))).Status);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|two"), "2.0.0")).Status);

        await YankAsync(fixture, true);
        using var first = OpenAgain(fixture);
        var sleeper = new PausingStore(first.Store) { DiesAfterwards = true };
        var awake = fixture.Registry.Get<PackageMetadataWriter>();
        sleeper.BeforeReplace = async () =>
        {
            await YankAsync(fixture, false); // Never shown as yanked, and listed again.
            await awake.WriteAsync("scope", "pkg", default);
        };
        await Assert.ThrowsAsync<IOException>(() => new PackageMetadataWriter(fixture.Registry.Database, sleeper, fixture.Registry.Options).WriteAsync("scope", "pkg", default));

        await fixture.Registry.Get<Sweeper>().SweepAsync(default);
        await AssertShowsAsync(fixture, "1.0.0", "2.0.0");
        Assert.False((await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("versions").GetProperty("2.0.0").TryGetProperty("yanked", out _));
    }

    /// <summary>A process without the role of a worker sweeps nothing, and has written documents all the same.</summary>
    [Fact]
    public async Task A_process_without_a_sweeper_looks_again_at_what_it_wrote()
    {
        await using var fixture = await PublishingFixture.StartAsync(o => o with { SweepInterval = TimeSpan.FromMilliseconds(20) });
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"));
        var key = ObjectKeys.PackageMeta("scope", "pkg");
        var good = await fixture.ReadAsync(key);
        await fixture.Registry.Store.ReplaceAsync(key, "{}"u8.ToArray(), default);
        using var recheck = new DocumentRecheck(
            fixture.Registry.Database, fixture.Registry.Get<PackageMetadataWriter>(), fixture.Registry.Options, NullLogger<DocumentRecheck>.Instance);
        await recheck.StartAsync(default);
        for (var i = 0; !(await fixture.ReadAsync(key)).AsSpan().SequenceEqual(good); i++)
        {
            Assert.True(i < 3_000, "it was not mended");
            await Task.Delay(10);
        }

        await recheck.StopAsync(default);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Documents_that_are_up_to_date_are_left_alone_and_damaged_ones_can_be_rebuilt(string kind)
    {
        await using var fixture = await StartAsync(kind);
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"));
        var writer = fixture.Registry.Get<PackageMetadataWriter>();
        var key = ObjectKeys.PackageMeta("scope", "pkg");
        var before = await fixture.Registry.Store.StateAsync(key, default);
        Assert.True(before.Generation > 0);
        await writer.WriteAsync("scope", "pkg", default);
        Assert.Equal(before, await fixture.Registry.Store.StateAsync(key, default));
        Assert.True(await writer.IsShownAsync("scope", "pkg", default));

        // Bytes that somebody else put there show no generation, and go.
        var good = await fixture.ReadAsync(key);
        await fixture.Registry.Store.ReplaceAsync(key, "{}"u8.ToArray(), default);
        Assert.False(await writer.IsShownAsync("scope", "pkg", default));
        await writer.WriteAsync("scope", "pkg", default);
        Assert.Equal(good, await fixture.ReadAsync(key));

        await writer.RebuildAsync("scope", "pkg", default);
        Assert.True((await fixture.Registry.Store.StateAsync(key, default)).Generation > before.Generation);
        Assert.Equal(good, await fixture.ReadAsync(key));
    }

    /// <summary>A database from a backup counts from where the backup was; its next change must be seen all the same.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_database_that_is_older_than_the_documents_overtakes_them(string kind)
    {
        await using var fixture = await StartAsync(kind);
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"));
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|two"), "2.0.0");
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE packages SET meta_gen = 1, shown_gen = 1"), default);
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|three"), "3.0.0");
        await AssertShowsAsync(fixture, "1.0.0", "2.0.0", "3.0.0");
    }

    [Fact]
    public async Task The_documents_of_many_writers_in_two_processes_show_the_last_change()
    {
        await using var fixture = await StartAsync("folders");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"));
        using var other = OpenAgain(fixture);
        var writers = new[] { fixture.Registry.Get<PackageMetadataWriter>(), new PackageMetadataWriter(fixture.Registry.Database, other.Store, fixture.Registry.Options) };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await BumpAsync(fixture);
            await writers[i % 2].WriteAsync("scope", "pkg", default);
        })));
        var generation = await fixture.Registry.Database.ReadAsync(s => s.CountAsync("SELECT meta_gen FROM packages"), default);
        Assert.Equal(generation, (await fixture.Registry.Store.StateAsync(ObjectKeys.PackageMeta("scope", "pkg"), default)).Generation);
        Assert.Equal(generation, (await fixture.Registry.Store.StateAsync(ObjectKeys.LatestManifest("scope", "pkg"), default)).Generation);
    }

    private static async Task AssertShowsAsync(PublishingFixture fixture, params string[] versions)
    {
        foreach (var key in new[] { ObjectKeys.PackageMeta("scope", "pkg"), ObjectKeys.Packument("scope", "pkg"), ObjectKeys.InstallPackument("scope", "pkg") })
        {
            Assert.Equal(versions, (await fixture.ReadJsonAsync(key)).GetProperty("versions").EnumerateObject().Select(v => v.Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal(versions[^1], (await fixture.ReadJsonAsync(ObjectKeys.LatestManifest("scope", "pkg"))).GetProperty("version").GetString());
    }

    private static Task<int> BumpAsync(PublishingFixture fixture) => fixture.Registry.Database.ChangeAsync(s => PackageStore.BumpGenerationAsync(s, "scope", "pkg"), default);

    private static Task<int> YankAsync(PublishingFixture fixture, bool yanked) => fixture.Registry.Database.ChangeAsync(
        async s =>
        {
            await s.ExecuteAsync("UPDATE package_versions SET is_yanked = @yanked WHERE version = '2.0.0'", new { yanked });
            return await PackageStore.BumpGenerationAsync(s, "scope", "pkg");
        },
        default);

    private static async Task<PublishingFixture> StartAsync(string kind)
    {
        var storage = kind switch
        {
            "s3rver" => await (await S3Server.S3rverAsync()).NewStorageAsync(),
            "ceph" => await (await S3Server.CephAsync()).NewStorageAsync(),
            _ => null,
        };
        return await PublishingFixture.StartAsync(o => o with { Storage = storage });
    }

    /// <summary>The same store, as another process opens it.</summary>
    private static Opened OpenAgain(PublishingFixture fixture)
    {
        var options = fixture.Registry.Options;
        if (options.Storage is null)
        {
            var folders = DirectoryObjectStore.Open(options.DataDirectory);
            return new Opened(folders, folders);
        }

        Assert.True(StorageAddress.TryParse(options.Storage, out var address, out var problem), problem);
        var database = fixture.Registry.Database;
        var store = S3ObjectStore.Open(
            address,
            Path.GetTempPath(),
            (name, work, cancellation) => database.ExclusiveAsync(
                name,
                async () =>
                {
                    await work();
                    return true;
                },
                cancellation));
        return new Opened(store, store);
    }

    private sealed record Opened(IObjectStore Store, IDisposable Owner) : IDisposable
    {
        public void Dispose() => Owner.Dispose();
    }
}
