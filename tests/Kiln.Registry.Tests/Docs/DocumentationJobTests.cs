using Kiln.Documentation.Pages;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;
using Kiln.Registry.Search;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Docs;

/// <summary>From a published version to its pages, with every accident on the way.</summary>
public sealed class DocumentationJobTests
{
    [Fact]
    public async Task A_version_is_installable_before_its_documentation_is_begun()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha");
        Assert.NotNull(await fixture.Publishing.ReadAsync(ObjectKeys.PackageMeta("scope", "pkg")));
        Assert.Equal(0, fixture.Documentation.Builds);
        Assert.Equal(DocumentationState.Pending, (await fixture.StateAsync()).State);
        Assert.Empty(await fixture.ObjectsAsync());
    }

    [Fact]
    public async Task Then_its_pages_its_symbols_and_its_score_are_there()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha betaGamma");
        await fixture.DrainAsync();
        Assert.Equal(0, await fixture.Registry.CountAsync("jobs"));

        var state = await fixture.StateAsync();
        Assert.Equal((DocumentationState.Ready, 2), (state.State, state.SymbolCount));
        var reader = fixture.Registry.Get<DocumentationReader>();
        Assert.Equal("about alpha", (await reader.ReadPageAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "alpha"), default))!.Content.ToString());
        Assert.Null(await reader.ReadPageAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "gamma"), default));
        Assert.Equal("/doc/~/alpha#the%20member", await reader.FindRedirectAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "alpha.member"), default));
        Assert.Null(await reader.FindRedirectAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "alpha.other"), default));
        Assert.Equal(["betaGamma"], (await reader.SuggestAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "betaGama"), 5, default)).Select(p => p.Symbol));
        Assert.Empty(await reader.SuggestAsync(state.Pages, new DocPageKey(DocPageKind.Symbol, "", "somethingElse"), 5, default));

        var hit = Assert.Single(await fixture.Registry.Get<ISymbolIndex>().SearchAsync("gamma", 10, default));
        Assert.Equal(("betaGamma", "1.0.0"), (hit.Symbol.Name, hit.Version));

        // README 2, entry points 1, slow types 5, no symbol documented: 8 of 17.
        Assert.Equal(47, (await fixture.Registry.Get<PackageService>().GetAsync("scope", "pkg", default)).Value.Score);
    }

    [Fact]
    public async Task Wherever_the_disk_fails_the_next_attempt_ends_with_the_same_bytes()
    {
        await using var undisturbed = await DocumentationFixture.StartAsync();
        await undisturbed.PublishAsync("alpha beta");
        await undisturbed.DrainAsync();
        var expected = await undisturbed.ObjectsAsync();
        Assert.Equal(2, expected.Count);

        for (var call = 1; ; call++)
        {
            var store = new FailingStore();
            await using var fixture = await DocumentationFixture.StartAsync(wrapStore: store.Wrap);
            await fixture.PublishAsync("alpha beta");
            store.FailAt = store.Calls + call;
            store.AfterEffect = call % 2 == 0;
            await fixture.DrainAsync();
            var failed = store.Calls >= store.FailAt;
            if (failed)
            {
                // Nothing half-done is seen: either there is no documentation, or all of it.
                var state = await fixture.StateAsync();
                Assert.True(state.State == DocumentationState.Pending || await fixture.Registry.Get<DocumentationReader>().ReadPageAsync(state.Pages, new DocPageKey(DocPageKind.Overview), default) is not null);
                fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
                await fixture.DrainAsync();
            }

            Assert.Equal(expected, await fixture.ObjectsAsync());
            Assert.Equal(DocumentationState.Ready, (await fixture.StateAsync()).State);
            Assert.Equal(0, await fixture.Registry.CountAsync("jobs"));
            Assert.Single(await fixture.Registry.Get<ISymbolIndex>().SearchAsync("beta", 10, default));
            if (!failed)
            {
                Assert.True(call > 5);
                return;
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_documented_says_so_and_installs_all_the_same()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        fixture.Documentation.Before = _ => throw new DocumentationException("It is too large.");
        await fixture.PublishAsync("alpha");
        await fixture.DrainAsync();
        var state = await fixture.StateAsync();
        Assert.Equal((DocumentationState.Failed, "It is too large."), (state.State, state.Reason));
        Assert.Empty(await fixture.ObjectsAsync());
        Assert.Null((await fixture.Registry.Get<PackageService>().GetAsync("scope", "pkg", default)).Value.Score);
    }

    [Fact]
    public async Task A_version_from_before_there_was_documentation_gets_some()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha");
        await fixture.PublishAsync("beta", "1.1.0");
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("DELETE FROM jobs"), default);
        await fixture.Registry.Get<JobWorker>().PrepareAsync(default);
        await fixture.DrainAsync();
        Assert.Equal(DocumentationState.Ready, (await fixture.StateAsync("1.0.0")).State);
        Assert.Equal(DocumentationState.Ready, (await fixture.StateAsync("1.1.0")).State);

        await fixture.Registry.Get<JobWorker>().PrepareAsync(default);
        Assert.Equal(0, await fixture.Registry.CountAsync("jobs"));
    }

    [Fact]
    public async Task Many_versions_are_queued_some_at_a_time_and_those_that_failed_are_not()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0", "1.3.0" })
        {
            await fixture.PublishAsync("alpha", version);
            fixture.Registry.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await fixture.Registry.Database.ChangeAsync(
            s => s.ExecuteAsync("DELETE FROM jobs WHERE kind = 'documentation' AND subject <> '@scope/pkg@1.3.0'; UPDATE jobs SET status = 'failed', error = 'no' WHERE kind = 'documentation'"), default);
        Task<int> QueueAsync() => fixture.Registry.Database.ChangeAsync(s => VersionDocsStore.BackfillAsync(s, DocumentationJob.CurrentRevision, 2), default);
        Assert.Equal(2, await QueueAsync());
        Assert.Equal(1, await fixture.Registry.CountAsync("jobs", "subject = '@scope/pkg@1.2.0'"));
        Assert.Equal(1, await QueueAsync());
        Assert.Equal(0, await QueueAsync());
        Assert.Equal(1, await fixture.Registry.CountAsync("jobs", "kind = 'documentation' AND status = 'failed'"));
        Assert.Equal(3, await fixture.Registry.CountAsync("jobs", "kind = 'documentation' AND status = 'waiting'"));
    }

    [Fact]
    public async Task A_newer_program_renders_again_and_the_old_pages_are_shown_meanwhile()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha");
        await fixture.DrainAsync();
        var before = await fixture.StateAsync();
        await fixture.Registry.Database.ChangeAsync(s => s.ExecuteAsync("UPDATE version_docs SET revision = revision - 1"), default);
        fixture.Documentation.Flavour = " anew";
        await fixture.Registry.Get<JobWorker>().PrepareAsync(default);
        Assert.Equal(before.Pages, (await fixture.StateAsync()).Pages);

        await fixture.DrainAsync();
        var after = await fixture.StateAsync();
        Assert.NotEqual(before.Pages, after.Pages);
        Assert.Equal("pkg  anew", (await fixture.Registry.Get<DocumentationReader>().ReadPageAsync(after.Pages, new DocPageKey(DocPageKind.Overview), default))!.Content.ToString());
        Assert.Equal(2, (await fixture.ObjectsAsync()).Count);
    }

    [Fact]
    public async Task The_search_follows_the_newest_version_and_a_yank()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("ancientThing");
        await fixture.DrainAsync();
        await fixture.PublishAsync("presentThing", "2.0.0");
        await fixture.PublishAsync("futureThing", "3.0.0-rc.1");
        var index = fixture.Registry.Get<ISymbolIndex>();
        Assert.Single(await index.SearchAsync("ancientThing", 10, default));

        await fixture.DrainAsync();
        Assert.Empty(await index.SearchAsync("ancientThing", 10, default));
        Assert.Empty(await index.SearchAsync("futureThing", 10, default));
        Assert.Single(await index.SearchAsync("presentThing", 10, default));

        var packages = fixture.Registry.Get<PackageService>();
        Assert.Null((await packages.SetYankedAsync(fixture.Publishing.Author, "scope", "pkg", "2.0.0", true, default)).Error);
        Assert.Empty(await index.SearchAsync("presentThing", 10, default));
        await fixture.DrainAsync();
        Assert.Single(await index.SearchAsync("ancientThing", 10, default));
        Assert.Null((await packages.SetYankedAsync(fixture.Publishing.Author, "scope", "pkg", "2.0.0", false, default)).Error);
        await fixture.DrainAsync();
        Assert.Single(await index.SearchAsync("presentThing", 10, default));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_does_not_commit()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha");
        fixture.Documentation.Before = async _ =>
        {
            fixture.Documentation.Before = _ => Task.CompletedTask;
            fixture.Documentation.Flavour = " of the successor";
            fixture.Registry.Clock.Advance(fixture.Registry.Options.Lease + TimeSpan.FromSeconds(1));
            await fixture.DrainAsync();
            fixture.Documentation.Flavour = " of the zombie";
        };
        await fixture.DrainAsync();
        var state = await fixture.StateAsync();
        var page = await fixture.Registry.Get<DocumentationReader>().ReadPageAsync(state.Pages, new DocPageKey(DocPageKind.Overview), default);
        Assert.Equal("pkg  of the successor", page!.Content.ToString());
    }

    [Fact]
    public async Task A_damaged_pack_is_an_error_and_no_text()
    {
        await using var fixture = await DocumentationFixture.StartAsync();
        await fixture.PublishAsync("alpha");
        await fixture.DrainAsync();
        var state = await fixture.StateAsync();
        var bytes = (await fixture.Publishing.ReadAsync(state.Pages))!;
        await fixture.Registry.Store.ReplaceAsync(state.Pages, bytes.AsMemory(0, bytes.Length / 2), default);
        using var reader = new DocumentationReader(fixture.Registry.Store);
        await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadPageAsync(state.Pages, new DocPageKey(DocPageKind.Overview), default));
    }
}
