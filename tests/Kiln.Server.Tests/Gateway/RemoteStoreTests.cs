using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;
using Kiln.Server.Gateway;
using Kiln.Tooling;
using Microsoft.Extensions.Logging;

namespace Kiln.Server.Tests.Gateway;

/// <summary>The gateway's memory in front of a store that is not on this machine (security.md §3.1, F13).</summary>
public sealed class RemoteStoreTests : IAsyncLifetime
{
    private static readonly ObjectKey Meta = ObjectKeys.PackageMeta("s", "p");
    private static readonly ObjectKey Module = ObjectKeys.Module("s", "p", "1.0.0", "/mod.ts");
    private static readonly RemoteLimits Patient = new() { Fresh = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.Zero };
    private static readonly RemoteLimits Curious = Patient with { Fresh = TimeSpan.Zero };

    private readonly SemaphoreSlim turn = new(1);
    private Kiln.Registry.Storage.ChaosProxy proxy = null!;
    private S3ObjectStore store = null!;
    private S3ObjectStore other = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await S3Server.S3rverAsync();
        proxy = await Kiln.Registry.Storage.ChaosProxy.StartAsync(server.Endpoint);
        var direct = await server.NewStorageAsync();
        store = Open(direct.Replace(server.Endpoint.Authority, proxy.Address.Authority, StringComparison.Ordinal));
        other = Open(direct);
        await store.PrepareAsync(default);
        await other.ReplaceAsync(Meta, "one"u8.ToArray(), default);
        await other.CreateAsync(Module, "code"u8.ToArray(), default);
        proxy.Restart();
    }

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        other.Dispose();
        turn.Dispose();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task Many_requests_for_one_document_ask_the_store_once()
    {
        var cache = new ObjectCache(store, remote: Patient);
        var texts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => TextAsync(cache, Meta))));
        Assert.All(texts, t => Assert.Equal("one", t));
        Assert.Equal(1, proxy.Calls);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("one", await TextAsync(cache, Meta));
            Assert.Equal("code", await TextAsync(cache, Module));
        }

        Assert.Equal(2, proxy.Calls);
    }

    [Fact]
    public async Task What_this_process_writes_is_seen_at_once_and_what_another_writes_when_the_moment_is_over()
    {
        var patient = new ObjectCache(store, remote: Patient);
        var curious = new ObjectCache(store, remote: Curious);
        Assert.Equal("one", await TextAsync(patient, Meta));
        Assert.Equal("one", await TextAsync(curious, Meta));

        await store.ReplaceAsync(Meta, "two"u8.ToArray(), default);
        Assert.Equal("two", await TextAsync(patient, Meta));
        var state = await store.StateAsync(Meta, default);
        Assert.True(await store.ReplaceIfAsync(Meta, "three"u8.ToArray(), state.Version, 1, default));
        Assert.Equal("three", await TextAsync(patient, Meta));

        await other.ReplaceAsync(Meta, "four"u8.ToArray(), default);
        Assert.Equal("three", await TextAsync(patient, Meta));
        Assert.Equal("four", await TextAsync(curious, Meta));
        await store.DeleteAsync(Meta, default);
        Assert.Null(await TextAsync(patient, Meta));
    }

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.SlowDown)]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.Stall)]
    public async Task A_store_that_is_away_leaves_what_is_known_and_recovers_by_itself(Fault fault)
    {
        var cache = new ObjectCache(store, remote: Curious with { Patience = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromMilliseconds(1) });
        Assert.Equal("one", await TextAsync(cache, Meta));
        Assert.Equal("code", await TextAsync(cache, Module));
        proxy.Plan = (_, _, _) => fault;
        Assert.Equal("one", await TextAsync(cache, Meta));
        Assert.Equal("code", await TextAsync(cache, Module));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => TextAsync(cache, ObjectKeys.PackageMeta("s", "unknown")));

        proxy.Plan = (_, _, _) => Fault.None;
        await other.ReplaceAsync(Meta, "two"u8.ToArray(), default);
        await Task.Delay(20);
        Assert.Equal("two", await TextAsync(cache, Meta));
        Assert.Null(await TextAsync(cache, ObjectKeys.PackageMeta("s", "unknown")));
    }

    /// <summary>Some stores answer 403 for what is not there, and damaged bytes are one object's trouble: neither says that the store is away.</summary>
    [Theory]
    [InlineData(Fault.Refused, "InvalidAccessKeyId")]
    [InlineData(Fault.Damage, "The bytes of an object are not those that were stored.")]
    public async Task One_object_that_cannot_be_read_takes_no_other_away(Fault fault, string text)
    {
        var cache = new ObjectCache(store, remote: Curious with { Pause = TimeSpan.FromHours(1) });
        proxy.Plan = (_, _, path) => path.EndsWith("/mod.ts", StringComparison.Ordinal) ? fault : Fault.None;
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() => TextAsync(cache, Module));
        Assert.Contains(text, problem.Message, StringComparison.Ordinal);
        Assert.Equal("one", await TextAsync(cache, Meta));
        proxy.Plan = (_, _, _) => Fault.None;
        Assert.Equal("code", await TextAsync(cache, Module));
    }

    [Fact]
    public async Task A_large_document_that_is_replaced_between_its_headers_and_its_body_is_whole()
    {
        var (older, newer) = (new byte[400_000], new byte[400_001]);
        Array.Fill(newer, (byte)'b');
        await other.ReplaceAsync(Meta, older, default);
        proxy.Restart();
        proxy.Before = call => call == 2 ? other.ReplaceAsync(Meta, newer, default).AsTask() : Task.CompletedTask;
        var cache = new ObjectCache(store, remote: Patient);
        var found = (await cache.GetAsync(Meta, immutable: false, default))!.Value;
        await using var stored = found.Stored!;
        Assert.Equal(newer, await stored.ReadAllAsync(default));
        Assert.Equal(($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(newer))}\"", 400_001), (found.Entry.ETag, found.Entry.Length));
        Assert.InRange(proxy.Calls, 3, 4);
    }

    [Fact]
    public async Task It_says_whether_an_answer_came_out_of_memory()
    {
        var patient = new ObjectCache(store, remote: Patient);
        var curious = new ObjectCache(store, remote: Curious);
        Assert.False(await FromMemoryAsync(patient));
        Assert.True(await FromMemoryAsync(patient));
        Assert.False(await FromMemoryAsync(curious));
        Assert.True(await FromMemoryAsync(curious)); // the store was asked whether it has another, and had none
        await other.ReplaceAsync(Meta, "two"u8.ToArray(), default);
        Assert.False(await FromMemoryAsync(curious));
        proxy.Plan = (_, _, _) => Fault.Reset;
        Assert.True(await FromMemoryAsync(curious)); // shown because the store is away
        proxy.Plan = (_, _, _) => Fault.None;

        static async Task<bool> FromMemoryAsync(ObjectCache cache) => (await cache.GetAsync(Meta, immutable: false, default))!.Value.FromMemory;
    }

    [Fact]
    public async Task Requests_that_cannot_be_answered_get_503_that_nobody_keeps_and_one_line_in_the_log()
    {
        using var log = new CapturedLog();
        var server = await S3Server.S3rverAsync();
        var storage = (await server.NewStorageAsync()).Replace(server.Endpoint.Authority, proxy.Address.Authority, StringComparison.Ordinal);
        await using var running = await RunningServer.StartAsync(b => b.Logging.AddProvider(log), s => s with { Storage = storage });
        await running.PutAsync(Bucket.Modules, "@s/p/meta.json", "{}");
        Assert.Equal(200, (int)(await running.SendAsync("GET", "/@s/p/meta.json")).StatusCode);
        proxy.Plan = (_, _, _) => Fault.Stall;
        foreach (var (path, body) in new[] { ("/@s/p/1.0.0_meta.json", "503 - Service Unavailable"), ("/npm/@jsr/s__p", "{\"error\":") })
        {
            using var response = await running.SendAsync("GET", path);
            Assert.Equal(503, (int)response.StatusCode);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.StartsWith(body, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // One call has failed. The second request, in the pause after it, made none.
        Assert.Equal("'Modules:@s/p/1.0.0_meta.json' cannot be read from the store: The object store does not answer in time.", Assert.Single(log.Errors, l => l.Contains("from the store", StringComparison.Ordinal)));

        Assert.Equal(200, (int)(await running.SendAsync("GET", "/@s/p/meta.json")).StatusCode);
        proxy.Plan = (_, _, _) => Fault.None;
    }

    private static async Task<string?> TextAsync(ObjectCache cache, ObjectKey key)
    {
        var found = await cache.GetAsync(key, ObjectPolicies.For(key).CacheControl == ObjectPolicies.Immutable, default);
        return found is { } cached ? System.Text.Encoding.UTF8.GetString(cached.Entry.Content!) : null;
    }

    private S3ObjectStore Open(string storage)
    {
        Assert.True(StorageAddress.TryParse(storage, out var address, out var problem), problem);
        return S3ObjectStore.Open(
            address,
            Path.GetTempPath(),
            async (_, work, cancellation) =>
            {
                await turn.WaitAsync(cancellation);
                try
                {
                    await work();
                }
                finally
                {
                    turn.Release();
                }
            },
            new S3Limits { RetryDelay = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(2), Attempts = 2 });
    }
}
