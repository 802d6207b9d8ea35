using Kiln.Registry.Catalog;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Docs;

/// <summary>A registry whose documentation is the stand-in.</summary>
public sealed class DocumentationFixture : IAsyncDisposable
{
    public required PublishingFixture Publishing { get; init; }

    public required FakeDocumentation Documentation { get; init; }

    public TestRegistry Registry => Publishing.Registry;

    public static async Task<DocumentationFixture> StartAsync(Func<RegistryOptions, RegistryOptions>? configure = null, Func<IObjectStore, IObjectStore>? wrapStore = null)
    {
        var documentation = new FakeDocumentation();
        var publishing = await PublishingFixture.StartAsync(configure, wrapStore, services => services.AddSingleton<BuildDocumentation>(documentation.BuildAsync));
        return new DocumentationFixture { Publishing = publishing, Documentation = documentation };
    }

    public async Task PublishAsync(string words, string version = "1.0.0") =>
        Assert.Equal(PublishingStatus.Success, (await Publishing.PublishAsync(FakeBuilder.Tarball($"/mod.ts|{words}"), version)).Status);

    public Task DrainAsync() => Registry.Get<JobWorker>().DrainAsync(default);

    public async Task<VersionDocumentation> StateAsync(string? version = null) => (await Registry.Get<PackageViews>().FindAsync("scope", "pkg", version, default))!.Documentation;

    public Task<IReadOnlyList<string>> ObjectsAsync() => Publishing.ListAsync(Bucket.Docs);

    public ValueTask DisposeAsync() => Publishing.DisposeAsync();
}
