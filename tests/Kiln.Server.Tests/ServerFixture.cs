namespace Kiln.Server.Tests;

/// <summary>One server for all tests of a class; tests take scopes of their own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private int scopes;

    internal RunningServer Server { get; private set; } = null!;

    /// <summary>Not signed in.</summary>
    internal ApiClient Anyone => new(Server);

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A scope name that no other test uses.</summary>
    internal string NewName() => $"scope{Interlocked.Increment(ref scopes)}";

    /// <summary>A scope and its owner's command-line token.</summary>
    internal async Task<(string Scope, ApiClient Owner)> NewScopeAsync()
    {
        var scope = NewName();
        var owner = await ApiClient.PersonalAsync(Server, "owner-of-" + scope);
        Assert.Equal(200, (await owner.PostAsync("scopes", new { scope, description = "" })).Status);
        return (scope, owner);
    }

    internal async Task<(string Scope, string Package, ApiClient Owner)> NewPackageAsync()
    {
        var (scope, owner) = await NewScopeAsync();
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "lib" })).Status);
        return (scope, "lib", owner);
    }
}
