using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

public sealed class SweeperTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one");

    [Fact]
    public async Task Puts_away_uploads_without_a_future_and_keeps_the_others()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var store = fixture.Registry.Store;
        var published = await fixture.PublishAsync(One);
        var waiting = (await fixture.SubmitAsync(One, "1.0.1")).Value;
        var failed = await fixture.PublishAsync(FakeBuilder.Tarball("!graphError|no"), "1.0.2");
        await store.ReplaceAsync(ObjectKeys.Staged(Guid.NewGuid().ToString()), One, default); // The process died before the task was made.
        await store.ReplaceAsync(ObjectKeys.Staged(failed.Id.ToString()), One, default); // Died before the upload was deleted.
        var inProgress = Guid.NewGuid();
        fixture.Registry.Get<UploadsInProgress>().Begin(inProgress);
        await store.ReplaceAsync(ObjectKeys.Staged(inProgress.ToString()), One, default);

        if (!fixture.Registry.Database.Dialect.SingleWriter)
        {
            // Another process may be at what is young, by the database's clock.
            fixture.Registry.AgeUploads(TimeSpan.FromMinutes(59));
            Assert.Equal(1, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Uploads); // that of the task that failed
            await store.ReplaceAsync(ObjectKeys.Staged(failed.Id.ToString()), One, default);
            fixture.Registry.AgeUploads(TimeSpan.FromMinutes(61));
        }

        var swept = await fixture.Registry.Get<Sweeper>().SweepAsync(default);
        Assert.Equal(2, swept.Uploads);
        Assert.Equal(
            new[] { published.Id, waiting.Id, inProgress }.Select(id => $"{id}.tar.gz").Order(StringComparer.Ordinal), await fixture.ListAsync(Bucket.Staging));
        Assert.Equal(default, await fixture.Registry.Get<Sweeper>().SweepAsync(default));
    }

    [Fact]
    public async Task Repairs_package_documents_that_are_behind()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(One);
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE package_versions SET is_yanked = TRUE"), default);
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE packages SET meta_gen = meta_gen + 1"), default);
        Assert.Equal(1, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Documents);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("latest").ValueKind);
    }

    /// <summary>The database is asked about many uploads at a time.</summary>
    [Fact]
    public async Task Puts_away_however_many_uploads_there_are()
    {
        const int Lost = 1_003;
        await using var fixture = await PublishingFixture.StartAsync();
        var published = await fixture.PublishAsync(One);
        var folder = Path.GetDirectoryName(fixture.Registry.Get<DirectoryObjectStore>().PathOf(ObjectKeys.Staged(published.Id.ToString())))!;
        for (var i = 0; i < Lost; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{Guid.NewGuid()}.tar.gz"), One);
        }

        fixture.Registry.AgeUploads(TimeSpan.FromMinutes(61));
        Assert.Equal(Lost, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Uploads);
        Assert.Equal([$"{published.Id}.tar.gz"], await fixture.ListAsync(Bucket.Staging));
    }

    /// <summary>What was written lately is looked at again, but not for ever: also a package that has no documents, or whose versions npm cannot install.</summary>
    [Fact]
    public async Task Leaves_a_package_alone_that_shows_what_it_has()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "empty", "lost");
        var packages = fixture.Registry.Get<PackageService>();
        Assert.Null((await packages.SetDescriptionAsync(fixture.Author, "scope", "empty", "Nothing yet.", default)).Error);
        await fixture.PublishAsync(One);
        Assert.Null((await packages.DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default)).Error);
        await fixture.PublishAsync(One, package: "lost");
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("DELETE FROM npm_tarballs WHERE name = 'lost'"), default);
        await fixture.Registry.Get<PackageMetadataWriter>().RebuildAsync("scope", "lost", default);
        for (var sweep = 1; sweep <= 4; sweep++)
        {
            Assert.Equal(0, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Documents);
        }

        // And a document that must not be there is seen.
        await fixture.Registry.Store.ReplaceAsync(ObjectKeys.PackageMeta("scope", "empty"), "{}"u8.ToArray(), default);
        Assert.False(await fixture.Registry.Get<PackageMetadataWriter>().IsShownAsync("scope", "empty", default));
    }

    [Fact]
    public async Task A_package_whose_documents_cannot_be_written_keeps_no_other_waiting()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        await fixture.Registry.WithPackageAsync("scope", "other");
        await fixture.PublishAsync(One);
        await fixture.PublishAsync(One, package: "other");
        var writer = fixture.Registry.Get<PackageMetadataWriter>();
        foreach (var (broken, whole) in new[] { ("other", "pkg"), ("pkg", "other") })
        {
            await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE packages SET meta_gen = meta_gen + 1"), default);
            store.FailWhen = key => key == ObjectKeys.PackageMeta("scope", broken);
            Assert.Single((await Assert.ThrowsAsync<AggregateException>(() => fixture.Registry.Get<Sweeper>().SweepAsync(default))).InnerExceptions);
            Assert.True(await writer.IsShownAsync("scope", whole, default));
            store.FailWhen = _ => false;
            Assert.Equal(1, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Documents);
        }
    }

    [Fact]
    public async Task Forgets_expired_secrets()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.Get<AuthorizationService>().CreateAsync("challenge", null, default);
        await fixture.Registry.Get<RegistryAdmin>().CreateSignInLinkAsync("author", TimeSpan.FromMinutes(5), default);
        fixture.Registry.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, (await fixture.Registry.Get<Sweeper>().SweepAsync(default)).Rows);
        Assert.Equal(0, await fixture.Registry.CountAsync("authorizations"));
        Assert.Equal(0, await fixture.Registry.CountAsync("sign_in_links"));
    }
}
