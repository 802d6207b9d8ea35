using Kiln.Registry.Storage;
using Kiln.Server.Gateway;

namespace Kiln.Server.Tests.Gateway;

/// <summary>What a gateway has in memory, and when it lets go of it.</summary>
public sealed class ObjectCacheTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts");

    private readonly string directory = Path.Combine(Path.GetTempPath(), "kiln-server-tests", Guid.NewGuid().ToString("N"));
    private readonly DirectoryObjectStore store;

    public ObjectCacheTests()
    {
        Directory.CreateDirectory(directory);
        store = DirectoryObjectStore.Open(directory);
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_file_that_was_deleted_elsewhere_is_served_for_a_minute_and_then_not_any_more()
    {
        await store.CreateAsync(Key, "export {}"u8.ToArray(), default);
        var cache = new ObjectCache(store);
        var entry = (await cache.GetAsync(Key, immutable: true, default))!.Value.Entry;
        await store.DeleteAsync(Key, default); // by another process
        Assert.NotNull(await cache.GetAsync(Key, immutable: true, default));
        entry.SeenAt -= 61_000;
        Assert.Null(await cache.GetAsync(Key, immutable: true, default));
        Assert.Null(await cache.GetAsync(Key, immutable: true, default));
    }

    [Fact]
    public async Task A_file_that_is_still_there_is_not_read_again()
    {
        await store.CreateAsync(Key, "export {}"u8.ToArray(), default);
        var cache = new ObjectCache(store);
        var entry = (await cache.GetAsync(Key, immutable: true, default))!.Value.Entry;
        entry.SeenAt -= 61_000;
        Assert.Same(entry, (await cache.GetAsync(Key, immutable: true, default))!.Value.Entry);
        Assert.InRange(Environment.TickCount64 - entry.SeenAt, 0, 30_000);
    }
}
