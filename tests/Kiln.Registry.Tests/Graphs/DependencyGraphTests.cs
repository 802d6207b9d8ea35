using System.Text.Json;
using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Graphs;

/// <summary>Anybody may ask for a graph, and packages decide what it is made of: every part of it has a bound, and it is an answer in every case.</summary>
public sealed class DependencyGraphTests : IAsyncLifetime
{
    private PublishingFixture fixture = null!;

    public async ValueTask InitializeAsync()
    {
        fixture = await PublishingFixture.StartAsync();
        await fixture.Registry.WithPackageAsync("scope", "one", "two");
        foreach (var package in new[] { "pkg", "one", "two" })
        {
            await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|" + package), "1.0.0", package);
        }
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Modules_that_cannot_be_followed_count_too()
    {
        await WriteAsync("pkg", ["./mod.ts"], [.. Enumerable.Range(0, 100).Select(i => $"./none{i}.ts")]);
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { MostModules = 10 };
        var nodes = await ReadAsync(graph);
        Assert.Equal(11, nodes.Count);
        Assert.Single(nodes, n => n.Subject is BrokenModule { Error: var e } && e.Contains("more than 10 modules", StringComparison.Ordinal));
        Assert.Equal(nodes.Count, nodes.Select(n => n.Id).Distinct().Count());
        Assert.Equal(nodes[^1].Children.Distinct(), nodes[^1].Children); // the cut once, however many it stands for
    }

    [Fact]
    public async Task Entry_points_count_too()
    {
        await WriteAsync("pkg", [.. Enumerable.Range(0, 100).Select(i => $"./m{i}.ts")], []);
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { MostModules = 10 };
        var nodes = await ReadAsync(graph);
        Assert.Equal(11, nodes.Count);
        Assert.Contains("more than 10 modules", Assert.IsType<BrokenModule>(nodes[^1].Subject).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_that_fits_exactly_is_not_cut()
    {
        await WriteAsync("pkg", [.. Enumerable.Range(0, 10).Select(i => $"./m{i}.ts")], []);
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { MostModules = 10 };
        Assert.Equal(10, (await ReadAsync(graph)).Count(n => n.Subject is OwnModule));
    }

    [Fact]
    public async Task A_specifier_that_is_named_often_is_one_edge()
    {
        await WriteAsync("pkg", ["./mod.ts"], ["./mod.ts?a", "./none.ts", "jsr:@scope/one@1", "jsr:@scope/one@^1", "jsr:@scope/one@1.0.0"]);
        var nodes = await ReadAsync(fixture.Registry.Get<DependencyGraph>());
        Assert.Equal(3, nodes.Count); // the missing file, one module of one version, itself
        Assert.Equal(2, nodes[^1].Children.Count);
    }

    [Fact]
    public async Task Ranges_of_packages_have_a_limit()
    {
        await WriteAsync("pkg", ["./mod.ts"], ["jsr:@scope/one@1", "jsr:@scope/two@1"]);
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { MostPackages = 1 };
        var nodes = await ReadAsync(graph);
        Assert.Contains(nodes, n => n.Subject is PackageModule { Package: "one" });
        Assert.Contains(nodes, n => n.Subject is BrokenModule { Error: var e } && e.Contains("more than 1 packages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_manifests_of_a_graph_have_a_limit_together()
    {
        await WriteAsync("pkg", ["./mod.ts"], ["jsr:@scope/one@1", "jsr:@scope/two@1"]);
        var size = await SizeAsync("pkg") + await SizeAsync("one");
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { MostBytes = size };
        var nodes = await ReadAsync(graph);
        Assert.Contains(nodes, n => n.Subject is PackageModule { Package: "one" });
        Assert.DoesNotContain(nodes, n => n.Subject is PackageModule { Package: "two" });
        Assert.Contains(nodes, n => n.Subject is BrokenModule { Error: var e } && e.Contains($"more than {size} bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_that_is_too_large_is_no_missing_version()
    {
        await WriteAsync("pkg", ["./mod.ts"], ["jsr:@scope/one@1"]);
        using var small = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { LargestManifest = 20 };
        Assert.Equal("The manifest of @scope/pkg@1.0.0 is too large for a graph.", Assert.IsType<BrokenModule>(Assert.Single(await ReadAsync(small)).Subject).Error);

        await WriteAsync("one", [.. Enumerable.Range(0, 100).Select(i => $"./m{i}.ts")], []);
        using var graph = new DependencyGraph(fixture.Registry.Database, fixture.Registry.Store) { LargestManifest = await SizeAsync("pkg") };
        Assert.Contains(await ReadAsync(graph), n => n.Subject is BrokenModule { Error: "The manifest of @scope/one@1.0.0 is too large for a graph." });

        await fixture.Registry.Store.DeleteAsync(ObjectKeys.VersionMeta("scope", "one", "1.0.0"), default);
        Assert.Contains(await ReadAsync(graph), n => n.Subject is BrokenModule { Error: "The manifest of @scope/one@1.0.0 is lost." });
    }

    /// <summary>Each holds the manifests of a whole graph in memory.</summary>
    [Fact]
    public async Task Two_graphs_are_made_at_once()
    {
        using var reading = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        var store = new PausingStore(fixture.Registry.Store)
        {
            BeforeOpen = () =>
            {
                reading.Release();
                return release.Task;
            },
        };
        using var graph = new DependencyGraph(fixture.Registry.Database, store);
        var graphs = Enumerable.Range(0, 4).Select(_ => ReadAsync(graph)).ToArray();
        await reading.WaitAsync();
        await reading.WaitAsync();
        Assert.False(await reading.WaitAsync(TimeSpan.FromMilliseconds(300)));
        release.SetResult();
        Assert.All(await Task.WhenAll(graphs), nodes => Assert.Single(nodes));
    }

    private static async Task<IReadOnlyList<GraphNode>> ReadAsync(DependencyGraph graph) => (await graph.ReadAsync("scope", "pkg", "1.0.0", default)).Value;

    private async Task<int> SizeAsync(string package) => (await fixture.ReadAsync(ObjectKeys.VersionMeta("scope", package, "1.0.0")))!.Length;

    /// <summary>A manifest with these entry points, the first of which imports all of these.</summary>
    private async Task WriteAsync(string package, string[] exports, string[] imports) => await fixture.Registry.Store.ReplaceAsync(
        ObjectKeys.VersionMeta("scope", package, "1.0.0"),
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifest = exports.ToDictionary(e => e[1..], _ => new { size = 1, checksum = "" }),
            exports = exports.Select((e, i) => (Key: i == 0 ? "." : $"./e{i}", Path: e)).ToDictionary(e => e.Key, e => e.Path),
            moduleGraph2 = new Dictionary<string, object> { [exports[0][1..]] = new { dependencies = imports.Select(i => new { type = "static", kind = "import", specifier = i }) } },
        }),
        default);
}
