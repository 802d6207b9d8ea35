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

    [Fact]
    public async Task Survives_the_removal_of_an_empty_folder_that_it_has_used()
    {
        await store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("x"), None);
        Directory.Delete(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(store.PathOf(Module("@s/p/1.0.0/mod.ts"))))!, recursive: true);
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(Module("@s/p/1.0.0/mod.ts"), Bytes("y"), None));
    }

    [Fact]
    public async Task Sees_within_a_second_that_another_folder_took_the_place_of_a_bucket()
    {
        var key = Module("@s/p/meta.json");
        await store.ReplaceAsync(key, Bytes("one"), None);
        var version = (await store.StatAsync(key, None))!.Version;
        Assert.True(await store.IsVersionAsync(key, version, None));

        var bucket = System.IO.Path.Combine(place.Path, "objects", "modules");
        Directory.Move(bucket, bucket + ".old");
        Directory.CreateDirectory(bucket);
        await Task.Delay(1100);
        Assert.False(await store.IsVersionAsync(key, version, None));
        await store.ReplaceAsync(key, Bytes("two"), None);
        Assert.True(await store.IsVersionAsync(key, (await store.StatAsync(key, None))!.Version, None));
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
}
