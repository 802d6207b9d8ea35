using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiln.Server.Tests.Gateway;

/// <summary>A server whose counts stay where they are until the test takes them.</summary>
public sealed class CountingServer : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(builder =>
    {
        var pump = builder.Services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType.Name == "DatabasePump");
        builder.Services.Remove(pump);
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
