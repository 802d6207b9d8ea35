using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Publishing;

/// <summary>A registry with the scope <c>scope</c>, the package <c>pkg</c>, an author and the stand-in builder.</summary>
public sealed class PublishingFixture : IAsyncDisposable
{
    public required TestRegistry Registry { get; init; }

    public required FakeBuilder Builder { get; init; }

    public required Principal Author { get; init; }

    /// <summary>Without what a test has wrapped around it.</summary>
    private IObjectStore Bare => Registry.Options.Storage is null ? Registry.Get<DirectoryObjectStore>() : Registry.Get<S3ObjectStore>();

    public PublishService Service => Registry.Get<PublishService>();

    public static async Task<PublishingFixture> StartAsync(
        Func<RegistryOptions, RegistryOptions>? configure = null, Func<IObjectStore, IObjectStore>? wrapStore = null, Action<IServiceCollection>? replace = null)
    {
        var builder = new FakeBuilder();
        var registry = await TestRegistry.StartAsync(
            o =>
            {
                o = o with { RetryDelay = TimeSpan.FromSeconds(1) };
                return configure?.Invoke(o) ?? o;
            },
            services =>
            {
                services.AddSingleton<BuildPackage>(builder.BuildAsync);
                replace?.Invoke(services);
                if (wrapStore is not null)
                {
                    services.AddSingleton(p => wrapStore(p.GetService<DirectoryObjectStore>() ?? (IObjectStore)p.GetRequiredService<S3ObjectStore>()));
                }
            });
        return new PublishingFixture { Registry = registry, Builder = builder, Author = await registry.WithPackageAsync("scope", "pkg") };
    }

    public static PublishUpload Upload(byte[] body, string version = "1.0.0", string package = "pkg") =>
        new("scope", package, version, "/deno.json", "gzip", body.Length, new MemoryStream(body));

    public Task<Result<PublishingTask>> SubmitAsync(byte[] body, string version = "1.0.0", string package = "pkg") =>
        Service.SubmitAsync(Author, Upload(body, version, package), default);

    public async Task<PublishingTask> PublishAsync(byte[] body, string version = "1.0.0", string package = "pkg")
    {
        var submitted = await SubmitAsync(body, version, package);
        Assert.True(submitted.Error is null, submitted.Error?.Message);
        await DrainAsync();
        return (await Service.GetTaskAsync(submitted.Value.Id, default)).Value;
    }

    public Task DrainAsync() => Registry.Get<PublishWorker>().DrainAsync(default);

    public async Task<byte[]?> ReadAsync(ObjectKey key)
    {
        await using var stored = await Bare.OpenAsync(key, default);
        return stored is null ? null : await stored.ReadAllAsync(default);
    }

    public async Task<JsonElement> ReadJsonAsync(ObjectKey key) => JsonDocument.Parse((await ReadAsync(key))!).RootElement.Clone();

    public async Task<IReadOnlyList<string>> ListAsync(Bucket bucket)
    {
        var paths = new List<string>();
        await foreach (var key in Bare.ListAsync(bucket, "", default))
        {
            paths.Add(key.Path);
        }

        return [.. paths.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every public object and its bytes.</summary>
    public async Task<SortedDictionary<string, string>> SnapshotAsync()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var bucket in new[] { Bucket.Modules, Bucket.Npm })
        {
            foreach (var path in await ListAsync(bucket))
            {
                all[$"{bucket}:{path}"] = Convert.ToHexStringLower(SHA256.HashData((await ReadAsync(ObjectKey.Create(bucket, path)))!));
            }
        }

        return all;
    }

    public async Task AssertNothingLeftAsync()
    {
        foreach (var table in new[] { "publishing_tasks", "version_claims", "package_versions" })
        {
            Assert.Equal(0, await Registry.CountAsync(table));
        }

        await AssertNoObjectAsync();
    }

    public async Task AssertNoObjectAsync()
    {
        foreach (var bucket in Enum.GetValues<Bucket>())
        {
            Assert.Empty(await ListAsync(bucket));
        }

        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Registry.Options.DataDirectory, "tmp"), "*", SearchOption.AllDirectories), f => !f.EndsWith(".lock", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Registry.DisposeAsync();
}
