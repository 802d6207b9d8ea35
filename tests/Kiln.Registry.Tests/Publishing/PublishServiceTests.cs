using System.Security.Cryptography;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

public sealed class PublishServiceTests : IAsyncLifetime
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one");
    private static readonly byte[] Two = FakeBuilder.Tarball("/mod.ts|two");

    private PublishingFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await PublishingFixture.StartAsync(o => o with { MaxTarballSize = 2000 });

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static string Sha256(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    [Fact]
    public async Task Accepts_an_upload_and_makes_a_pending_task_of_it()
    {
        var task = (await fixture.SubmitAsync(One)).Value;
        Assert.Equal(PublishingStatus.Pending, task.Status);
        Assert.Equal(("scope", "pkg", "1.0.0"), (task.PackageScope, task.PackageName, task.PackageVersion));
        Assert.Equal(fixture.Author.User!.Id, task.User!.Id);
        Assert.Equal(1, await fixture.Registry.CountAsync("version_claims", $"state = 'reserved' AND tarball_sha256 = '{Sha256(One)}'"));
        Assert.Equal(One, await fixture.ReadAsync(Storage.ObjectKeys.Staged(task.Id.ToString())));
        Assert.Equal(task, (await fixture.Service.GetTaskAsync(task.Id, default)).Value);
        Assert.Equal(task, Assert.Single((await fixture.Service.ListTasksAsync(fixture.Author, "scope", "pkg", default)).Value));
    }

    public static TheoryData<string, string> Malformed { get; } = new()
    {
        { "scope", "Scope" }, { "package", "p_g" }, { "version", "1.0" }, { "version", "v1.0.0" }, { "config", "" }, { "config", "deno.json" }, { "config", "/../deno.json" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Refuses_a_malformed_request(string part, string value)
    {
        var upload = PublishingFixture.Upload(One);
        upload = part switch
        {
            "scope" => upload with { Scope = value },
            "package" => upload with { Package = value },
            "version" => upload with { Version = value },
            _ => upload with { ConfigPath = value.Length == 0 ? null : value },
        };
        Assert.Equal("malformedRequest", (await fixture.Service.SubmitAsync(fixture.Author, upload, default)).Error?.Code);
        await fixture.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Refuses_what_is_not_declared_gzip()
    {
        foreach (var encoding in new[] { null, "", "GZIP", "br", "gzip, gzip" })
        {
            Assert.Equal("missingGzipContentEncoding", (await fixture.Service.SubmitAsync(fixture.Author, PublishingFixture.Upload(One) with { ContentEncoding = encoding }, default)).Error?.Code);
        }

        await fixture.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Refuses_a_body_over_the_limit_whether_it_says_so_or_not()
    {
        var large = new byte[2001];
        Assert.Equal("tarballSizeLimitExceeded", (await fixture.SubmitAsync(large)).Error?.Code);
        Assert.Equal("tarballSizeLimitExceeded", (await fixture.Service.SubmitAsync(fixture.Author, PublishingFixture.Upload(large) with { ContentLength = null }, default)).Error?.Code);
        Assert.Equal(413, ApiErrors.StatusOf("tarballSizeLimitExceeded"));
        await fixture.AssertNothingLeftAsync();
        Assert.Null((await fixture.SubmitAsync(new byte[2000])).Error);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_can_be_repeated()
    {
        var broken = PublishingFixture.Upload(One) with { Body = new BrokenStream() };
        await Assert.ThrowsAsync<IOException>(() => fixture.Service.SubmitAsync(fixture.Author, broken, default));
        var shorter = PublishingFixture.Upload(One) with { ContentLength = One.Length + 1 };
        Assert.Equal("uploadIncomplete", (await fixture.Service.SubmitAsync(fixture.Author, shorter, default)).Error?.Code);
        await fixture.AssertNothingLeftAsync();
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status);
    }

    [Fact]
    public async Task Refuses_those_who_may_not_publish()
    {
        var other = await fixture.Registry.SignInAsync("other");
        Assert.Equal("actorNotScopeMember", (await fixture.Service.SubmitAsync(other, PublishingFixture.Upload(One), default)).Error?.Code);
        Assert.Equal("missingAuthentication", (await fixture.Service.SubmitAsync(Principal.Anonymous, PublishingFixture.Upload(One), default)).Error?.Code);
        Assert.Equal("packageNotFound", (await fixture.SubmitAsync(One, package: "none")).Error?.Code);
        Assert.Equal("scopeNotFound", (await fixture.Service.SubmitAsync(fixture.Author, PublishingFixture.Upload(One) with { Scope = "none" }, default)).Error?.Code);
        var elsewhere = fixture.Author with { Permissions = [new Permission { Kind = "package/publish", Scope = "elsewhere" }] };
        Assert.Equal("missingPermission", (await fixture.Service.SubmitAsync(elsewhere, PublishingFixture.Upload(One), default)).Error?.Code);
        await fixture.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_scope_that_publishes_from_ci_only_refuses_people()
    {
        await fixture.Registry.Get<ScopeService>().SetRequirePublishingFromCiAsync(fixture.Author, "scope", true, default);
        Assert.Equal("scopeRequiresPublishingFromCi", (await fixture.SubmitAsync(One)).Error?.Code);
    }

    [Fact]
    public async Task A_permission_for_one_tarball_admits_only_that()
    {
        Permission permission = new() { Kind = "package/publish", Scope = "scope", Package = "pkg", Version = "1.0.0", TarballHash = "sha256-" + Sha256(One) };
        var limited = fixture.Author with { Permissions = [permission] };
        Assert.Equal("missingPermission", (await fixture.Service.SubmitAsync(limited, PublishingFixture.Upload(Two), default)).Error?.Code);
        Assert.Equal("missingPermission", (await fixture.Service.SubmitAsync(limited, PublishingFixture.Upload(One, "1.0.1"), default)).Error?.Code);
        await fixture.AssertNothingLeftAsync();
        Assert.Null((await fixture.Service.SubmitAsync(limited, PublishingFixture.Upload(One), default)).Error);
    }

    [Fact]
    public async Task The_same_bytes_again_are_the_same_task_before_and_after_success()
    {
        var first = (await fixture.SubmitAsync(One)).Value;
        Assert.Equal(first.Id, (await fixture.SubmitAsync(One)).Value.Id);
        await fixture.DrainAsync();
        var again = (await fixture.SubmitAsync(One)).Value;
        Assert.Equal((first.Id, PublishingStatus.Success), (again.Id, again.Status));
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks"));
        Assert.Single(await fixture.ListAsync(Storage.Bucket.Staging));
    }

    [Fact]
    public async Task Other_bytes_are_refused_for_ever_with_the_existing_task()
    {
        var task = await fixture.PublishAsync(One);
        var refused = (await fixture.SubmitAsync(Two)).Error!;
        Assert.Equal(("duplicateVersionPublish", 400), (refused.Code, refused.Status));
        Assert.Equal(task, refused.Extra);
        Assert.Single(await fixture.ListAsync(Storage.Bucket.Staging));
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks"));
    }

    [Fact]
    public async Task Of_fifty_uploads_at_once_with_two_contents_exactly_one_content_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var version = $"1.0.{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => (Body: i % 2 == 0 ? One : Two, Result: await fixture.SubmitAsync(i % 2 == 0 ? One : Two, version)))));
            var accepted = results.Where(r => r.Result.Error is null).ToList();
            var winner = accepted[0];
            Assert.All(accepted, a => Assert.Equal((winner.Body, winner.Result.Value.Id), (a.Body, a.Result.Value.Id)));
            Assert.Equal(25, accepted.Count);
            Assert.All(results.Where(r => r.Result.Error is not null), r => Assert.Equal("duplicateVersionPublish", r.Result.Error!.Code));
            await fixture.DrainAsync();
            Assert.Equal(winner.Body[^3..], await fixture.ReadAsync(Storage.ObjectKeys.Module("scope", "pkg", version, "/mod.ts")));
        }

        Assert.Equal(5, await fixture.Registry.CountAsync("publishing_tasks"));
        Assert.Equal(5, (await fixture.ListAsync(Storage.Bucket.Staging)).Count);
    }

    [Fact]
    public async Task The_weekly_quota_counts_failures_and_ends_after_a_week()
    {
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE scopes SET publish_attempts_per_week_limit = 2"), default);
        Assert.Equal(PublishingStatus.Failure, (await fixture.PublishAsync(FakeBuilder.Tarball("!graphError|no"))).Status);
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(One)).Status);
        Assert.Equal("weeklyPublishAttemptsLimitExceeded", (await fixture.SubmitAsync(One, "1.0.1")).Error?.Code);
        Assert.Null((await fixture.SubmitAsync(One)).Error); // The same bytes need no new task.
        fixture.Registry.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null((await fixture.SubmitAsync(One, "1.0.1")).Error);
    }

    [Fact]
    public async Task An_archived_package_takes_nothing()
    {
        await fixture.Registry.Get<PackageService>().SetArchivedAsync(fixture.Author, "scope", "pkg", true, default);
        Assert.Equal("packageArchived", (await fixture.SubmitAsync(One)).Error?.Code);
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            reads++ == 0 ? ValueTask.FromResult(3) : throw new IOException("connection reset");
    }
}
