using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiln.Registry.Catalog;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

public sealed class PublishPipelineTests : IAsyncLifetime
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one", "/deno.json|{}", "/dir/data.json|[]");
    private static readonly byte[] Two = FakeBuilder.Tarball("/mod.ts|two", "/deno.json|{}");

    private PublishingFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await PublishingFixture.StartAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_publish_shows_in_the_reply_the_rows_and_the_files()
    {
        var before = fixture.Registry.Clock.GetUtcNow();
        var task = await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", "/dir/data.json|[]", "dep|npm:chalk@^5"));
        Assert.Equal(PublishingStatus.Success, task.Status);
        Assert.Null(task.Error);

        Assert.Equal(
            ["@scope/pkg/1.0.0/dir/data.json", "@scope/pkg/1.0.0/mod.ts", "@scope/pkg/1.0.0_meta.json", "@scope/pkg/meta.json"],
            await fixture.ListAsync(Bucket.Modules));
        Assert.Equal("one", Encoding.UTF8.GetString((await fixture.ReadAsync(ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts")))!));

        var meta = await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"));
        Assert.Equal("1.0.0", meta.GetProperty("latest").GetString());
        Assert.Equal(before, meta.GetProperty("versions").GetProperty("1.0.0").GetProperty("createdAt").GetDateTimeOffset());

        var tarball = (await fixture.ReadAsync(ObjectKeys.NpmTarball("scope", "pkg", "1.0.0")))!;
        var packument = await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"));
        var dist = packument.GetProperty("versions").GetProperty("1.0.0").GetProperty("dist");
        Assert.Equal("sha512-" + Convert.ToBase64String(SHA512.HashData(tarball)), dist.GetProperty("integrity").GetString());
        Assert.Equal("http://registry.test/npm/@jsr/scope__pkg/-/scope__pkg-1.0.0.tgz", dist.GetProperty("tarball").GetString());
        Assert.Equal("^5", packument.GetProperty("versions").GetProperty("1.0.0").GetProperty("dependencies").GetProperty("chalk").GetString());
        Assert.Equal("1.0.0", (await fixture.ReadJsonAsync(ObjectKeys.LatestManifest("scope", "pkg"))).GetProperty("version").GetString());
        Assert.Equal("1.0.0", (await fixture.ReadJsonAsync(ObjectKeys.InstallPackument("scope", "pkg"))).GetProperty("dist-tags").GetProperty("latest").GetString());

        var row = (await fixture.Registry.Get<PackageService>().GetVersionAsync("scope", "pkg", "latest", default)).Value;
        Assert.Equal(("1.0.0", "MIT", true, 0), (row.Version, row.License, row.UsesNpm, row.NewerVersionsCount));
        Assert.Equal(2, await fixture.Registry.CountAsync("package_files", $"checksum = 'sha256-{Convert.ToHexStringLower(SHA256.HashData("one"u8))}' OR path = '/dir/data.json'"));
        Assert.Equal(new Dependency("npm", "chalk", "^5", ""), Assert.Single((await fixture.Registry.Get<PackageService>().ListDependenciesAsync("scope", "pkg", "1.0.0", default)).Value));
        Assert.Equal(1, await fixture.Registry.CountAsync("version_claims", "state = 'locked'"));
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'publish_version'"));
        Assert.Equal(0, await fixture.Registry.CountAsync("packages", "shown_gen < meta_gen"));
    }

    [Fact]
    public async Task A_version_keeps_what_its_npm_package_says_and_what_its_types_lack()
    {
        const string Manifest = """{"description":"Fires bricks","license":"MIT","bin":{"kiln":"cli.js"},"dependencies":{},"peerDependencies":{"react":"^19"},"peerDependenciesMeta":{"react":{"optional":true}}}""";
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", "npm|" + Manifest, "slow|/mod.ts", "slow|/b.ts", "dep|npm:chalk@^5"));

        foreach (var key in new[] { ObjectKeys.Packument("scope", "pkg"), ObjectKeys.InstallPackument("scope", "pkg") })
        {
            var version = (await fixture.ReadJsonAsync(key)).GetProperty("versions").GetProperty("1.0.0");
            Assert.Equal("cli.js", version.GetProperty("bin").GetProperty("kiln").GetString());
            Assert.Equal("^19", version.GetProperty("peerDependencies").GetProperty("react").GetString());
            Assert.True(version.GetProperty("peerDependenciesMeta").GetProperty("react").GetProperty("optional").GetBoolean());
            Assert.Equal("^5", version.GetProperty("dependencies").GetProperty("chalk").GetString());
        }

        Assert.Equal("Fires bricks", (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("description").GetString());
        var types = (await fixture.Registry.Get<PackageService>().GetVersionAsync("scope", "pkg", "1.0.0", default)).Value.SlowTypes!;
        Assert.Equal((2, "/mod.ts", 1, 14), (types.Count, types.First[0].Path, types.First[0].Line, types.First[0].Column));

        await fixture.PublishAsync(One, version: "1.0.1");
        Assert.Equal(0, (await fixture.Registry.Get<PackageService>().GetVersionAsync("scope", "pkg", "1.0.1", default)).Value.SlowTypes!.Count);
    }

    [Fact]
    public async Task A_version_from_before_these_columns_still_has_its_dependencies()
    {
        await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", "dep|npm:chalk@^5"));
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE npm_tarballs SET manifest = NULL"), default);
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE package_versions SET slow_types = NULL"), default);

        await fixture.Registry.Get<PackageMetadataWriter>().WriteAsync("scope", "pkg", default);

        var version = (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("versions").GetProperty("1.0.0");
        Assert.Equal("""{"chalk":"^5"}""", version.GetProperty("dependencies").GetRawText());
        Assert.False(version.TryGetProperty("bin", out _));
        Assert.Null((await fixture.Registry.Get<PackageService>().GetVersionAsync("scope", "pkg", "1.0.0", default)).Value.SlowTypes);
    }

    [Fact]
    public async Task Compressed_documents_are_the_same_documents()
    {
        await fixture.PublishAsync(One);
        foreach (var key in new[] { ObjectKeys.Packument("scope", "pkg"), ObjectKeys.InstallPackument("scope", "pkg") })
        {
            await using var gzip = new GZipStream(new MemoryStream((await fixture.ReadAsync(ObjectKeys.Gzip(key)))!), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await gzip.CopyToAsync(plain);
            Assert.Equal(await fixture.ReadAsync(key), plain.ToArray());
        }
    }

    [Fact]
    public async Task A_refused_package_leaves_its_reason_and_nothing_else_and_may_come_back_changed()
    {
        var task = await fixture.PublishAsync(FakeBuilder.Tarball("!graphError|Module not found"));
        Assert.Equal((PublishingStatus.Failure, new PublishingTaskError("graphError", "Module not found")), (task.Status, task.Error));
        await fixture.AssertNoObjectAsync();
        Assert.Equal(0, await fixture.Registry.CountAsync("version_claims"));
        Assert.Equal(0, await fixture.Registry.CountAsync("package_versions"));
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status);
    }

    [Fact]
    public async Task Versions_are_ordered_by_semver_everywhere()
    {
        foreach (var version in new[] { "1.10.0", "1.9.0", "2.0.0-rc.1", "1.10.0-beta.2" })
        {
            Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One, version)).Status);
        }

        var packages = fixture.Registry.Get<PackageService>();
        Assert.Equal(["2.0.0-rc.1", "1.10.0", "1.10.0-beta.2", "1.9.0"], (await packages.ListVersionsAsync("scope", "pkg", PageRequest.First, default)).Value.Items.Select(v => v.Version));
        var package = (await packages.GetAsync("scope", "pkg", default)).Value;
        Assert.Equal((4, "1.10.0"), (package.VersionCount, package.LatestVersion));
        Assert.Equal("1.10.0", (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("latest").GetString());
        Assert.Equal("1.10.0", (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("dist-tags").GetProperty("latest").GetString());
        Assert.Equal(1, (await packages.GetVersionAsync("scope", "pkg", "1.9.0", default)).Value.NewerVersionsCount);
    }

    [Fact]
    public async Task Yanking_hides_and_unyanking_shows_without_touching_a_file()
    {
        await fixture.PublishAsync(One);
        await fixture.PublishAsync(Two, "1.1.0");
        var packages = fixture.Registry.Get<PackageService>();
        Assert.Null((await packages.SetYankedAsync(fixture.Author, "scope", "pkg", "1.1.0", true, default)).Error);
        var meta = await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"));
        Assert.Equal("1.0.0", meta.GetProperty("latest").GetString());
        Assert.True(meta.GetProperty("versions").GetProperty("1.1.0").GetProperty("yanked").GetBoolean());
        Assert.False((await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("versions").TryGetProperty("1.1.0", out _));
        Assert.NotNull(await fixture.ReadAsync(ObjectKeys.Module("scope", "pkg", "1.1.0", "/mod.ts")));
        await packages.SetYankedAsync(fixture.Author, "scope", "pkg", "1.1.0", false, default);
        Assert.Equal("1.1.0", (await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"))).GetProperty("latest").GetString());
        Assert.Equal("packageVersionNotFound", (await packages.SetYankedAsync(fixture.Author, "scope", "pkg", "9.0.0", true, default)).Error?.Code);
    }

    [Fact]
    public async Task Twenty_versions_finishing_together_are_all_in_the_metadata()
    {
        var bodies = Enumerable.Range(0, 20).ToDictionary(i => $"1.0.{i}", i => FakeBuilder.Tarball($"/mod.ts|{i}"));
        foreach (var (version, body) in bodies)
        {
            Assert.Null((await fixture.SubmitAsync(body, version)).Error);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(fixture.DrainAsync)));
        var meta = await fixture.ReadJsonAsync(ObjectKeys.PackageMeta("scope", "pkg"));
        Assert.Equal(bodies.Keys.Order(StringComparer.Ordinal), meta.GetProperty("versions").EnumerateObject().Select(v => v.Name).Order(StringComparer.Ordinal));
        Assert.Equal(20, (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("versions").EnumerateObject().Count());
        Assert.Equal(20, await fixture.Registry.CountAsync("publishing_tasks", "status = 'success'"));
    }

    [Fact]
    public async Task The_description_reaches_the_packument()
    {
        await fixture.PublishAsync(One);
        await fixture.Registry.Get<PackageService>().SetDescriptionAsync(fixture.Author, "scope", "pkg", "Prints\na flag", default);
        Assert.Equal("Prints a flag", (await fixture.ReadJsonAsync(ObjectKeys.Packument("scope", "pkg"))).GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("jsr:@scope/none@^1", "unresolvableJsrDependency")]
    [InlineData("jsr:@scope/dep@^2", "unresolvableJsrDependency")]
    [InlineData("jsr:@scope/dep@^1/nothing", "invalidJsrDependencySubPath")]
    [InlineData("jsr:@scope/dep@^1", null)]
    [InlineData("npm:chalk@5", null)]
    public async Task Jsr_dependencies_must_exist_here(string specifier, string? code)
    {
        await fixture.Registry.Get<PackageService>().CreateAsync(fixture.Author, "scope", "dep", default);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One, "1.2.0", "dep")).Status);
        Assert.Equal(code, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x", "dep|" + specifier))).Error?.Code);
    }

    [Fact]
    public async Task A_failing_attempt_is_repeated_later_and_later_and_given_up_at_last()
    {
        fixture.Builder.Before = () => throw new IOException("disk");
        var task = (await fixture.SubmitAsync(One)).Value;
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await fixture.DrainAsync();
            Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", $"attempt = {attempt} AND status = 'pending' AND lease IS NULL"));
            fixture.Registry.Clock.Advance(TimeSpan.FromSeconds(1.25 * Math.Pow(2, attempt - 1)));
        }

        await fixture.DrainAsync();
        var failed = (await fixture.Service.GetTaskAsync(task.Id, default)).Value;
        Assert.Equal((PublishingStatus.Failure, "internalError"), (failed.Status, failed.Error!.Code));
        await fixture.AssertNoObjectAsync();

        fixture.Builder.Before = () => Task.CompletedTask;
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(Two)).Status); // Nothing had become public: the number is free.
    }

    [Fact]
    public async Task A_failure_that_passes_does_not_show()
    {
        var failures = 2;
        fixture.Builder.Before = () => failures-- > 0 ? throw new IOException("disk") : Task.CompletedTask;
        var task = (await fixture.SubmitAsync(One)).Value;
        for (var i = 0; i < 3; i++)
        {
            await fixture.DrainAsync();
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
    }
}
