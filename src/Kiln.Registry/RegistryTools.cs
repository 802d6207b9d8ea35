using Kiln.Registry.Backup;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Kiln.Registry.Storage;
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

    /// <param name="place">A folder, made when it is missing, or an <c>s3://</c> address. It holds any number of backups and each object once.</param>
    public async Task<BackupResult> BackUpAsync(string place, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var target = await BackupPlace.OpenAsync(place, create: true, cancellation);
        await using (target.Owner)
        {
            return await new BackupWriter(Database, services.GetRequiredService<IObjectStore>(), target.Store).RunAsync(progress, cancellation);
        }
    }

    /// <summary>Puts lost or damaged objects of this registry back.</summary>
    public async Task<RestoreResult> PutBackAsync(string place, RestoreOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var source = await BackupPlace.OpenAsync(place, create: false, cancellation);
        await using (source.Owner)
        {
            return await NewRestorer(source.Store).PutBackAsync(await BackupPlace.FindAsync(source.Store, options.Backup, cancellation), progress, cancellation);
        }
    }

    /// <summary>Makes a registry at an empty place.</summary>
    /// <param name="publicUrl">Null: that of the registry that was backed up.</param>
    public static async Task<RestoreResult> RestoreAsync(
        RegistryOptions registry, string? publicUrl, string place, RestoreOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        var source = await BackupPlace.OpenAsync(place, create: false, cancellation);
        await using (source.Owner)
        {
            var manifest = await BackupPlace.FindAsync(source.Store, options.Backup, cancellation);
            registry = registry with { PublicUrl = publicUrl ?? manifest.PublicUrl ?? registry.PublicUrl };
            await RegistryAdmin.PrepareAsync(registry, TimeProvider.System, cancellation, Restorer.MigrationsFor(manifest));
            await using var tools = new RegistryTools(Build(registry, null));
            return await tools.NewRestorer(source.Store).RunAsync(manifest, options, token => RegistryAdmin.PrepareAsync(registry, TimeProvider.System, token), progress, cancellation);
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private Restorer NewRestorer(IObjectStore backup) => new(Database, services.GetRequiredService<IObjectStore>(), backup, services.GetRequiredService<Fsck>(), services.GetRequiredService<Publishing.PublishWorker>());

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
