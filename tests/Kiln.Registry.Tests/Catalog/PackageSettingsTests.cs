using Kiln.Registry.Docs;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Catalog;

/// <summary>The PATCH variants of registry.md §2.3: what each changes, who sees it, and what follows.</summary>
public sealed class PackageSettingsTests
{
    private static readonly VerifiedRepository Clay = new(42, "Potter", "clay");

    [Theory]
    [InlineData("  Fired\nclay\r\n  ", "Fired clay")]
    [InlineData("", "")]
    [InlineData("Ünïcode ✓ 陶", "Ünïcode ✓ 陶")]
    [InlineData("a\nb", "a b")]
    public async Task A_description_is_trimmed_and_shown_in_the_packument(string given, string expected)
    {
        await using var fixture = await StartAsync();
        var package = (await Packages(fixture).SetDescriptionAsync(fixture.Author, "scope", "pkg", given, default)).Value;
        Assert.Equal(expected, package.Description);
        Assert.Equal(expected, (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("description").GetString());
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'update_package_description'"));
        Assert.Equal(1, await fixture.Registry.CountAsync("jobs", "kind = 'package-search'"));
    }

    [Theory]
    [InlineData(250, null)]
    [InlineData(251, "malformedRequest")]
    public async Task A_description_has_at_most_250_bytes(int length, string? code)
    {
        await using var fixture = await StartAsync();
        Assert.Equal(code, (await Packages(fixture).SetDescriptionAsync(fixture.Author, "scope", "pkg", new string('x', length), default)).Error?.Code);
        Assert.Equal("malformedRequest", (await Packages(fixture).SetDescriptionAsync(fixture.Author, "scope", "pkg", new string('é', 126), default)).Error?.Code); // 252 bytes
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u001b[31mb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public async Task A_description_has_no_control_characters(string text)
    {
        await using var fixture = await StartAsync();
        Assert.Equal("malformedRequest", (await Packages(fixture).SetDescriptionAsync(fixture.Author, "scope", "pkg", text, default)).Error?.Code);
        Assert.Equal(0, await fixture.Registry.CountAsync("audit_log", "action = 'update_package_description'"));
    }

    [Fact]
    public async Task A_registry_without_GitHub_links_nothing_and_says_why()
    {
        await using var fixture = await StartAsync();
        var refused = (await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "pkg", "potter", "clay", default)).Error!;
        Assert.Equal(("githubRepositoryNotAuthorized", 400), (refused.Code, refused.Status));
        Assert.Null((await Packages(fixture).GetAsync("scope", "pkg", default)).Value.Repository);

        // Whoever may not link hears of that, and GitHub is not asked.
        var stranger = await fixture.Registry.SignInAsync("stranger");
        Assert.Equal("actorNotScopeMember", (await Packages(fixture).LinkRepositoryAsync(stranger, "scope", "pkg", "potter", "clay", default)).Error?.Code);
        Assert.Equal("packageNotFound", (await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "none", "potter", "clay", default)).Error?.Code);
    }

    [Fact]
    public async Task A_linked_repository_is_shown_in_both_documents_and_goes_with_the_link()
    {
        await using var fixture = await StartAsync(Linking((_, _) => Clay));
        var linked = (await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "pkg", "potter", "clay", default)).Value;
        Assert.Equal((42, "Potter", "clay"), (linked.Repository!.Id, linked.Repository.Owner, linked.Repository.Name));
        var meta = (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("githubRepository");
        Assert.Equal(["owner", "name"], meta.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Potter", meta.GetProperty("owner").GetString());
        var packument = await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"));
        Assert.Equal("git+https://github.com/Potter/clay.git", packument.GetProperty("repository").GetProperty("url").GetString());
        Assert.Equal(1, (await Packages(fixture).FindAsync("", 42, PageRequest.First, default)).Value.Total);
        Assert.Equal(0, (await Packages(fixture).FindAsync("", 43, PageRequest.First, default)).Value.Total);

        Assert.Null((await Packages(fixture).UnlinkRepositoryAsync(fixture.Author, "scope", "pkg", default)).Value.Repository);
        Assert.False((await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).TryGetProperty("githubRepository", out _));
        Assert.False((await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).TryGetProperty("repository", out _));
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'update_package_github_repository'"));
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'delete_package_github_repository'"));
    }

    [Theory]
    [InlineData("githubRepositoryNotFound", 404)]
    [InlineData("githubRepositoryNotPublic", 400)]
    [InlineData("githubRepositoryNotAuthorized", 400)]
    [InlineData("githubSamlEnforcement", 400)]
    public async Task What_GitHub_refuses_is_refused(string code, int status)
    {
        await using var fixture = await StartAsync(Linking((_, _) => new ApiError(code, "No.")));
        var refused = (await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "pkg", "potter", "clay", default)).Error!;
        Assert.Equal((code, status), (refused.Code, refused.Status));
        Assert.Equal(0, await fixture.Registry.CountAsync("github_repositories"));
    }

    [Fact]
    public async Task A_renamed_repository_is_the_same_repository()
    {
        var name = "clay";
        await using var fixture = await StartAsync(Linking((_, _) => Clay with { Name = name }));
        await fixture.Registry.WithPackageAsync("scope", "other");
        await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "pkg", "potter", name, default);
        name = "fired-clay";
        await Packages(fixture).LinkRepositoryAsync(fixture.Author, "scope", "other", "potter", name, default);
        Assert.Equal("fired-clay", (await Packages(fixture).GetAsync("scope", "pkg", default)).Value.Repository!.Name);
        Assert.Equal(1, await fixture.Registry.CountAsync("github_repositories"));
    }

    [Fact]
    public async Task Runtimes_replace_each_other_and_unknown_ones_are_refused()
    {
        await using var fixture = await StartAsync();
        await Packages(fixture).SetRuntimeCompatAsync(fixture.Author, "scope", "pkg", new Dictionary<string, bool?> { ["deno"] = true, ["node"] = false }, default);
        var changed = (await Packages(fixture).SetRuntimeCompatAsync(fixture.Author, "scope", "pkg", new Dictionary<string, bool?> { ["bun"] = true, ["node"] = null }, default)).Value;
        Assert.Equal(["bun"], changed.CompatibleRuntimes);
        Assert.Empty(changed.IncompatibleRuntimes);
        foreach (var key in new[] { "windows", "Deno", "" })
        {
            Assert.Equal("malformedRequest", (await Packages(fixture).SetRuntimeCompatAsync(fixture.Author, "scope", "pkg", new Dictionary<string, bool?> { [key] = true }, default)).Error?.Code);
        }
    }

    [Fact]
    public async Task The_source_of_the_overview_renders_every_version_again_the_one_that_is_shown_first()
    {
        await using var docs = await DocumentationFixture.StartAsync();
        await docs.PublishAsync("one", "1.0.0");
        await docs.PublishAsync("two", "2.0.0");
        await docs.PublishAsync("three", "3.0.0-rc.1");
        await docs.DrainAsync();
        var preferred = new List<(string Version, bool Readme)>();
        docs.Documentation.Before = request =>
        {
            preferred.Add((request.Version, request.PrefersReadme));
            return Task.CompletedTask;
        };

        var packages = docs.Registry.Get<PackageService>();
        Assert.Equal("readme", (await packages.SetReadmeSourceAsync(docs.Publishing.Author, "scope", "pkg", "readme", default)).Value.ReadmeSource);
        await docs.DrainAsync();
        Assert.Equal(("2.0.0", true), preferred[0]);
        Assert.Equal([("1.0.0", true), ("3.0.0-rc.1", true)], preferred[1..].OrderBy(p => p.Version, StringComparer.Ordinal));

        // The same value again changes nothing; another one does.
        preferred.Clear();
        Assert.Null((await packages.SetReadmeSourceAsync(docs.Publishing.Author, "scope", "pkg", "readme", default)).Error);
        await docs.DrainAsync();
        Assert.Empty(preferred);
        Assert.Equal("jsdoc", (await packages.SetReadmeSourceAsync(docs.Publishing.Author, "scope", "pkg", "jsdoc", default)).Value.ReadmeSource);
        await docs.DrainAsync();
        Assert.Equal(3, preferred.Count);
        Assert.All(preferred, p => Assert.False(p.Readme));
        Assert.Equal("malformedRequest", (await packages.SetReadmeSourceAsync(docs.Publishing.Author, "scope", "pkg", "README", default)).Error?.Code);
    }

    [Fact]
    public async Task Staff_feature_packages_and_nobody_else()
    {
        await using var fixture = await StartAsync();
        var member = await fixture.Registry.SignInAsync("member");
        Assert.Equal("actorNotAuthorized", (await Packages(fixture).SetFeaturedAsync(member, "scope", "pkg", true, default)).Error?.Code);
        Assert.Equal(fixture.Registry.Clock.GetUtcNow(), (await Packages(fixture).SetFeaturedAsync(fixture.Author, "scope", "pkg", true, default)).Value.WhenFeatured);
        Assert.Null((await Packages(fixture).SetFeaturedAsync(fixture.Author, "scope", "pkg", false, default)).Value.WhenFeatured);
    }

    [Fact]
    public async Task An_archived_package_accepts_nothing_but_to_be_unarchived_and_yanks()
    {
        await using var fixture = await StartAsync();
        var packages = Packages(fixture);
        await packages.SetArchivedAsync(fixture.Author, "scope", "pkg", true, default);
        Assert.Equal("packageArchived", (await packages.SetDescriptionAsync(fixture.Author, "scope", "pkg", "x", default)).Error?.Code);
        Assert.Equal("packageArchived", (await packages.SetReadmeSourceAsync(fixture.Author, "scope", "pkg", "readme", default)).Error?.Code);
        Assert.Equal("packageArchived", (await packages.SetFeaturedAsync(fixture.Author, "scope", "pkg", true, default)).Error?.Code);
        Assert.Equal("packageArchived", (await packages.UnlinkRepositoryAsync(fixture.Author, "scope", "pkg", default)).Error?.Code);
        Assert.Equal("packageArchived", (await packages.LinkRepositoryAsync(fixture.Author, "scope", "pkg", "a", "b", default)).Error?.Code);
        Assert.Null((await packages.SetYankedAsync(fixture.Author, "scope", "pkg", "1.0.0", true, default)).Error);
        Assert.False((await packages.SetArchivedAsync(fixture.Author, "scope", "pkg", false, default)).Value.IsArchived);
    }

    [Fact]
    public async Task Every_reply_counts_the_versions_of_its_own_package()
    {
        await using var fixture = await StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "other");
        foreach (var version in new[] { "1.0.0", "3.0.0", "4.0.0" })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|other"), version, "other");
        }

        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"), "2.0.0-rc.1");
        var (packages, who) = (Packages(fixture), fixture.Author);
        foreach (var reply in new[]
        {
            await packages.GetAsync("scope", "pkg", default),
            await packages.SetDescriptionAsync(who, "scope", "pkg", "x", default),
            await packages.SetRuntimeCompatAsync(who, "scope", "pkg", new Dictionary<string, bool?>(), default),
            await packages.SetReadmeSourceAsync(who, "scope", "pkg", "readme", default),
            await packages.SetFeaturedAsync(who, "scope", "pkg", true, default),
            await packages.UnlinkRepositoryAsync(who, "scope", "pkg", default),
            await packages.SetArchivedAsync(who, "scope", "pkg", true, default),
        })
        {
            Assert.Equal((2, "1.0.0"), (reply.Value.VersionCount, reply.Value.LatestVersion));
        }
    }

    private static async Task<PublishingFixture> StartAsync(Action<IServiceCollection>? replace = null)
    {
        var fixture = await PublishingFixture.StartAsync(replace: replace);
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|export {}"));
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        return fixture;
    }

    private static Action<IServiceCollection> Linking(Func<string, string, Result<VerifiedRepository>> answer) =>
        services => services.AddSingleton<VerifyRepository>((_, owner, name, _) => Task.FromResult(answer(owner, name)));

    private static PackageService Packages(PublishingFixture fixture) => fixture.Registry.Get<PackageService>();
}
