using System.Text;
using Kiln.Packages;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Registry.Docs;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Integrity;

/// <summary>A registry with the real builder and stand-in documentation, and the ways to hurt it.</summary>
public sealed class IntegrityFixture : IAsyncDisposable
{
    private static readonly FsckOptions AtOnce = new() { SecondLook = TimeSpan.Zero };

    private FakeDocumentation Documentation { get; init; } = new();

    public required TestRegistry Registry { get; init; }

    public required Principal Author { get; init; }

    public DirectoryObjectStore Store => Registry.Get<DirectoryObjectStore>();

    /// <summary>Empty, or with what was published of one package.</summary>
    public static Task<IntegrityFixture> StartAsync(params string[] versions) => StartAsync(_ => { }, versions);

    /// <summary>With a store that fails when it is told to.</summary>
    internal static Task<IntegrityFixture> StartAsync(FailingStore store, params string[] versions) =>
        StartAsync(services => services.AddSingleton<IObjectStore>(p => store.Wrap(p.GetRequiredService<DirectoryObjectStore>())), versions);

    public static async Task<IntegrityFixture> StartAsync(Action<IServiceCollection> replace, params string[] versions)
    {
        var documentation = new FakeDocumentation();
        var registry = await TestRegistry.StartAsync(replace: services =>
        {
            services.AddSingleton<BuildDocumentation>(documentation.BuildAsync);
            replace(services);
        });
        var fixture = new IntegrityFixture { Registry = registry, Author = await registry.WithPackageAsync("scope", "pkg"), Documentation = documentation };
        foreach (var version in versions)
        {
            await fixture.PublishAsync(version);
        }

        return fixture;
    }

    public static byte[] Tarball(string version, string note = "as first packed", string package = "pkg")
    {
        PackageFile File(string path, string text) => PackageFile.Create(PackagePath.Parse(path), Encoding.UTF8.GetBytes(text));
        var tarball = PublishTarball.Create(
            [
                File("/deno.json", $$"""{"name":"@scope/{{package}}","version":"{{version}}","exports":"./mod.ts","license":"MIT"}"""),
                File("/mod.ts", $"/** {note} */\nexport const note: string = \"{note}\";\nexport * from \"./other.ts\";\n"),
                File("/other.ts", "import chalk from \"npm:chalk@^5\";\nexport const other: unknown = chalk;\n"),
                File("/README.md", "# A package\n"),
            ],
            out var error);
        Assert.Null(error);
        return tarball!;
    }

    public async Task PublishAsync(string version, string note = "as first packed", string package = "pkg")
    {
        var task = await SubmitAsync(version, note, package);
        Assert.True(task.Error is null, task.Error?.Message);
        await Registry.Get<PublishWorker>().DrainAsync(default);
        Assert.Equal(PublishingStatus.Success, (await Registry.Get<PublishService>().GetTaskAsync(task.Value.Id, default)).Value.Status);
        await Registry.Get<JobWorker>().DrainAsync(default);
    }

    public Task<Result<PublishingTask>> SubmitAsync(string version, string note = "as first packed", string package = "pkg")
    {
        var body = Tarball(version, note, package);
        return Registry.Get<PublishService>().SubmitAsync(
            Author, new PublishUpload("scope", package, version, "/deno.json", "gzip", body.Length, new MemoryStream(body)), default);
    }

    public Task<FsckReport> CheckAsync(Func<FsckOptions, FsckOptions>? configure = null) =>
        Registry.Get<Fsck>().RunAsync(configure?.Invoke(AtOnce) ?? AtOnce, null, default);

    public async Task<IReadOnlyList<string>> CodesAsync() => [.. (await CheckAsync()).Findings.Select(f => f.Kind.Code).Distinct().Order(StringComparer.Ordinal)];

    public Task ExecuteAsync(string sql) => Registry.Database.ChangeAsync(s => s.ExecuteAsync(sql), default);

    public async Task<string> FindAsync(string sql) => (await Registry.Database.ReadAsync(s => s.FindAsync<string>(sql), default))!;

    /// <summary>One bit in the middle of the file.</summary>
    public void FlipBit(ObjectKey key)
    {
        var path = Store.PathOf(key);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public void Remove(ObjectKey key) => File.Delete(Store.PathOf(key));

    public byte[] BytesOf(ObjectKey key) => File.ReadAllBytes(Store.PathOf(key));

    public void Write(ObjectKey key, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Store.PathOf(key))!);
        File.WriteAllText(Store.PathOf(key), text);
    }

    public async Task<ObjectKey> UploadAsync(string version) => ObjectKeys.Staged(await FindAsync($"SELECT id FROM publishing_tasks WHERE version = '{version}'"));

    /// <summary>Every object and its bytes.</summary>
    public async Task<SortedDictionary<string, string>> SnapshotAsync(params Bucket[] buckets)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var bucket in buckets)
        {
            await foreach (var key in Store.ListAsync(bucket, "", default))
            {
                all[key.ToString()] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BytesOf(key)));
            }
        }

        return all;
    }

    public ValueTask DisposeAsync() => Registry.DisposeAsync();
}
