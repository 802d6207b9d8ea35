using Kiln.Packages;
using Kiln.Packages.Publishing;
using Kiln.Registry.Catalog;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Integrity;

/// <summary>A registry whose database is older than its store, or lost (security.md C9, ADR 17).</summary>
public sealed class AdoptTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // its upload is lost too: the version is whole, but nobody knows what it was built from
    public async Task A_version_that_only_the_store_knows_becomes_a_version_again(bool withUpload)
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        await fixture.Registry.Get<PackageService>().SetYankedAsync(fixture.Author, "scope", "pkg", "1.1.0", true, default);
        var rows = await RowsAsync(fixture, "1.1.0");
        var publicBytes = await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm);
        var upload = await fixture.UploadAsync("1.1.0");
        await ForgetAsync(fixture, "1.1.0");
        if (!withUpload)
        {
            fixture.Remove(upload);
        }

        Assert.Contains("versionUnknown", await fixture.CodesAsync());
        var report = await fixture.CheckAsync(o => o with { Adopt = true });
        Assert.True(report.Passed, string.Join('\n', report.Findings.Select(f => $"{f.Kind.Code} {f.Subject} {f.Outcome} {f.Reason}")));
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Empty((await fixture.CheckAsync()).Findings);

        // The same rows, the same bytes, and nothing can be given to the number but what it has.
        Assert.Equal(rows, await RowsAsync(fixture, "1.1.0"));
        Assert.Equal(publicBytes, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm));
        Assert.Equal("duplicateVersionPublish", (await fixture.SubmitAsync("1.1.0", "other content")).Error?.Code);
        Assert.Equal(withUpload ? null : "duplicateVersionPublish", (await fixture.SubmitAsync("1.1.0")).Error?.Code);
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'adopt_version'"));

        // Again: nothing to do.
        Assert.Empty((await fixture.CheckAsync(o => o with { Adopt = true, Repair = true })).Findings);
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'adopt_version'"));
    }

    [Fact]
    public async Task A_version_that_is_not_whole_keeps_at_least_its_number()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        var upload = await fixture.UploadAsync("1.1.0");
        await ForgetAsync(fixture, "1.1.0");
        fixture.Remove(upload);
        var lost = fixture.BytesOf(ObjectKeys.Module("scope", "pkg", "1.1.0", "/other.ts"));
        fixture.Remove(ObjectKeys.Module("scope", "pkg", "1.1.0", "/other.ts"));

        await fixture.CheckAsync(o => o with { Adopt = true });
        await fixture.CheckAsync(o => o with { Adopt = true, Repair = true });
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["versionUnfinished"], await fixture.CodesAsync());
        Assert.True((await fixture.CheckAsync()).Passed);
        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("1.1.0", "other content")).Error?.Code);
        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("1.1.0")).Error?.Code);
        Assert.Equal(1, await fixture.Registry.CountAsync("package_versions"));
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'block_version'")); // once, however often it is tried
        var left = (await fixture.CheckAsync(o => o with { Adopt = true })).Findings.Single();
        Assert.Equal(("versionUnfinished", FindingOutcome.Failed), (left.Kind.Code, left.Outcome));
        Assert.Equal("only its number is bound: /other.ts is missing or cannot be read", left.Reason);

        // Somebody finds the file after all.
        File.WriteAllBytes(fixture.Store.PathOf(ObjectKeys.Module("scope", "pkg", "1.1.0", "/other.ts")), lost);
        Assert.True((await fixture.CheckAsync(o => o with { Adopt = true })).Passed);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Empty((await fixture.CheckAsync()).Findings);
        Assert.Equal(2, await fixture.Registry.CountAsync("package_versions"));
    }

    [Fact]
    public async Task A_whole_version_that_this_program_does_not_build_stays_an_error_and_is_not_lost_from_the_documents()
    {
        var refuses = false;
        Task<PublishResult> BuildAsync(Stream tarball, PublishRequest request, CancellationToken cancellation) => refuses
            ? Task.FromResult(PublishResult.Failure(new PublishError(PublishErrorCodes.InvalidTarball, "this program is stricter")))
            : PackageBuilder.BuildAsync(tarball, request, cancellation);
        await using var fixture = await IntegrityFixture.StartAsync(services => services.AddSingleton<BuildPackage>(BuildAsync), "1.0.0", "1.1.0");
        var documents = await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm);
        fixture.Remove(await fixture.UploadAsync("1.1.0"));
        await ForgetAsync(fixture, "1.1.0");

        refuses = true;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var report = await fixture.CheckAsync(o => o with { Adopt = true, Repair = true });
            Assert.False(report.Passed);
            var unknown = report.Findings.Single(f => f.Kind == FindingKinds.VersionUnknown);
            Assert.Equal(FindingOutcome.Failed, unknown.Outcome);
            Assert.Equal("only its number is bound: building it again failed: this program is stricter", unknown.Reason);
            Assert.Equal(documents, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm));
        }

        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("1.1.0", "other content")).Error?.Code);
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'block_version'"));

        // A program that does build it.
        refuses = false;
        Assert.True((await fixture.CheckAsync(o => o with { Adopt = true, Repair = true })).Passed);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Empty((await fixture.CheckAsync()).Findings);
        Assert.Equal(documents, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm));
    }

    [Fact]
    public async Task A_repair_leaves_an_upload_that_a_later_adoption_is_made_from()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        var upload = await fixture.UploadAsync("1.1.0");
        var rows = await RowsAsync(fixture, "1.1.0");
        await ForgetAsync(fixture, "1.1.0");
        File.SetLastWriteTimeUtc(fixture.Store.PathOf(upload), fixture.Registry.Clock.GetUtcNow().UtcDateTime.AddHours(-2));

        var repaired = await fixture.CheckAsync(o => o with { Repair = true });
        Assert.Equal("@scope/pkg@1.1.0 may come from it, and is to be adopted first", repaired.Findings.Single(f => f.Kind == FindingKinds.UploadOrphan).Reason);
        Assert.True((await fixture.CheckAsync(o => o with { Adopt = true })).Passed);
        Assert.Equal(rows, await RowsAsync(fixture, "1.1.0"));
        Assert.Null((await fixture.SubmitAsync("1.1.0")).Error); // the same upload, known again
    }

    [Fact]
    public async Task Files_of_a_version_that_never_was_bind_its_number()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        fixture.Write(ObjectKeys.Module("scope", "pkg", "3.0.0", "/mod.ts"), "left by a lost publish");
        await fixture.CheckAsync(o => o with { Adopt = true });
        Assert.Equal(["versionUnfinished"], await fixture.CodesAsync());
        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("3.0.0")).Error?.Code);
    }

    [Theory]
    [InlineData(null, "author")] // the first member of staff
    [InlineData("author", "author")]
    public async Task A_lost_database_is_made_again_from_the_store(string? owner, string expected)
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        var rows = await RowsAsync(fixture, "1.0.0") + await RowsAsync(fixture, "1.1.0");
        var publicBytes = await fixture.SnapshotAsync(Bucket.Modules);
        await ForgetEverythingAsync(fixture);

        var report = await fixture.CheckAsync(o => o with { Adopt = true, Repair = true, Owner = owner });
        Assert.True(report.Passed, string.Join('\n', report.Findings.Select(f => $"{f.Kind.Code} {f.Subject} {f.Outcome} {f.Reason}")));
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Empty((await fixture.CheckAsync()).Findings);
        Assert.Equal(rows, await RowsAsync(fixture, "1.0.0") + await RowsAsync(fixture, "1.1.0"));
        Assert.Equal(publicBytes, await fixture.SnapshotAsync(Bucket.Modules));
        Assert.Equal(expected, await fixture.FindAsync("SELECT u.login FROM scopes s JOIN users u ON u.id = s.creator WHERE s.scope = 'scope'"));
        Assert.Equal("duplicateVersionPublish", (await fixture.SubmitAsync("1.0.0", "other content")).Error?.Code);
    }

    [Fact]
    public async Task An_owner_who_does_not_exist_is_said_and_nothing_is_adopted()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        await ForgetEverythingAsync(fixture);
        var report = await fixture.CheckAsync(o => o with { Adopt = true, Owner = "nobody" });
        Assert.Equal("there is no user 'nobody'", report.Findings.Single(f => f.Kind.Code == "versionUnknown").Reason);
        Assert.Equal(0, await fixture.Registry.CountAsync("scopes"));
    }

    private static async Task ForgetAsync(IntegrityFixture fixture, string version)
    {
        foreach (var table in new[] { "package_versions", "publishing_tasks", "version_claims" })
        {
            await fixture.ExecuteAsync($"DELETE FROM {table} WHERE version = '{version}'");
        }
    }

    private static async Task ForgetEverythingAsync(IntegrityFixture fixture)
    {
        foreach (var table in new[] { "package_versions", "publishing_tasks", "version_claims", "symbols", "symbol_batches", "packages", "scope_members", "scopes" })
        {
            await fixture.ExecuteAsync($"DELETE FROM {table}");
        }
    }

    /// <summary>Everything that clients and people can see of a version's rows.</summary>
    private static async Task<string> RowsAsync(IntegrityFixture fixture, string version)
    {
        async Task<string> ListAsync(string sql) => string.Join('\n', await fixture.Registry.Database.ReadAsync(s => s.ListAsync<string>(sql), default));
        return await ListAsync($"SELECT version || sort_key || exports || is_yanked || COALESCE(readme_path, '') || uses_npm || license || slow_types || meta_sha256 || (created_at / 1000) FROM package_versions WHERE version = '{version}'")
            + await ListAsync($"SELECT path || size || checksum FROM package_files WHERE version = '{version}' ORDER BY path")
            + await ListAsync($"SELECT dependency_kind || dependency_name || dependency_constraint || dependency_path FROM package_version_dependencies WHERE package_version = '{version}' ORDER BY 1")
            + await ListAsync($"SELECT sha1 || sha512 || size || dependencies || manifest FROM npm_tarballs WHERE version = '{version}'");
    }
}
