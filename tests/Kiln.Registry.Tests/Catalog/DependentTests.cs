using Kiln.Registry.Publishing;

namespace Kiln.Registry.Catalog;

/// <summary>registry.md §7: who needs a package, by its own name and by its npm name, in any version.</summary>
public sealed class DependentTests
{
    [Fact]
    public async Task Dependents_are_listed_with_their_newest_versions_page_by_page()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "alpha", "beta", "gamma", "delta");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"));
        foreach (var version in new[] { "1.2.0", "1.10.0", "1.9.0", "2.0.0-rc.1", "0.1.0" })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", version == "0.1.0" ? "dep|npm:chalk@5" : "dep|jsr:@scope/pkg@1"), version, "alpha");
        }

        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", "dep|npm:@jsr/scope__pkg@1", "dep|jsr:@scope/pkg@1/sub".Replace("/sub", "", StringComparison.Ordinal)), "1.0.0", "beta");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", "dep|jsr:@scope/alpha@1"), "1.0.0", "gamma");
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", "dep|npm:@jsr/scope__pkg@1"), "1.0.0", "delta");
        var packages = fixture.Registry.Get<PackageService>();
        await packages.SetYankedAsync(fixture.Author, "scope", "delta", "1.0.0", true, default); // still a dependent

        var all = (await packages.ListDependentsAsync("scope", "pkg", 10, PageRequest.First, default)).Value;
        Assert.Equal(3, all.Total);
        Assert.Equal(["alpha", "beta", "delta"], all.Items.Select(d => d.Package));
        Assert.Equal(["2.0.0-rc.1", "1.10.0", "1.9.0", "1.2.0"], all.Items[0].Versions);
        Assert.Equal(4, all.Items[0].TotalVersions);
        Assert.Equal(3, (await packages.GetAsync("scope", "pkg", default)).Value.DependentCount);

        var page = (await packages.ListDependentsAsync("scope", "pkg", 2, new PageRequest(1, 1), default)).Value;
        Assert.Equal(["2.0.0-rc.1", "1.10.0"], Assert.Single(page.Items).Versions);
        Assert.Equal((3, 4), (page.Total, page.Items[0].TotalVersions));
        Assert.Equal("delta", Assert.Single((await packages.ListDependentsAsync("scope", "pkg", 2, new PageRequest(3, 1), default)).Value.Items).Package);
        Assert.Empty((await packages.ListDependentsAsync("scope", "pkg", 2, new PageRequest(4, 1), default)).Value.Items);
        Assert.Single((await packages.ListDependentsAsync("scope", "pkg", 0, PageRequest.First, default)).Value.Items[0].Versions);
        Assert.Equal("packageNotFound", (await packages.ListDependentsAsync("scope", "none", 2, PageRequest.First, default)).Error?.Code);
    }

    [Fact]
    public async Task Newer_versions_are_counted_in_the_order_of_semantic_versions()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        foreach (var version in new[] { "1.0.0-beta.1", "1.0.0", "1.9.0", "1.10.0", "2.0.0-rc.1" })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|" + version), version);
        }

        var packages = fixture.Registry.Get<PackageService>();
        await packages.SetYankedAsync(fixture.Author, "scope", "pkg", "1.9.0", true, default);
        foreach (var (version, newer) in new[] { ("1.0.0-beta.1", 2), ("1.0.0", 1), ("1.10.0", 0), ("2.0.0-rc.1", 0), ("latest", 0) })
        {
            Assert.Equal(newer, (await packages.GetVersionAsync("scope", "pkg", version, default)).Value.NewerVersionsCount);
        }

        var listed = (await packages.ListVersionsAsync("scope", "pkg", PageRequest.First, default)).Value.Items;
        Assert.Equal(["2.0.0-rc.1", "1.10.0", "1.9.0", "1.0.0", "1.0.0-beta.1"], listed.Select(v => v.Version));
    }
}
