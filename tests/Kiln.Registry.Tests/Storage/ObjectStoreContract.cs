using System.Security.Cryptography;
using System.Text;

namespace Kiln.Registry.Storage;

/// <summary>What every object store promises (<see cref="IObjectStore"/>). One subclass for each store; a test gets an empty one.</summary>
public abstract class ObjectStoreContract : IAsyncLifetime
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private protected IObjectStore Store { get; private set; } = null!;

    /// <summary>How often races are run: each round is some milliseconds on a disk, some tens over HTTP.</summary>
    private protected virtual int Rounds => 50;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IObjectStore> OpenAsync();

    /// <summary>The same store, as another process would open it.</summary>
    private protected abstract Task<IObjectStore> OpenAgainAsync();

    private protected abstract ValueTask CloseAsync();

    private protected virtual void AssertNothingTemporary()
    {
    }

    private protected static ObjectKey Module(string path) => ObjectKey.Create(Bucket.Modules, path);

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected async Task<string?> ReadAsync(ObjectKey key)
    {
        await using var stored = await Store.OpenAsync(key, None);
        return stored is null ? null : Encoding.UTF8.GetString(await stored.ReadAllAsync(None));
    }

    [Fact]
    public async Task Creates_once_and_then_compares()
    {
        var key = Module("@s/p/1.0.0/mod.ts");
        Assert.Equal(CreateOutcome.Created, await Store.CreateAsync(key, Bytes("one"), None));
        Assert.Equal(CreateOutcome.AlreadyIdentical, await Store.CreateAsync(key, Bytes("one"), None));
        Assert.Equal(CreateOutcome.Conflict, await Store.CreateAsync(key, Bytes("two"), None));
        Assert.Equal(CreateOutcome.Conflict, await Store.CreateAsync(key, Bytes("one and more"), None));
        Assert.Equal("one", await ReadAsync(key));
        AssertNothingTemporary();
    }

    [Fact]
    public async Task Of_many_creators_exactly_one_wins_and_its_bytes_stay()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var key = Module($"@s/p/1.0.{round}/mod.ts");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => (i, Outcome: await Store.CreateAsync(key, Bytes($"writer {i}"), None)))));
            var winner = Assert.Single(outcomes, o => o.Outcome == CreateOutcome.Created);
            Assert.All(outcomes.Where(o => o.i != winner.i), o => Assert.Equal(CreateOutcome.Conflict, o.Outcome));
            Assert.Equal($"writer {winner.i}", await ReadAsync(key));
        }
    }

    [Fact]
    public async Task Creates_many_and_reports_each()
    {
        await Store.CreateAsync(Module("@s/p/1.0.0/b.ts"), Bytes("b"), None);
        await Store.CreateAsync(Module("@s/p/1.0.0/dir/c.ts"), Bytes("other"), None);
        var outcomes = await Store.CreateAllAsync(
            [new(Module("@s/p/1.0.0/a.ts"), Bytes("a")), new(Module("@s/p/1.0.0/b.ts"), Bytes("b")), new(Module("@s/p/1.0.0/dir/c.ts"), Bytes("c"))], None);
        Assert.Equal([CreateOutcome.Created, CreateOutcome.AlreadyIdentical, CreateOutcome.Conflict], outcomes);
    }

    [Fact]
    public async Task An_open_object_keeps_its_bytes_while_it_is_replaced_and_the_version_tells()
    {
        var key = Module("@s/p/meta.json");
        await Store.ReplaceAsync(key, Bytes("old"), None);
        await using var old = await Store.OpenAsync(key, None);
        await Store.ReplaceAsync(key, Bytes("new"), None);
        Assert.Equal("old", Encoding.UTF8.GetString(await old!.ReadAllAsync(None)));
        Assert.Equal("new", await ReadAsync(key));
        var now = await Store.StatAsync(key, None);
        Assert.NotEqual(old.Version, now!.Version);
        Assert.Equal(3, now.Length);
        Assert.InRange(now.LastModified, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Whether_an_object_is_still_of_a_version_is_one_question()
    {
        foreach (var key in new[] { Module("@s/p/meta.json"), ObjectKey.Create(Bucket.Npm, "@jsr/s__p"), ObjectKey.Create(Bucket.Npm, "@jsr/s__p.json.gz") })
        {
            Assert.False(await Store.IsVersionAsync(key, "none", None));
            await Store.ReplaceAsync(key, Bytes("old"), None);
            var old = (await Store.StatAsync(key, None))!.Version;
            Assert.True(await Store.IsVersionAsync(key, old, None));
            Assert.False(await Store.IsVersionAsync(key, old[..^1], None));
            await Store.ReplaceAsync(key, Bytes("new"), None);
            Assert.False(await Store.IsVersionAsync(key, old, None));
            var now = (await Store.StatAsync(key, None))!.Version;
            Assert.True(await Store.IsVersionAsync(key, now, None));
            await Store.DeleteAsync(key, None);
            Assert.False(await Store.IsVersionAsync(key, now, None));
        }
    }

    [Fact]
    public async Task A_missing_object_a_folder_and_a_path_through_a_file_are_nothing()
    {
        await Store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("x"), None);
        foreach (var path in new[] { "@s/p/1.0.0/none.ts", "@s/p/1.0.0", "@s/p/1.0.0/mod.ts/below" })
        {
            Assert.Null(await Store.OpenAsync(Module(path), None));
        }

        Assert.Null(await Store.StatAsync(Module("@s/p/1.0.0/none.ts"), None));
        Assert.Null(await Store.StatAsync(Module("@s/p/1.0.0"), None));
    }

    [Fact]
    public async Task A_packument_and_its_tarballs_live_side_by_side()
    {
        var packument = ObjectKeys.Packument("s", "p");
        ObjectKey[] all = [packument, ObjectKeys.Gzip(packument), ObjectKeys.InstallPackument("s", "p"), ObjectKeys.Gzip(ObjectKeys.InstallPackument("s", "p")), ObjectKeys.NpmTarball("s", "p", "1.0.0")];
        foreach (var key in all)
        {
            await Store.ReplaceAsync(key, Bytes(key.Path), None);
        }

        foreach (var key in all)
        {
            Assert.Equal(key.Path, await ReadAsync(key));
        }

        var listed = new List<ObjectKey>();
        await foreach (var key in Store.ListAsync(Bucket.Npm, "@jsr/s__p", None))
        {
            listed.Add(key);
        }

        Assert.Equal(all.Select(k => k.Path).Order(StringComparer.Ordinal), listed.Select(k => k.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Streams_an_upload_counting_and_hashing()
    {
        var body = RandomNumberGenerator.GetBytes(300_000);
        var upload = await Store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new MemoryStream(body), 300_000, None);
        Assert.Equal(new Upload(300_000, Convert.ToHexStringLower(SHA256.HashData(body)), false), upload);
        await using var stored = await Store.OpenAsync(ObjectKeys.Staged("t"), None);
        Assert.Equal(body, await stored!.ReadAllAsync(None));
    }

    [Fact]
    public async Task An_upload_over_the_limit_or_cut_off_leaves_nothing()
    {
        var tooLarge = await Store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new MemoryStream(new byte[1001]), 1000, None);
        Assert.True(tooLarge.LimitExceeded);
        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new CutOffStream(), 1000, None));
        Assert.Null(await Store.StatAsync(ObjectKeys.Staged("t"), None));
        AssertNothingTemporary();
    }

    [Fact]
    public async Task Deletes_once()
    {
        var key = ObjectKeys.Staged("t");
        await Store.ReplaceAsync(key, Bytes("x"), None);
        Assert.True(await Store.DeleteAsync(key, None));
        Assert.False(await Store.DeleteAsync(key, None));
        Assert.Null(await ReadAsync(key));
    }

    [Fact]
    public async Task Reads_ranges_of_large_and_small_objects()
    {
        var body = RandomNumberGenerator.GetBytes(1_500_000);
        var key = Module("@s/p/1.0.0/large.wasm");
        Assert.Equal(CreateOutcome.Created, await Store.CreateAsync(key, body, None));
        Assert.Equal(CreateOutcome.AlreadyIdentical, await Store.CreateAsync(key, body, None));
        Assert.Equal(CreateOutcome.Conflict, await Store.CreateAsync(key, RandomNumberGenerator.GetBytes(1_500_000), None));
        Assert.Equal(body[700_000..700_100], await Store.ReadRangeAsync(key, 700_000, 100, None));
        Assert.Equal(body[..1], await Store.ReadRangeAsync(key, 0, 1, None));
        Assert.Equal(body[1_499_990..], await Store.ReadRangeAsync(key, 1_499_990, 100, None));
        Assert.Empty((await Store.ReadRangeAsync(key, 1_500_000, 100, None))!);
        Assert.Empty((await Store.ReadRangeAsync(key, 2_000_000, 100, None))!);
        Assert.Empty((await Store.ReadRangeAsync(key, 5, 0, None))!);
        Assert.Null(await Store.ReadRangeAsync(Module("@s/p/1.0.0/none"), 0, 10, None));
        await using var stored = await Store.OpenAsync(key, None);
        Assert.Equal(body, await stored!.ReadAllAsync(None));
        Assert.Equal(1_500_000, (await Store.StatAsync(key, None))!.Length);
    }

    [Fact]
    public async Task Empty_objects_exist()
    {
        var key = Module("@s/p/1.0.0/empty.txt");
        Assert.Equal(CreateOutcome.Created, await Store.CreateAsync(key, ReadOnlyMemory<byte>.Empty, None));
        Assert.Equal(CreateOutcome.AlreadyIdentical, await Store.CreateAsync(key, ReadOnlyMemory<byte>.Empty, None));
        Assert.Equal("", await ReadAsync(key));
        Assert.Equal(0, (await Store.StatAsync(key, None))!.Length);
    }

    [Fact]
    public async Task Every_character_that_a_key_may_have_comes_back()
    {
        var paths = new[] { "@s/p/1.0.0+build.7/a.ts", "@s/p/1.0.0/$()+-.@[]_{}~/x", "@s/p/1.0.0/UPPER/lower.ts", "@s/p/1.0.0/[id].tsx", "@s/p/1.0.0/a~b.ts" };
        foreach (var path in paths)
        {
            Assert.Equal(CreateOutcome.Created, await Store.CreateAsync(Module(path), Bytes(path), None));
        }

        foreach (var path in paths)
        {
            Assert.Equal(path, await ReadAsync(Module(path)));
        }

        var listed = new List<string>();
        await foreach (var key in Store.ListAsync(Bucket.Modules, "@s/p/", None))
        {
            listed.Add(key.Path);
        }

        Assert.Equal(paths.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lists_more_than_a_page_holds_and_only_what_the_prefix_names()
    {
        await Store.CreateAllAsync([.. Enumerable.Range(0, 1100).Select(i => new NewObject(Module($"@s/many/1.0.0/{i}.ts"), Bytes("x")))], None);
        await Store.CreateAsync(Module("@s/manyother/1.0.0/0.ts"), Bytes("x"), None);
        await Store.CreateAsync(ObjectKey.Create(Bucket.Docs, "@s/many/1.0.0/x.pages"), Bytes("x"), None);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var key in Store.ListAsync(Bucket.Modules, "@s/many/", None))
        {
            Assert.True(listed.Add(key.Path));
        }

        Assert.Equal(1100, listed.Count);
    }

    [Fact]
    public async Task Replaces_only_the_version_that_was_seen_and_remembers_the_generation()
    {
        var key = Module("@s/p/meta.json");
        Assert.Equal(default, await Store.StateAsync(key, None));
        Assert.False(await Store.ReplaceIfAsync(key, Bytes("x"), "no such version", 1, None));
        Assert.Null(await ReadAsync(key));

        Assert.True(await Store.ReplaceIfAsync(key, Bytes("one"), null, 1, None));
        var first = await Store.StateAsync(key, None);
        Assert.Equal(1, first.Generation);
        Assert.False(await Store.ReplaceIfAsync(key, Bytes("new again"), null, 2, None));
        Assert.Equal("one", await ReadAsync(key));

        Assert.True(await Store.ReplaceIfAsync(key, Bytes("two"), first.Version, 2, None));
        Assert.False(await Store.ReplaceIfAsync(key, Bytes("late"), first.Version, 3, None));
        var second = await Store.StateAsync(key, None);
        Assert.Equal(2, second.Generation);
        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal("two", await ReadAsync(key));

        // As another process sees it.
        var other = await OpenAgainAsync();
        Assert.Equal(second, await other.StateAsync(key, None));
        Assert.True(await other.ReplaceIfAsync(key, Bytes("three"), second.Version, 7, None));
        Assert.Equal(7, (await Store.StateAsync(key, None)).Generation);

        // Bytes that came from elsewhere show no generation that we know.
        await Store.ReplaceAsync(key, Bytes("foreign"), None);
        Assert.Equal(0, (await Store.StateAsync(key, None)).Generation);
        AssertNothingTemporary();
    }

    [Fact]
    public async Task Deletes_only_the_version_that_was_seen()
    {
        var key = ObjectKeys.LatestManifest("s", "p");
        Assert.True(await Store.ReplaceIfAsync(key, Bytes("one"), null, 1, None));
        var first = (await Store.StateAsync(key, None)).Version!;
        Assert.True(await Store.ReplaceIfAsync(key, Bytes("two"), first, 2, None));
        Assert.False(await Store.DeleteIfAsync(key, first, None));
        Assert.Equal("two", await ReadAsync(key));
        var second = (await Store.StateAsync(key, None)).Version!;
        Assert.True(await Store.DeleteIfAsync(key, second, None));
        Assert.Null(await ReadAsync(key));
        Assert.True(await Store.DeleteIfAsync(key, second, None));
        Assert.True(await Store.ReplaceIfAsync(key, Bytes("three"), null, 3, None));
    }

    [Fact]
    public async Task Counts_of_many_writers_in_two_processes_add_up()
    {
        const int Writers = 8;
        const int Steps = 5;
        var key = Module("@s/p/meta.json");
        var other = await OpenAgainAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var store = w % 2 == 0 ? Store : other;
            for (var step = 0; step < Steps;)
            {
                var state = await store.StateAsync(key, None);
                var next = state.Generation + 1;

                // Bytes of its own: after a lost answer, a writer takes equal bytes for its work.
                if (await store.ReplaceIfAsync(key, Bytes($"{next} by {w}"), state.Version, next, None))
                {
                    step++;
                }
            }
        })));
        Assert.StartsWith($"{Writers * Steps} by ", await ReadAsync(key), StringComparison.Ordinal);
        Assert.Equal(Writers * Steps, (await Store.StateAsync(key, None)).Generation);
    }

    private sealed class CutOffStream : MemoryStream
    {
        private bool read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (read)
            {
                throw new EndOfStreamException("The client went away.");
            }

            read = true;
            buffer.Span[..10].Clear();
            return ValueTask.FromResult(10);
        }
    }
}
