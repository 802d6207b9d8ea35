using Kiln.Registry.Catalog;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

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
        fixture.Remove(ObjectKeys.Module("scope", "pkg", "1.1.0", "/other.ts"));

        await fixture.CheckAsync(o => o with { Adopt = true });
        await fixture.CheckAsync(o => o with { Adopt = true, Repair = true });
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["versionUnfinished"], await fixture.CodesAsync());
        Assert.True((await fixture.CheckAsync()).Passed);
        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("1.1.0", "other content")).Error?.Code);
        Assert.Equal("versionContentLocked", (await fixture.SubmitAsync("1.1.0")).Error?.Code);
        Assert.Equal(1, await fixture.Registry.CountAsync("package_versions"));
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
