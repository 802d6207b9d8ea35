using Kiln.Registry.Catalog;
using Kiln.Registry.Publishing;

namespace Kiln.Registry.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public async Task The_newest_the_updated_and_the_featured_are_listed()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Registry.WithPackageAsync("scope", "old", "gone", "withdrawn"); // younger than pkg, whose newest version is the last one
        foreach (var (package, version) in new[] { ("pkg", "1.0.0"), ("old", "1.0.0"), ("gone", "1.0.0"), ("withdrawn", "1.0.0"), ("pkg", "2.0.0-rc.1") })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|" + package), version, package);
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await fixture.Registry.WithPackageAsync("scope", "empty");
        var packages = fixture.Registry.Get<PackageService>();
        await packages.SetDescriptionAsync(fixture.Author, "scope", "pkg", "Clay", default);
        foreach (var name in new[] { "old", "pkg", "gone" })
        {
            await packages.SetFeaturedAsync(fixture.Author, "scope", name, true, default);
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await packages.SetArchivedAsync(fixture.Author, "scope", "gone", true, default);
        await packages.SetYankedAsync(fixture.Author, "scope", "withdrawn", "1.0.0", true, default);

        var stats = await fixture.Registry.Get<StatisticsService>().ReadAsync(default);
        Assert.Equal(["old", "pkg"], stats.Newest.Select(p => p.Name));
        Assert.Equal(["pkg 2.0.0-rc.1 Clay", "old 1.0.0 ", "pkg 1.0.0 Clay"], stats.Updated.Select(v => $"{v.Package} {v.Version} {v.Description}"));
        Assert.Equal(["pkg", "old"], stats.Featured.Select(p => p.Name));
    }

    [Fact]
    public async Task Metrics_count_what_happened_in_which_time()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "second", "without-versions");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|1"), "1.0.0");
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(20));
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|2"), "1.0.1");
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(5));
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|3"), "1.0.0", "second");
        await fixture.Registry.SignInAsync("newcomer");
        fixture.Registry.Clock.Advance(TimeSpan.FromHours(1));

        var m = await fixture.Registry.Get<StatisticsService>().MeasureAsync(default);
        Assert.Equal((2, 1, 2, 2), (m.Packages, m.Packages1D, m.Packages7D, m.Packages30D));
        Assert.Equal((3, 1, 2, 3), (m.PackageVersions, m.PackageVersions1D, m.PackageVersions7D, m.PackageVersions30D));
        Assert.Equal((2, 1, 1, 2), (m.Users, m.Users1D, m.Users7D, m.Users30D));
    }

    [Fact]
    public async Task Sitemaps_name_what_can_be_seen_with_its_own_last_change()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("second", "lib", "empty");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|1"), "1.0.0");
        var first = fixture.Registry.Clock.GetUtcNow();
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null((await fixture.Service.SubmitAsync(fixture.Author, PublishingFixture.Upload(FakeBuilder.Tarball("/mod.ts|2"), package: "lib") with { Scope = "second" }, default)).Error);
        await fixture.DrainAsync();
        var second = fixture.Registry.Clock.GetUtcNow();
        var statistics = fixture.Registry.Get<StatisticsService>();
        Assert.Equal([new SitemapEntry("/@second", second), new SitemapEntry("/@scope", first)], await statistics.ListScopesAsync(default));
        Assert.Equal([new SitemapEntry("/@second/lib", second), new SitemapEntry("/@scope/pkg", first)], await statistics.ListPackagesAsync(default));

        fixture.Registry.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.Registry.Get<PackageService>().SetDescriptionAsync(fixture.Author, "scope", "pkg", "Clay", default);
        Assert.Equal("/@scope/pkg", (await statistics.ListPackagesAsync(default))[0].Path);
        await fixture.Registry.Get<PackageService>().SetArchivedAsync(fixture.Author, "scope", "pkg", true, default);
        Assert.Equal(["/@second/lib"], (await statistics.ListPackagesAsync(default)).Select(e => e.Path));
        Assert.Equal(["/@second"], (await statistics.ListScopesAsync(default)).Select(e => e.Path));
    }

    [Fact]
    public async Task A_user_is_known_by_what_they_published_last()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var names = Enumerable.Range(0, 12).Select(i => $"lib{i}").ToArray();
        await fixture.Registry.WithPackageAsync("scope", names);
        foreach (var name in names)
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|" + name), "1.0.0", name);
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|again"), "1.0.1", "lib5");
        var packages = fixture.Registry.Get<PackageService>();
        await packages.SetArchivedAsync(fixture.Author, "scope", "lib11", true, default);
        Assert.Equal(
            ["lib5", "lib10", "lib9", "lib8", "lib7", "lib6", "lib4", "lib3", "lib2", "lib1"],
            (await packages.ListOfUserAsync(fixture.Author.User!.Id, default)).Select(p => p.Name));
        Assert.Empty(await packages.ListOfUserAsync(Guid.NewGuid(), default));
    }
}
