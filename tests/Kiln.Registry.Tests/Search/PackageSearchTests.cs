using Kiln.Registry.Catalog;
using Kiln.Registry.Downloads;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Search;

/// <summary>One registry of a few packages; what people type and what they mean.</summary>
public sealed class PackageSearchTests : IAsyncLifetime
{
    private PublishingFixture fixture = null!;

    private PackageService Packages => fixture.Registry.Get<PackageService>();

    public async ValueTask InitializeAsync()
    {
        fixture = await PublishingFixture.StartAsync();
        await AddAsync("path", "Utilities for working with file system paths");
        await AddAsync("path-to-regexp", "Turns a route into a regular expression");
        await AddAsync("deep-clone", "Copies values");
        await AddAsync("yaml", "Parser and writer", keywords: "configuration serialization");
        await AddAsync("http-server", "Serves requests", readme: "A tiny webserver with middleware, **websockets** and server-sent events.");
        await AddAsync("flags", "Reads the command-line of node.js", keywords: "process-arguments");
        await AddAsync("lodash", "Many small functions");
        await fixture.Registry.WithPackageAsync("potter", "path", "kiln");
        await PublishAsync("potter", "path", "Another one");
        await PublishAsync("potter", "kiln", "Fires clay");
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Theory]
    [InlineData("path", "path")]
    [InlineData("PATH", "path")]
    [InlineData("pat", "path")]
    [InlineData("paht", "path")]
    [InlineData("@scope/yaml", "yaml")]
    [InlineData("scope yaml", "yaml")]
    [InlineData("deepclone", "deep-clone")]
    [InlineData("deep clone", "deep-clone")]
    [InlineData("deep-clone", "deep-clone")]
    [InlineData("clone", "deep-clone")]
    [InlineData("lodahs", "lodash")]
    [InlineData("lodsh", "lodash")]
    [InlineData("regexp", "path-to-regexp")]
    [InlineData("regular expression", "path-to-regexp")]
    [InlineData("serialization", "yaml")]
    [InlineData("webserver", "http-server")]
    [InlineData("websock", "http-server")]
    [InlineData("httpserver", "http-server")]
    [InlineData("file system", "path")]
    [InlineData("clay", "kiln")]
    [InlineData("parser for yaml", "yaml")]
    [InlineData("a writer with serialization", "yaml")]
    [InlineData("import yaml", "yaml")]
    [InlineData("http server deno", "http-server")]
    [InlineData("deno webserver", "http-server")]
    [InlineData("command-line", "flags")]
    [InlineData("commandline", "flags")]
    [InlineData("command line", "flags")]
    [InlineData("node.js", "flags")]
    [InlineData("nodejs", "flags")]
    [InlineData("process-arguments", "flags")]
    [InlineData("server-sent", "http-server")]
    public async Task The_best_hit_is_what_was_meant(string query, string expected) => Assert.Equal(expected, (await SearchAsync(query)).Packages[0].Name);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("zzzzqqqq")]
    [InlineData("yaml zzzzqqqq")]
    [InlineData("for zzzzqqqq")]
    [InlineData("with for npm")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; DROP TABLE packages; --")]
    [InlineData("\0")]
    [InlineData("scope:nobody")]
    [InlineData("runtime:bun")]
    public async Task Nothing_is_found_for_nothing(string query)
    {
        var result = await SearchAsync(query);
        Assert.Empty(result.Packages);
        Assert.Equal(0, result.Total);
    }

    [Fact]
    public async Task Of_two_with_one_name_the_one_that_is_used_comes_first()
    {
        Assert.Equal(["potter", "scope"], (await SearchAsync("path")).Packages.Take(2).Select(p => p.Scope)); // nobody uses either: by name
        await DownloadAsync("scope", "path", 40);
        Assert.Equal("scope", (await SearchAsync("path")).Packages[0].Scope);
        await DownloadAsync("potter", "path", 400);
        Assert.Equal("potter", (await SearchAsync("path")).Packages[0].Scope);

        // No use outweighs a name that fits.
        await DownloadAsync("scope", "path-to-regexp", 5_000);
        Assert.Equal(["path", "path", "path-to-regexp"], (await SearchAsync("path")).Packages.Take(3).Select(p => p.Name));
    }

    [Fact]
    public async Task Filters_narrow_and_stand_for_themselves()
    {
        await Packages.SetRuntimeCompatAsync(fixture.Author, "scope", "path", new Dictionary<string, bool?> { ["deno"] = true, ["bun"] = true }, default);
        await Packages.SetRuntimeCompatAsync(fixture.Author, "potter", "path", new Dictionary<string, bool?> { ["deno"] = true, ["bun"] = false }, default);
        await Packages.SetFeaturedAsync(fixture.Author, "scope", "yaml", true, default);
        await Packages.SetArchivedAsync(fixture.Author, "scope", "lodash", true, default);
        Assert.Equal(["potter"], (await SearchAsync("path scope:potter")).Packages.Select(p => p.Scope));
        Assert.Equal(["potter"], (await SearchAsync("scope:@potter path")).Packages.Select(p => p.Scope));
        Assert.Equal(["kiln", "path"], (await SearchAsync("scope:potter")).Packages.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await SearchAsync("runtime:deno")).Total);
        Assert.Equal(["scope"], (await SearchAsync("runtime:deno runtime:bun")).Packages.Select(p => p.Scope));
        Assert.Equal(["yaml"], (await SearchAsync("is:featured")).Packages.Select(p => p.Name));
        Assert.Equal(["lodash"], (await SearchAsync("is:archived")).Packages.Select(p => p.Name));
        Assert.Empty((await SearchAsync("is:archived yaml")).Packages);
        Assert.Empty((await SearchAsync("is:purple yaml")).Packages); // no filter, so words
    }

    /// <summary>A registry has more packages than are ranked: those that a filter leaves out must not take the place of others.</summary>
    [Theory]
    [InlineData("is:featured", "yaml")]
    [InlineData("scope is:featured", "yaml")]
    [InlineData("runtime:bun", "yaml")]
    [InlineData("scope runtime:bun runtime:deno", "yaml")]
    [InlineData("is:archived", "lodash")]
    [InlineData("scope is:archived", "lodash")]
    [InlineData("path scope:scope", "path")]
    public async Task Filters_come_before_the_limit(string query, string expected)
    {
        await Packages.SetFeaturedAsync(fixture.Author, "scope", "yaml", true, default);
        await Packages.SetRuntimeCompatAsync(fixture.Author, "scope", "yaml", new Dictionary<string, bool?> { ["deno"] = true, ["bun"] = true }, default);
        await Packages.SetRuntimeCompatAsync(fixture.Author, "potter", "kiln", new Dictionary<string, bool?> { ["deno"] = true, ["bun"] = false }, default);
        await Packages.SetArchivedAsync(fixture.Author, "scope", "lodash", true, default);
        var result = await new PackageSearch(fixture.Registry.Database) { MostCandidates = 1 }.SearchAsync(PackageQuery.Parse(query), 20, default);
        Assert.Equal(("scope", expected), Assert.Single(result.Packages.Select(p => (p.Scope, p.Name))));
        Assert.Equal(1, result.Total);
    }

    [Fact]
    public async Task What_may_not_be_found_is_not_found_from_that_moment_on()
    {
        await Packages.SetArchivedAsync(fixture.Author, "scope", "yaml", true, default);
        Assert.Empty((await SearchAsync("yaml")).Packages);
        await Packages.SetArchivedAsync(fixture.Author, "scope", "yaml", false, default);
        Assert.Single((await SearchAsync("yaml")).Packages);
        await Packages.SetDescriptionAsync(fixture.Author, "scope", "yaml", "INTERNAL: do not use", default);
        Assert.Empty((await SearchAsync("yaml")).Packages);
        await Packages.SetDescriptionAsync(fixture.Author, "scope", "yaml", "Internal affairs", default);
        Assert.Single((await SearchAsync("yaml")).Packages);
        await Packages.SetYankedAsync(fixture.Author, "scope", "yaml", "1.0.0", true, default);
        Assert.Empty((await SearchAsync("yaml")).Packages); // the reference forgets this one
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(0, await fixture.Registry.CountAsync("search_subjects", "subject = '@scope/yaml'"));
        await Packages.SetYankedAsync(fixture.Author, "scope", "yaml", "1.0.0", false, default);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Single((await SearchAsync("yaml")).Packages);
        await Packages.DeleteVersionAsync(fixture.Author, "scope", "yaml", "1.0.0", default);
        Assert.Empty((await SearchAsync("yaml")).Packages);
    }

    [Fact]
    public async Task A_changed_description_is_found_by_its_new_words_and_not_by_its_old_ones()
    {
        await Packages.SetDescriptionAsync(fixture.Author, "scope", "lodash", "Marmalade", default);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["lodash"], (await SearchAsync("marmalade")).Packages.Select(p => p.Name));
        Assert.DoesNotContain((await SearchAsync("functions")).Packages, p => p.Name == "lodash");
    }

    [Fact]
    public async Task Scopes_are_found_beside_packages()
    {
        await fixture.Registry.Get<ScopeService>().CreateAsync(fixture.Author, "potters", "", default); // has no packages
        var result = await SearchAsync("potter");
        Assert.Equal(["potter"], result.Scopes.Select(s => s.Name));
        Assert.Equal(2, result.Packages.Count(p => p.Scope == "potter"));
        Assert.Equal(["potter"], (await SearchAsync("@potter")).Scopes.Select(s => s.Name));
        Assert.Equal(["potter"], (await SearchAsync("poter")).Scopes.Select(s => s.Name));
        Assert.Empty((await SearchAsync("potter runtime:deno")).Scopes);
    }

    [Fact]
    public async Task A_scope_is_found_by_what_it_says_of_itself_now_and_goes_with_its_deletion()
    {
        var scopes = fixture.Registry.Get<ScopeService>();
        Assert.Null((await scopes.SetDescriptionAsync(fixture.Author, "potter", "Porcelain and tiles", default)).Error);
        Assert.Equal(["potter"], (await SearchAsync("porcelain")).Scopes.Select(s => s.Name));
        Assert.Null((await scopes.SetDescriptionAsync(fixture.Author, "potter", "Earthenware", default)).Error);
        Assert.Empty((await SearchAsync("porcelain")).Scopes);
        await Packages.SetDescriptionAsync(fixture.Author, "potter", "kiln", "Fires more clay", default);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["potter"], (await SearchAsync("earthenware")).Scopes.Select(s => s.Name)); // a package's job wrote what the scope says now

        await fixture.Registry.WithPackageAsync("brickyard", "loam");
        await Packages.SetDescriptionAsync(fixture.Author, "brickyard", "loam", "Wet", default);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["brickyard"], (await SearchAsync("brickyard")).Scopes.Select(s => s.Name));
        Assert.Null((await Packages.DeleteAsync(fixture.Author, "brickyard", "loam", default)).Error);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Null((await scopes.DeleteAsync(fixture.Author, "brickyard", default)).Error);
        Assert.Equal(0, await fixture.Registry.CountAsync("search_subjects", "scope = 'brickyard'"));
    }

    [Fact]
    public async Task Jobs_of_one_scope_s_packages_may_run_at_once()
    {
        var words = await fixture.Registry.CountAsync("search_words", "subject = '@scope'");
        var handler = fixture.Registry.Get<IEnumerable<IJobHandler>>().OfType<PackageSearchJob>().Single();
        var jobs = new List<Job>();
        foreach (var name in new[] { "path", "yaml", "lodash", "flags", "deep-clone" })
        {
            await Packages.SetDescriptionAsync(fixture.Author, "scope", name, "Marmalade", default);
            jobs.Add((await fixture.Registry.Database.FencedAsync(s => JobStore.LeaseAsync(s, [PackageSearchJob.JobKind], Guid.NewGuid().ToString("D"), s.Now.AddMinutes(1)), default))!);
        }

        Assert.All(await Task.WhenAll(jobs.Select(j => Task.Run(() => handler.RunAsync(j, default)))), Assert.Null);
        Assert.Equal(5, (await SearchAsync("marmalade")).Total);
        Assert.Equal(words, await fixture.Registry.CountAsync("search_words", "subject = '@scope'"));
    }

    [Fact]
    public async Task What_an_older_program_kept_is_made_again_once()
    {
        await fixture.Registry.Database.ChangeAsync(
            s => s.ExecuteAsync("DELETE FROM registry_state WHERE name = 'search-words'; DELETE FROM search_subjects"), default);
        Assert.Empty((await SearchAsync("yaml")).Packages);
        await fixture.Registry.Get<JobWorker>().PrepareAsync(default);
        await fixture.Registry.Get<JobWorker>().DrainAsync(default);
        Assert.Equal(["yaml"], (await SearchAsync("yaml")).Packages.Select(p => p.Name));
        await fixture.Registry.Get<JobWorker>().PrepareAsync(default);
        Assert.Equal(0, await fixture.Registry.CountAsync("jobs", "kind = 'package-search'"));
    }

    [Fact]
    public async Task The_total_counts_what_is_not_shown()
    {
        var result = await fixture.Registry.Get<IPackageSearch>().SearchAsync(PackageQuery.Parse("scope"), 2, default);
        Assert.Equal((2, 7), (result.Packages.Count, result.Total));
    }

    [Fact]
    public async Task Hostile_queries_are_answered()
    {
        foreach (var query in new[] { new string('%', 10_000), new string('a', 10_000), string.Concat(Enumerable.Repeat("a b ", 3_000)), "\uD800", "a\uDC00b", "İı", "@", "/", "@/", ":", "scope:", "\u202Epath" })
        {
            await SearchAsync(query);
        }

        foreach (var bounded in new[] { new string('%', 10_000), new string('a', 201) })
        {
            Assert.Equal("malformedRequest", (await Packages.FindAsync(bounded, null, PageRequest.First, default)).Error?.Code);
        }

        Assert.Equal(0, (await Packages.FindAsync(new string('%', 200), null, PageRequest.First, default)).Value.Total);
        Assert.Equal(0, (await Packages.FindAsync("a\0b", null, PageRequest.First, default)).Value.Total);
    }

    private Task<PackageSearchResult> SearchAsync(string query) => fixture.Registry.Get<IPackageSearch>().SearchAsync(PackageQuery.Parse(query), 20, default);

    private async Task AddAsync(string name, string description, string? keywords = null, string? readme = null)
    {
        await fixture.Registry.WithPackageAsync("scope", name);
        await PublishAsync("scope", name, description, keywords, readme);
    }

    private async Task PublishAsync(string scope, string name, string description, string? keywords = null, string? readme = null)
    {
        var lines = new List<string> { "/mod.ts|export {}" };
        if (keywords is not null)
        {
            lines.Add($"npm|{{\"keywords\":[{string.Join(',', keywords.Split(' ').Select(k => $"\"{k}\""))}]}}");
        }

        if (readme is not null)
        {
            lines.Add("/README.md|" + readme);
            lines.Add("readme|/README.md");
        }

        var body = FakeBuilder.Tarball([.. lines]);
        var upload = PublishingFixture.Upload(body, package: name) with { Scope = scope };
        Assert.Null((await fixture.Service.SubmitAsync(fixture.Author, upload, default)).Error);
        await fixture.DrainAsync();
        Assert.Null((await Packages.SetDescriptionAsync(fixture.Author, scope, name, description, default)).Error);
    }

    private Task<bool> DownloadAsync(string scope, string package, long count) => fixture.Registry.Get<DownloadService>().AddAsync(
        new DownloadBatch(Guid.NewGuid().ToString("D"), fixture.Registry.Clock.GetUtcNow(), [new DownloadCount(DownloadSubject.Of(ObjectKeys.VersionMeta(scope, package, "1.0.0"))!, count)]), default);
}
