using Kiln.Clients.Sandbox;
using Kiln.Tooling;

[assembly: AssemblyFixture(typeof(Kiln.Clients.Server.PublishedWorkspace))]

namespace Kiln.Clients.Server;

/// <summary>One server to which <c>deno publish --token</c> has published the workspace of three packages; shared by tests that only read.</summary>
public sealed class PublishedWorkspace : IAsyncDisposable
{
    private readonly StartedOnce<Published> published = new(PublishAsync);

    internal Task<Published> GetAsync() => published.GetAsync();

    public ValueTask DisposeAsync() => published.DisposeAsync();

    internal static async Task<Published> PublishAsync()
    {
        _ = ToolPaths.Deno;
        var server = await KilnServer.StartAsync();
        var token = await server.NewUserAsync("alice");
        await server.NewScopeAsync(token, "demo", "jsx", "shapes", "page");
        using var sandbox = new ClientSandbox(server);
        var workspace = sandbox.CopyWorkspace();
        var result = await sandbox.DenoAsync(workspace, "publish", "--token", token);
        return new Published(server, token, result.MustSucceed());
    }
}

/// <param name="Said">What <c>deno publish</c> printed.</param>
internal sealed record Published(KilnServer Server, string Token, ChildResult Said) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
