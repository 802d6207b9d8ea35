using Kiln.Registry.Downloads;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Gateway;

/// <summary>registry.md §7: GETs that are answered with 200 or 304 count, of manifests of versions and npm tarballs; nothing else does.</summary>
public sealed class DownloadCountingTests(CountingServer fixture) : IClassFixture<CountingServer>
{
    [Theory]
    [InlineData("GET", "/@{0}/lib/1.0.0_meta.json", "", 1)]
    [InlineData("GET", "/@{0}/lib/1.0.0_meta.json", "match", 1)]
    [InlineData("GET", "/npm/@jsr/{0}__lib/-/{0}__lib-1.0.0.tgz", "", 1)]
    [InlineData("GET", "/npm/@jsr%2f{0}__lib/-/{0}__lib-1.0.0.tgz", "", 1)]
    [InlineData("HEAD", "/@{0}/lib/1.0.0_meta.json", "", 0)]
    [InlineData("GET", "/@{0}/lib/1.0.0_meta.json", "browser", 0)]
    [InlineData("GET", "/@{0}/lib/1.0.0/mod.ts", "", 0)]
    [InlineData("GET", "/@{0}/lib/meta.json", "", 0)]
    [InlineData("GET", "/@{0}/lib/9.9.9_meta.json", "", 0)]
    [InlineData("GET", "/npm/@jsr/{0}__lib", "", 0)]
    [InlineData("OPTIONS", "/@{0}/lib/1.0.0_meta.json", "", 0)]
    public async Task What_is_installed_is_counted(string method, string address, string how, int expected)
    {
        var scope = $"s{Guid.NewGuid():N}"[..20];
        foreach (var (bucket, path) in new[]
        {
            (Bucket.Modules, $"@{scope}/lib/1.0.0_meta.json"), (Bucket.Modules, $"@{scope}/lib/meta.json"), (Bucket.Modules, $"@{scope}/lib/1.0.0/mod.ts"),
            (Bucket.Npm, $"@jsr/{scope}__lib"), (Bucket.Npm, $"@jsr/{scope}__lib/-/{scope}__lib-1.0.0.tgz"),
        })
        {
            await fixture.Server.PutAsync(bucket, path, "{}");
        }

        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, scope);
        var headers = how == "browser" ? new[] { ("Accept", "text/html"), ("Sec-Fetch-Dest", "document") } : [];
        if (how == "match")
        {
            using var first = await fixture.Server.SendAsync("HEAD", target);
            headers = [("If-None-Match", first.Headers.ETag!.ToString())];
        }

        using var response = await fixture.Server.SendAsync(method, target, headers);
        if (how == "match")
        {
            Assert.Equal(304, (int)response.StatusCode);
        }

        Assert.Equal(expected, fixture.Server.App.Services.GetRequiredService<DownloadCounter>().Take().Where(c => c.Subject.Scope == scope).Sum(c => c.Count));
    }

    [Fact]
    public async Task Addresses_that_nobody_has_published_take_no_memory()
    {
        var counter = fixture.Server.App.Services.GetRequiredService<DownloadCounter>();
        for (var i = 0; i < 200; i++)
        {
            using var response = await fixture.Server.SendAsync("GET", $"/@nobody/lib/1.0.{i}_meta.json");
            Assert.Equal(404, (int)response.StatusCode);
        }

        Assert.DoesNotContain(counter.Take(), c => c.Subject.Scope == "nobody");
    }

    [Fact]
    public async Task A_count_reaches_the_API()
    {
        var (scope, package) = ("counted", "lib");
        var owner = await ApiClient.PersonalAsync(fixture.Server, "counted-owner");
        Assert.Equal(200, (await owner.PostAsync("scopes", new { scope, description = "" })).Status);
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package })).Status);
        await TestPackage.PublishAsync(fixture.Server, owner, scope, package, "1.0.0", new Dictionary<string, string> { ["."] = "./mod.ts" }, ("mod.ts", "export const a: number = 1;\n"));
        for (var i = 0; i < 3; i++)
        {
            using var response = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/1.0.0_meta.json");
        }

        var counts = fixture.Server.App.Services.GetRequiredService<DownloadCounter>().Take();
        Assert.True(await fixture.Server.App.Services.GetRequiredService<DownloadService>().AddAsync(Assert.Single(DownloadBatch.Of(counts, DateTimeOffset.UtcNow)), default));
        var anyone = new ApiClient(fixture.Server);
        var reply = await anyone.GetAsync($"scopes/{scope}/packages/{package}/downloads");
        Assert.Equal(["total", "recentVersions"], reply.Json.AsObject().Select(m => m.Key));
        var point = reply.Json["total"]![0]!;
        Assert.Equal(["timeBucket", "kind", "count"], point.AsObject().Select(m => m.Key));
        Assert.Equal(("jsr_meta", 3), (point["kind"]!.GetValue<string>(), point["count"]!.GetValue<int>()));
        Assert.EndsWith("T00:00:00.000000Z", point["timeBucket"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1.0.0", reply.Json["recentVersions"]![0]!["version"]!.GetValue<string>());
        Assert.Equal((404, "packageNotFound"), ((await anyone.GetAsync($"scopes/{scope}/packages/none/downloads")).Status, (await anyone.GetAsync($"scopes/{scope}/packages/none/downloads")).Code));
    }
}
