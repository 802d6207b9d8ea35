using Kiln.Clients.Sandbox;
using Kiln.Tooling;

[assembly: AssemblyFixture(typeof(Kiln.Clients.Server.PublishedKit))]

namespace Kiln.Clients.Server;

/// <summary>A server with the workspace and <c>@typed/kit</c>, which has everything that an npm package may have; shared by tests that only read.</summary>
public sealed class PublishedKit : IAsyncDisposable
{
    private readonly StartedOnce<KilnServer> server = new(PublishAsync);

    internal Task<KilnServer> GetAsync() => server.GetAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<KilnServer> PublishAsync()
    {
        var published = await PublishedWorkspace.PublishAsync();
        await published.Server.NewScopeAsync(published.Token, "typed", "kit");
        using var sandbox = new ClientSandbox(published.Server);
        var kit = sandbox.NewProject("kit");
        TemporaryFolder.Copy(Path.Combine(ToolPaths.Root, "tests", "Clients", "Fixtures", "kit"), kit);

        // Types are checked and none is slow.
        (await sandbox.DenoAsync(kit, "publish", "--token", published.Token)).MustSucceed();
        return published.Server;
    }
}
