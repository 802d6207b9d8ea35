using Kiln.Registry.Identity;
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
