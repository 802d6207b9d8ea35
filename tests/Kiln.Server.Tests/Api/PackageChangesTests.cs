using System.Text.Json.Nodes;

namespace Kiln.Server.Tests.Api;

/// <summary>PATCH and DELETE of packages and versions as they come over the wire.</summary>
public sealed class PackageChangesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>registry.md §2.3, PATCH package variants; §11 no. 10.</summary>
    [Theory]
    [InlineData("""{}""", 400, "malformedRequest")]
    [InlineData("""{"description":"a","isArchived":true}""", 400, "malformedRequest")]
    [InlineData("""{"name":"other"}""", 400, "malformedRequest")]
    [InlineData("""[]""", 400, "malformedRequest")]
    [InlineData("""{"description":null}""", 400, "malformedRequest")]
    [InlineData("""{"description":5}""", 400, "malformedRequest")]
    [InlineData("""{"isArchived":"yes"}""", 400, "malformedRequest")]
    [InlineData("""{"readmeSource":"both"}""", 400, "malformedRequest")]
    [InlineData("""{"readmeSource":null}""", 400, "malformedRequest")]
    [InlineData("""{"runtimeCompat":null}""", 400, "malformedRequest")]
    [InlineData("""{"runtimeCompat":{"windows":true}}""", 400, "malformedRequest")]
    [InlineData("""{"runtimeCompat":{"deno":"yes"}}""", 400, "malformedRequest")]
    [InlineData("""{"githubRepository":"a/b"}""", 400, "malformedRequest")]
    [InlineData("""{"githubRepository":{}}""", 400, "malformedRequest")]
    [InlineData("""{"githubRepository":{"owner":"a/..","name":"b"}}""", 400, "malformedRequest")]
    [InlineData("""{"githubRepository":{"owner":"potter","name":"clay"}}""", 400, "githubRepositoryNotAuthorized")]
    [InlineData("""{"isFeatured":true}""", 403, "actorNotAuthorized")]
    [InlineData("""{"githubRepository":null}""", 200, null)]
    [InlineData("""{"readmeSource":"readme"}""", 200, null)]
    [InlineData("""{"runtimeCompat":{"deno":true,"node":false,"bun":null}}""", 200, null)]
    [InlineData("""{"runtimeCompat":{}}""", 200, null)]
    [InlineData("""{"description":""}""", 200, null)]
    public async Task A_setting_is_changed_or_refused(string body, int status, string? code)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = await owner.PatchAsync($"scopes/{scope}/packages/{package}", body);
        Assert.Equal((status, code), (reply.Status, reply.Code));
        if (status == 200)
        {
            string[] expected =
            [
                "scope", "name", "description", "githubRepository", "runtimeCompat", "updatedAt", "createdAt", "versionCount", "dependencyCount", "dependentCount", "score", "latestVersion",
                "whenFeatured", "isArchived", "readmeSource",
            ];
            Assert.Equal(expected, reply.Json.AsObject().Select(m => m.Key));
        }
    }

    [Fact]
    public async Task Who_may_not_change_a_setting_hears_first_whether_there_is_a_package()
    {
        var (scope, package, _) = await fixture.NewPackageAsync();
        var stranger = await ApiClient.PersonalAsync(fixture.Server, "stranger-to-" + scope);
        foreach (var body in new object[] { new { description = "a" }, new { isArchived = true }, new { readmeSource = "readme" }, new { runtimeCompat = new { } }, new { githubRepository = new { owner = "a", name = "b" } } })
        {
            Assert.Equal((404, "packageNotFound"), Answer(await stranger.PatchAsync($"scopes/{scope}/packages/none", body)));
            Assert.Equal((403, "actorNotScopeMember"), Answer(await stranger.PatchAsync($"scopes/{scope}/packages/{package}", body)));
            Assert.Equal((401, "missingAuthentication"), Answer(await fixture.Anyone.PatchAsync($"scopes/{scope}/packages/{package}", body)));
        }
    }

    [Fact]
    public async Task Runtimes_come_back_as_they_were_set()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = await owner.PatchAsync($"scopes/{scope}/packages/{package}", """{"runtimeCompat":{"bun":null,"node":false,"deno":true}}""");
        Assert.Equal("""{"deno":true,"node":false}""", reply.Json["runtimeCompat"]!.ToJsonString());
    }

    [Fact]
    public async Task A_package_without_anything_is_deleted_and_one_with_a_version_is_not()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        Assert.Equal(204, (await owner.DeleteAsync($"scopes/{scope}/packages/{package}")).Status);
        Assert.Equal((404, "packageNotFound"), Answer(await owner.DeleteAsync($"scopes/{scope}/packages/{package}")));
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package })).Status);
        await TestPackage.PublishAsync(fixture.Server, owner, scope, package, "1.0.0", new Dictionary<string, string> { ["."] = "./mod.ts" }, ("mod.ts", "export const a: number = 1;\n"));
        Assert.Equal((409, "packageNotEmpty"), Answer(await owner.DeleteAsync($"scopes/{scope}/packages/{package}")));
    }

    [Fact]
    public async Task A_deleted_version_is_gone_for_every_reader()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var staff = await ApiClient.PersonalAsync(fixture.Server, "staff-of-" + scope, staff: true);
        var exports = new Dictionary<string, string> { ["."] = "./mod.ts" };
        await TestPackage.PublishAsync(fixture.Server, owner, scope, package, "1.0.0", exports, ("mod.ts", "export const a: number = 1;\n"));
        await TestPackage.PublishAsync(fixture.Server, owner, scope, package, "1.1.0", exports, ("mod.ts", "export const a: number = 2;\n"));
        await TestPackage.DocumentedAsync(fixture.Server, scope, package, "1.1.0");
        Assert.Equal((403, "actorNotAuthorized"), Answer(await owner.DeleteAsync($"scopes/{scope}/packages/{package}/versions/1.0.0")));
        Assert.Equal(204, (await staff.DeleteAsync($"scopes/{scope}/packages/{package}/versions/1.0.0")).Status);
        Assert.Equal(204, (await staff.DeleteAsync($"scopes/{scope}/packages/{package}/versions/1.0.0")).Status); // also for what is not there
        await TestPackage.DocumentedAsync(fixture.Server, scope, package, "1.1.0"); // and all jobs are done

        // Nobody had asked this gateway for these files before; one that had lets go of them within a minute (ObjectCacheTests).
        foreach (var address in new[] { $"/@{scope}/{package}/1.0.0_meta.json", $"/@{scope}/{package}/1.0.0/mod.ts", $"/npm/@jsr/{scope}__{package}/-/{scope}__{package}-1.0.0.tgz" })
        {
            using var response = await fixture.Server.Client.GetAsync(address);
            Assert.Equal((address, 404), (address, (int)response.StatusCode));
        }

        var meta = JsonNode.Parse(await fixture.Server.Client.GetStringAsync($"/@{scope}/{package}/meta.json"))!;
        Assert.Equal(["1.1.0"], meta["versions"]!.AsObject().Select(v => v.Key));
        foreach (var path in new[] { "", "/source", "/docs", "/dependencies", "/dependencies/graph", "/tarball" })
        {
            Assert.Equal((404, "packageVersionNotFound"), Answer(await fixture.Anyone.GetAsync($"scopes/{scope}/packages/{package}/versions/1.0.0{path}")));
        }

        var content = new ByteArrayContent(TestPackage.Pack([("mod.ts", "export const a: number = 1;\n"u8.ToArray())]));
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal((409, "versionContentLocked"), Answer(await owner.PostAsync($"scopes/{scope}/packages/{package}/versions/1.0.0?config=/deno.json", content)));
    }

    /// <summary>registry.md §5.12: the limit stands in the message.</summary>
    [Fact]
    public async Task Quotas_say_what_they_are()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = $"lib{i}" })).Status);
        }

        var weekly = await owner.PostAsync($"scopes/{scope}/packages", new { package = "one-more" });
        Assert.Equal((400, "weeklyPackageLimitExceeded"), Answer(weekly));
        Assert.Contains("20", weekly.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);

        await SetAsync(scope, "new_package_per_week_limit = 1000, package_limit = 20, publish_attempts_per_week_limit = 0");
        var all = await owner.PostAsync($"scopes/{scope}/packages", new { package = "one-more" });
        Assert.Equal((400, "packageLimitExceeded"), Answer(all));
        Assert.Contains("20", all.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);

        var content = new ByteArrayContent(TestPackage.Pack([("mod.ts", "export {};"u8.ToArray())]));
        content.Headers.ContentEncoding.Add("gzip");
        var attempts = await owner.PostAsync($"scopes/{scope}/packages/lib1/versions/1.0.0?config=/deno.json", content);
        Assert.Equal((400, "weeklyPublishAttemptsLimitExceeded"), Answer(attempts));
        Assert.Contains("0", attempts.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task<int> SetAsync(string scope, string values) => fixture.Server.App.Services.GetService(typeof(Registry.Data.Database)) is Registry.Data.Database database
        ? database.ChangeAsync(s => s.ExecuteAsync($"UPDATE scopes SET {values} WHERE scope = @scope", new { scope }), default)
        : throw new InvalidOperationException();

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);
}
