using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry;

/// <summary>A registry without HTTP and without workers, for the commands that look after one. Works beside a running server.</summary>
public sealed class RegistryTools : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private RegistryTools(ServiceProvider services) => this.services = services;

    public Database Database => services.GetRequiredService<Database>();

    /// <summary>Opens what the options name and brings the schema up to date. Packages' documents are rendered for the address that the registry's server uses, unless told otherwise.</summary>
    /// <param name="publicUrl">Absolute with a trailing slash; null: what the server has noted.</param>
    public static async Task<RegistryTools> OpenAsync(RegistryOptions options, string? publicUrl, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        await RegistryAdmin.PrepareAsync(options, TimeProvider.System, cancellation);
        if (publicUrl is null)
        {
            using var database = RegistryAdmin.OpenDatabase(options, TimeProvider.System);
            publicUrl = await database.ReadAsync(s => RegistryState.FindAsync<string>(s, RegistryState.PublicUrl), cancellation);
        }

        return new RegistryTools(Build(publicUrl is null ? options : options with { PublicUrl = publicUrl }, null));
    }

    public Task<FsckReport> CheckAsync(FsckOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        services.GetRequiredService<Fsck>().RunAsync(options, progress, cancellation);

    /// <summary>Lets a restored registry be changed although a check has left findings. False when it was open.</summary>
    public Task<bool> OpenForChangesAsync(CancellationToken cancellation) => Database.ChangeAsync(
        async session =>
        {
            var opened = await RegistryState.RemoveAsync(session, RegistryState.Restored) > 0;
            if (opened)
            {
                await AuditLog.AppendAsync(session, null, sudo: true, "open_restored_registry", new { forced = true });
            }

            return opened;
        },
        cancellation);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    internal static ServiceProvider Build(RegistryOptions options, Action<IServiceCollection>? configure)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<ILoggerFactory, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory>();
        collection.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        collection.AddKilnRegistry(options);
        configure?.Invoke(collection);
        return collection.BuildServiceProvider();
    }
}
