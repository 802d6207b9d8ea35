using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Catalog;

/// <summary>security.md C7: what is deleted is gone, and nothing else ever takes its place.</summary>
public sealed class DeletionTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|export const one = 1;", "/deep/er/file.txt|x");
    private static readonly byte[] Two = FakeBuilder.Tarball("/mod.ts|export const two = 2;");

    [Fact]
    public async Task A_deleted_version_leaves_nothing_to_read_and_its_number_is_never_given_out_again()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(One, "1.0.0");
        await fixture.PublishAsync(Two, "1.1.0");
        await JobsAsync(fixture);
        var others = (await fixture.SnapshotAsync()).Where(o => o.Key.Contains("1.1.0", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, others.Count); // manifest, module, tarball

        Assert.Null((await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default)).Error);
        Assert.Equal("packageVersionNotFound", (await Packages(fixture).GetVersionAsync("scope", "pkg", "1.0.0", default)).Error?.Code);
        await JobsAsync(fixture);

        foreach (var bucket in new[] { Bucket.Modules, Bucket.Npm, Bucket.Docs })
        {
            Assert.DoesNotContain(await fixture.ListAsync(bucket), path => path.Contains("1.0.0", StringComparison.Ordinal));
        }

        Assert.Single(await fixture.ListAsync(Bucket.Staging)); // the upload of the other one
        Assert.Equal(others, (await fixture.SnapshotAsync()).Where(o => o.Key.Contains("1.1.0", StringComparison.Ordinal)));
        var meta = await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"));
        Assert.Equal(["1.1.0"], meta.GetProperty("versions").EnumerateObject().Select(v => v.Name));
        Assert.Equal(["1.1.0"], (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("versions").EnumerateObject().Select(v => v.Name));
        foreach (var table in new[] { "package_files", "package_version_dependencies", "npm_tarballs", "version_docs", "symbols" })
        {
            Assert.Equal(0, await fixture.Registry.CountAsync(table, "version = '1.0.0'".Replace("version", table == "package_version_dependencies" ? "package_version" : "version", StringComparison.Ordinal)));
        }

        Assert.Equal(1, await fixture.Registry.CountAsync("version_claims", "version = '1.0.0' AND state = 'locked'"));
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'delete_package_version'"));

        // Neither other bytes nor the same ones.
        foreach (var body in new[] { Two, One })
        {
            var refused = (await fixture.SubmitAsync(body, "1.0.0")).Error!;
            Assert.Equal(("versionContentLocked", 409), (refused.Code, refused.Status));
        }

        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One, "1.2.0")).Status);
    }

    [Fact]
    public async Task The_last_version_takes_the_documents_with_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(One);
        await JobsAsync(fixture);
        await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default);
        await JobsAsync(fixture);
        foreach (var bucket in Enum.GetValues<Bucket>())
        {
            Assert.Empty(await fixture.ListAsync(bucket));
        }

        var package = (await Packages(fixture).GetAsync("scope", "pkg", default)).Value;
        Assert.Equal((0, null), (package.VersionCount, package.LatestVersion));

        // The package lives on.
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(Two, "1.0.1")).Status);
        Assert.Equal("1.0.1", (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("latest").GetString());
    }

    [Fact]
    public async Task A_removal_that_fails_anywhere_is_finished_by_the_next_attempt()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        await fixture.PublishAsync(One, "1.0.0");
        await fixture.PublishAsync(Two, "2.0.0");
        await JobsAsync(fixture);
        await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default);

        // Each attempt comes one call further than the last one, until one needs no call that fails.
        for (var attempt = 1; await fixture.Registry.CountAsync("jobs", "kind = 'removal'") > 0; attempt++)
        {
            Assert.True(attempt < 60);
            store.FailAt = store.Calls + attempt;
            await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE jobs SET attempt = 0 WHERE status = 'waiting'"), default);
            await JobsAsync(fixture);
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        store.FailAt = 0;
        Assert.DoesNotContain(await fixture.ListAsync(Bucket.Modules), path => path.Contains("1.0.0", StringComparison.Ordinal));
        Assert.DoesNotContain(await fixture.ListAsync(Bucket.Npm), path => path.Contains("1.0.0", StringComparison.Ordinal));
        Assert.Equal("2.0.0", (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("latest").GetString());
    }

    [Fact]
    public async Task Versions_are_deleted_by_staff_and_only_while_nobody_needs_the_package()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "needs-it", "by-npm");
        await fixture.PublishAsync(One);
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", "dep|jsr:@scope/pkg@^1.0.0"), "1.0.0", "needs-it");
        var member = await fixture.Registry.SignInAsync("member");
        await fixture.Registry.Get<InviteService>().InviteAsync(fixture.Author, "scope", member.User!.Id, default);
        await fixture.Registry.Get<InviteService>().AcceptAsync(member, "scope", default);
        Assert.Null((await fixture.Registry.Get<ScopeService>().SetRoleAsync(fixture.Author, "scope", member.User.Id, isAdmin: true, default)).Error);
        Assert.Equal("actorNotAuthorized", (await Packages(fixture).DeleteVersionAsync(member, "scope", "pkg", "1.0.0", default)).Error?.Code);
        Assert.Equal("missingAuthentication", (await Packages(fixture).DeleteVersionAsync(Principal.Anonymous, "scope", "pkg", "1.0.0", default)).Error?.Code);

        var refused = (await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default)).Error!;
        Assert.Equal(("deleteVersionHasDependents", 400), (refused.Code, refused.Status));
        Assert.Equal(0, await fixture.Registry.CountAsync("tombstones"));

        // A version that needs its own package is no reason.
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|y", "dep|jsr:@scope/needs-it@1"), "2.0.0", "needs-it");
        Assert.Null((await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "needs-it", "2.0.0", default)).Error);

        // registry.md §2.3: also for what does not exist.
        Assert.Null((await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "9.9.9", default)).Error);
        Assert.Equal(0, await fixture.Registry.CountAsync("tombstones", "version = '9.9.9'"));
    }

    [Fact]
    public async Task A_package_that_has_something_is_not_deleted()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.SubmitAsync(One);
        Assert.Equal("packageNotEmpty", (await DeleteAsync(fixture)).Error?.Code); // a publish that waits
        await fixture.DrainAsync();
        Assert.Equal("packageNotEmpty", (await DeleteAsync(fixture)).Error?.Code); // a version
        await JobsAsync(fixture);
        await Packages(fixture).DeleteVersionAsync(fixture.Author, "scope", "pkg", "1.0.0", default);
        Assert.Equal("packageNotEmpty", (await DeleteAsync(fixture)).Error?.Code); // a publish that succeeded, for ever
        Assert.Equal("packageNotFound", (await Packages(fixture).DeleteAsync(fixture.Author, "scope", "none", default)).Error?.Code);
        var stranger = await fixture.Registry.SignInAsync("stranger");
        Assert.Equal("actorNotScopeMember", (await Packages(fixture).DeleteAsync(stranger, "scope", "pkg", default)).Error?.Code);
    }

    [Fact]
    public async Task An_empty_package_goes_and_may_come_back()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        Assert.Equal(PublishingStatus.Failure, (await fixture.PublishAsync(FakeBuilder.Tarball("!graphError|broken"))).Status);
        Assert.Null((await DeleteAsync(fixture)).Error);
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'delete_package'"));
        Assert.Equal("packageNotFound", (await Packages(fixture).GetAsync("scope", "pkg", default)).Error?.Code);
        Assert.Null((await Packages(fixture).CreateAsync(fixture.Author, "scope", "pkg", default)).Error);
        await JobsAsync(fixture);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status); // the removal that came late took nothing
        Assert.NotNull(await fixture.ReadAsync(ObjectKeys.PackageMeta("scope", "pkg")));
    }

    [Fact]
    public async Task The_name_of_a_package_whose_bytes_were_public_is_blocked_for_ever()
    {
        var store = new FailingStore { FailWhen = key => key.Path.EndsWith(".tgz", StringComparison.Ordinal) };
        await using var fixture = await PublishingFixture.StartAsync(o => o with { MaxAttempts = 1 }, store.Wrap);
        var task = (await fixture.SubmitAsync(One)).Value;
        await fixture.DrainAsync();
        fixture.Registry.Clock.Advance(TimeSpan.FromHours(1));
        await fixture.DrainAsync();
        Assert.Equal(PublishingStatus.Failure, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
        Assert.NotEmpty(await fixture.ListAsync(Bucket.Modules));

        Assert.Null((await DeleteAsync(fixture)).Error);
        await JobsAsync(fixture);
        Assert.Empty(await fixture.ListAsync(Bucket.Modules));
        foreach (var name in new[] { "pkg", "p-kg" })
        {
            Assert.Equal("packageNameNotAllowed", (await Packages(fixture).CreateAsync(fixture.Author, "scope", name, default)).Error?.Code);
        }
    }

    private static Task<Result<Done>> DeleteAsync(PublishingFixture fixture) => Packages(fixture).DeleteAsync(fixture.Author, "scope", "pkg", default);

    private static Task JobsAsync(PublishingFixture fixture) => fixture.Registry.Get<JobWorker>().DrainAsync(default);

    private static PackageService Packages(PublishingFixture fixture) => fixture.Registry.Get<PackageService>();
}
