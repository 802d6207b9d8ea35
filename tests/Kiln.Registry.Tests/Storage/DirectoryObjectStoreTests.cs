using System.Security.Cryptography;
using System.Text;

namespace Kiln.Registry.Storage;

public sealed class DirectoryObjectStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryDirectory place = new();
    private readonly DirectoryObjectStore store;

    public DirectoryObjectStoreTests() => store = DirectoryObjectStore.Open(place.Path);

    public void Dispose()
    {
        store.Dispose();
        place.Dispose();
    }

    private static ObjectKey Module(string path) => ObjectKey.Create(Bucket.Modules, path);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string?> ReadAsync(ObjectKey key)
    {
        await using var stored = await store.OpenAsync(key, None);
        return stored is null ? null : Encoding.UTF8.GetString(await stored.ReadAllAsync(None));
    }

    [Fact]
    public async Task Creates_once_and_then_compares()
    {
        var key = Module("@s/p/1.0.0/mod.ts");
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(key, Bytes("one"), None));
        Assert.Equal(CreateOutcome.AlreadyIdentical, await store.CreateAsync(key, Bytes("one"), None));
        Assert.Equal(CreateOutcome.Conflict, await store.CreateAsync(key, Bytes("two"), None));
        Assert.Equal(CreateOutcome.Conflict, await store.CreateAsync(key, Bytes("one and more"), None));
        Assert.Equal("one", await ReadAsync(key));
        Assert.Empty(TemporaryFilesLeft());
    }

    [Fact]
    public async Task Of_many_creators_exactly_one_wins_and_its_bytes_stay()
    {
        for (var round = 0; round < 50; round++)
        {
            var key = Module($"@s/p/1.0.{round}/mod.ts");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => (i, Outcome: await store.CreateAsync(key, Bytes($"writer {i}"), None)))));
            var winner = Assert.Single(outcomes, o => o.Outcome == CreateOutcome.Created);
            Assert.All(outcomes.Where(o => o.i != winner.i), o => Assert.Equal(CreateOutcome.Conflict, o.Outcome));
            Assert.Equal($"writer {winner.i}", await ReadAsync(key));
        }
    }

    [Fact]
    public async Task Creates_many_and_reports_each()
    {
        await store.CreateAsync(Module("@s/p/1.0.0/b.ts"), Bytes("b"), None);
        await store.CreateAsync(Module("@s/p/1.0.0/dir/c.ts"), Bytes("other"), None);
        var outcomes = await store.CreateAllAsync(
            [new(Module("@s/p/1.0.0/a.ts"), Bytes("a")), new(Module("@s/p/1.0.0/b.ts"), Bytes("b")), new(Module("@s/p/1.0.0/dir/c.ts"), Bytes("c"))], None);
        Assert.Equal([CreateOutcome.Created, CreateOutcome.AlreadyIdentical, CreateOutcome.Conflict], outcomes);
    }

    [Fact]
    public async Task An_open_object_keeps_its_bytes_while_it_is_replaced_and_the_version_tells()
    {
        var key = Module("@s/p/meta.json");
        await store.ReplaceAsync(key, Bytes("old"), None);
        await using var old = await store.OpenAsync(key, None);
        await store.ReplaceAsync(key, Bytes("new"), None);
        Assert.Equal("old", Encoding.UTF8.GetString(await old!.ReadAllAsync(None)));
        Assert.Equal("new", await ReadAsync(key));
        var now = await store.StatAsync(key, None);
        Assert.NotEqual(old.Version, now!.Version);
        Assert.Equal(3, now.Length);
        Assert.InRange(now.LastModified, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task A_missing_object_a_folder_and_a_path_through_a_file_are_nothing()
    {
        await store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("x"), None);
        foreach (var path in new[] { "@s/p/1.0.0/none.ts", "@s/p/1.0.0", "@s/p/1.0.0/mod.ts/below" })
        {
            Assert.Null(await store.OpenAsync(Module(path), None));
        }

        Assert.Null(await store.StatAsync(Module("@s/p/1.0.0/none.ts"), None));
        Assert.Null(await store.StatAsync(Module("@s/p/1.0.0"), None));
    }

    [Fact]
    public async Task A_packument_and_its_tarballs_live_side_by_side()
    {
        var packument = ObjectKeys.Packument("s", "p");
        ObjectKey[] all = [packument, ObjectKeys.Gzip(packument), ObjectKeys.InstallPackument("s", "p"), ObjectKeys.Gzip(ObjectKeys.InstallPackument("s", "p")), ObjectKeys.NpmTarball("s", "p", "1.0.0")];
        foreach (var key in all)
        {
            await store.ReplaceAsync(key, Bytes(key.Path), None);
        }

        foreach (var key in all)
        {
            Assert.Equal(key.Path, await ReadAsync(key));
        }

        var listed = new List<ObjectKey>();
        await foreach (var key in store.ListAsync(Bucket.Npm, "@jsr/s__p", None))
        {
            listed.Add(key);
        }

        Assert.Equal(all.Select(k => k.Path).Order(StringComparer.Ordinal), listed.Select(k => k.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Streams_an_upload_counting_and_hashing()
    {
        var body = RandomNumberGenerator.GetBytes(300_000);
        var upload = await store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new MemoryStream(body), 300_000, None);
        Assert.Equal(new Upload(300_000, Convert.ToHexStringLower(SHA256.HashData(body)), false), upload);
        await using var stored = await store.OpenAsync(ObjectKeys.Staged("t"), None);
        Assert.Equal(body, await stored!.ReadAllAsync(None));
    }

    [Fact]
    public async Task An_upload_over_the_limit_or_cut_off_leaves_nothing()
    {
        var tooLarge = await store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new MemoryStream(new byte[1001]), 1000, None);
        Assert.True(tooLarge.LimitExceeded);
        await Assert.ThrowsAsync<EndOfStreamException>(() => store.CreateFromStreamAsync(ObjectKeys.Staged("t"), new CutOffStream(), 1000, None));
        Assert.Null(await store.StatAsync(ObjectKeys.Staged("t"), None));
        Assert.Empty(TemporaryFilesLeft());
    }

    [Fact]
    public async Task Deletes_once()
    {
        var key = ObjectKeys.Staged("t");
        await store.ReplaceAsync(key, Bytes("x"), None);
        Assert.True(await store.DeleteAsync(key, None));
        Assert.False(await store.DeleteAsync(key, None));
        Assert.Null(await ReadAsync(key));
    }

    [Fact]
    public async Task Survives_the_removal_of_an_empty_folder_that_it_has_used()
    {
        await store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("x"), None);
        Directory.Delete(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(store.PathOf(Module("@s/p/1.0.0/mod.ts"))))!, recursive: true);
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("y"), None));
    }

    [Fact]
    public void A_sweep_takes_the_files_of_dead_processes_and_leaves_those_of_the_living()
    {
        var dead = System.IO.Path.Combine(place.Path, "tmp", "dead");
        Directory.CreateDirectory(dead);
        File.WriteAllText(dead + ".lock", "");
        File.WriteAllText(System.IO.Path.Combine(dead, "half"), "half");
        using var other = DirectoryObjectStore.Open(place.Path);
        var living = Directory.GetDirectories(System.IO.Path.Combine(place.Path, "tmp")).Where(d => d != dead).ToArray();
        Assert.Equal(2, living.Length);

        Assert.Equal(1, store.SweepTemporaryFiles());
        Assert.False(Directory.Exists(dead));
        Assert.All(living, d => Assert.True(Directory.Exists(d)));
    }

    private IEnumerable<string> TemporaryFilesLeft() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(place.Path, "tmp"), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal));

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
