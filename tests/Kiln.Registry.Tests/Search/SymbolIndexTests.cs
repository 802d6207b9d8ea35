using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;

namespace Kiln.Registry.Search;

public sealed class SymbolIndexTests
{
    [Theory]
    [InlineData("assertEquals", "assertEquals")]
    [InlineData("assertequals", "assertEquals")]
    [InlineData("assert equals", "assertEquals")]
    [InlineData("almostE", "assertAlmostEquals")]
    [InlineData("almoste", "assertAlmostEquals")]
    [InlineData("equals", "equal")]
    [InlineData("asertEquals", "assertEquals")]
    [InlineData("assertEqulas", "assertEquals")]
    [InlineData("ssertAlm", "assertAlmostEquals")]
    [InlineData("Server.listen", "Server.listen")]
    [InlineData("listen", "Server.listen")]
    [InlineData("assert web", "assertResponse")]
    [InlineData("nearly", "assertAlmostEquals")]
    [InlineData("json parse", "parseJSON")]
    public async Task The_best_hit_is_what_was_meant(string query, string expected)
    {
        await using var registry = await StartAsync();
        await FillAsync(registry);
        var hits = await registry.Get<ISymbolIndex>().SearchAsync(query, 10, default);
        Assert.NotEmpty(hits);

        // "equals" is a word of several names; the shortest one that begins with it comes first, and there is none but the near "equal".
        Assert.Contains(hits.Take(expected == "equal" ? 4 : 1), h => h.Symbol.Name == expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("* - ( ) : ^ ~")]
    [InlineData("zzzzqqqq")]
    public async Task Nothing_is_found_for_nothing(string query)
    {
        await using var registry = await StartAsync();
        await FillAsync(registry);
        Assert.Empty(await registry.Get<ISymbolIndex>().SearchAsync(query, 10, default));
    }

    [Theory]
    [InlineData("assert\" OR symbol:*")]
    [InlineData("NEAR(a b)")]
    [InlineData("assert AND NOT equals")]
    [InlineData("symbol : assert")]
    [InlineData("' ; DROP TABLE symbols; --")]
    [InlineData("{symbol}: a + b ^c")]
    [InlineData("\0 \ud800 \uFFFF a")]
    public async Task Whatever_is_typed_is_words(string query)
    {
        await using var registry = await StartAsync();
        await FillAsync(registry);
        await registry.Get<ISymbolIndex>().SearchAsync(query, 10, default);
        await registry.Get<ISymbolIndex>().SearchAsync(string.Concat(Enumerable.Repeat(query + " ", 1000)), 10, default);
        Assert.True(await registry.CountAsync("symbols") > 0);
    }

    [Fact]
    public async Task Members_and_what_is_deprecated_come_after_their_equals()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", Symbol("Box.open", isMember: true), Symbol("openOld", isDeprecated: true), Symbol("openNew"), Symbol("open"));
        var names = (await registry.Get<ISymbolIndex>().SearchAsync("open", 10, default)).Select(h => h.Symbol.Name);
        Assert.Equal(["open", "Box.open", "openNew", "openOld"], names);
    }

    [Fact]
    public async Task A_package_has_the_symbols_of_one_version()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", Symbol("before"), Symbol("always"));
        await IndexAsync(registry, "pkg", Symbol("after"), Symbol("always"));
        var index = registry.Get<ISymbolIndex>();
        Assert.Empty(await index.SearchAsync("before", 10, default));
        Assert.Single(await index.SearchAsync("after", 10, default));
        Assert.Single(await index.SearchAsync("always", 10, default));
        Assert.Equal(2, await registry.CountAsync("symbols"));
        await index.ReplaceAsync("scope", "pkg", "1.0.0", [], Unfenced, default);
        Assert.Empty(await index.SearchAsync("always", 10, default));
        Assert.Equal(0, await registry.CountAsync("symbols"));
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_never_seen_and_goes()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", Symbol("good"));
        const string Columns = "batch, scope, name, version, symbol, kind, entry, address, summary, is_deprecated, is_member";
        const string Values = "7, 'scope', 'pkg', '1.0.0', 'halfWritten', 'function', '', '', '', FALSE, FALSE";
        await registry.Database.ChangeAsync(
            s => s.ExecuteAsync(s.Dialect == SqlDialect.Sqlite
                ? $"""
                INSERT INTO symbols ({Columns}) VALUES ({Values});
                INSERT INTO symbol_words (rowid, symbol, package, summary) SELECT id, 'halfwritten half written', '', '' FROM symbols WHERE batch = 7
                """
                : $"INSERT INTO symbols ({Columns}, words, pieces) VALUES ({Values}, 'halfwritten half written', '{{hal,alf}}')"),
            default);
        Assert.Empty(await registry.Get<ISymbolIndex>().SearchAsync("halfWritten", 10, default));
        await IndexAsync(registry, "pkg", Symbol("good"));
        Assert.Equal(1, await registry.CountAsync("symbols"));
    }

    [Fact]
    public async Task What_is_archived_internal_or_yanked_is_not_found_and_comes_back()
    {
        await using var registry = await StartAsync();
        var author = await registry.WithPackageAsync("scope");
        await IndexAsync(registry, "pkg", Symbol("needle"));
        var packages = registry.Get<PackageService>();
        var index = registry.Get<ISymbolIndex>();
        Assert.Single(await index.SearchAsync("needle", 10, default));

        await packages.SetArchivedAsync(author, "scope", "pkg", true, default);
        Assert.Empty(await index.SearchAsync("needle", 10, default));
        await packages.SetArchivedAsync(author, "scope", "pkg", false, default);
        await packages.SetDescriptionAsync(author, "scope", "pkg", "INTERNAL do not use", default);
        Assert.Empty(await index.SearchAsync("needle", 10, default));
        await packages.SetDescriptionAsync(author, "scope", "pkg", "For everybody", default);
        Assert.Single(await index.SearchAsync("needle", 10, default));
        await registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE package_versions SET is_yanked = TRUE"), default);
        Assert.Empty(await index.SearchAsync("needle", 10, default));
    }

    [Fact]
    public async Task A_package_of_any_size_takes_a_bounded_place()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", [.. Enumerable.Range(0, SymbolIndex.MostSymbols + 100).Select(i => Symbol($"name{i}"))]);
        Assert.Equal(SymbolIndex.MostSymbols, await registry.CountAsync("symbols"));
        Assert.Equal("name77", (await registry.Get<ISymbolIndex>().SearchAsync("name77", 10, default))[0].Symbol.Name);
    }

    [Fact]
    public async Task A_worker_whose_lease_is_another_s_changes_nothing()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", Symbol("good"));
        await registry.Database.ChangeAsync(
            async s =>
            {
                await JobStore.AddAsync(s, SymbolJob.JobKind, JobSubject.Of("scope", "pkg"));
                return default(Done);
            },
            default);
        var first = await LeaseAsync(registry, TimeSpan.FromSeconds(-1));
        var second = await LeaseAsync(registry, TimeSpan.FromMinutes(1));
        var handler = registry.Get<IEnumerable<IJobHandler>>().OfType<SymbolJob>().Single();

        // There is no documentation: whoever may do the job takes the package out.
        await Assert.ThrowsAsync<LeaseLostException>(() => handler.RunAsync(first, default));
        Assert.Equal(1, await registry.CountAsync("symbols"));
        Assert.Null(await handler.RunAsync(second, default));
        Assert.Equal(0, await registry.CountAsync("symbols"));
    }

    [Fact]
    public async Task A_lease_that_is_lost_half_way_leaves_what_was_there_and_its_successor_all_of_its_own()
    {
        await using var registry = await StartAsync();
        await IndexAsync(registry, "pkg", Symbol("good"));
        var many = Enumerable.Range(0, 500).Select(i => Symbol($"name{i}")).ToArray();
        var transactions = 0;
        await Assert.ThrowsAsync<LeaseLostException>(() => registry.Get<ISymbolIndex>().ReplaceAsync(
            "scope", "pkg", "1.0.0", many, _ => ++transactions == 3 ? throw new LeaseLostException("symbols") : Task.CompletedTask, default));
        Assert.Equal("good", Assert.Single(await registry.Get<ISymbolIndex>().SearchAsync("good", 10, default)).Symbol.Name);
        Assert.True(await registry.CountAsync("symbols") > 1);
        await IndexAsync(registry, "pkg", many);
        Assert.Equal(500, await registry.CountAsync("symbols"));
        Assert.Empty(await registry.Get<ISymbolIndex>().SearchAsync("good", 10, default));
    }

    private static Task Unfenced(Session session) => Task.CompletedTask;

    private static async Task<Job> LeaseAsync(TestRegistry registry, TimeSpan time) => (await registry.Database.FencedAsync(
        s => JobStore.LeaseAsync(s, [SymbolJob.JobKind], Guid.NewGuid().ToString("D"), s.Now + time), default))!;

    private static SymbolEntry Symbol(string name, bool isMember = false, bool isDeprecated = false, string summary = "") =>
        new(name, "function", "", $"/doc/~/{name}", summary, isDeprecated, isMember);

    private static async Task<TestRegistry> StartAsync()
    {
        var registry = await TestRegistry.StartAsync();
        await registry.WithPackageAsync("scope", "pkg", "assert", "web");
        return registry;
    }

    private static async Task FillAsync(TestRegistry registry)
    {
        await IndexAsync(
            registry, "assert",
            Symbol("assertEquals"), Symbol("assertAlmostEquals", summary: "Two numbers are nearly the same."), Symbol("assert"), Symbol("equal"), Symbol("AssertionError"), Symbol("parseJSON"));
        await IndexAsync(registry, "web", Symbol("Server"), Symbol("Server.listen", isMember: true), Symbol("assertResponse"), Symbol("router"));
    }

    private static async Task IndexAsync(TestRegistry registry, string package, params SymbolEntry[] symbols)
    {
        if (await registry.CountAsync("package_versions", $"name = '{package}'") == 0)
        {
            await registry.Database.ChangeAsync(
                async s =>
                {
                    await VersionStore.InsertAsync(s, new VersionStore.Row { Scope = "scope", Name = package, Version = "1.0.0", SortKey = "1", Exports = "{}", CreatedAt = s.Now, UpdatedAt = s.Now });
                    return default(Done);
                },
                default);
        }

        await registry.Get<ISymbolIndex>().ReplaceAsync("scope", package, "1.0.0", symbols, Unfenced, default);
    }
}
