using Kiln.Packages.Publishing;
using Kiln.Registry.Administration;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Downloads;
using Kiln.Registry.Graphs;
using Kiln.Registry.Identity;
using Kiln.Registry.Integrity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Search;
using Kiln.Registry.Statistics;
using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;
using Kiln.Registry.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kiln.Registry;

public static class RegistryServices
{
    /// <summary>
    /// Everything of this project. Call <see cref="RegistryAdmin.PrepareAsync"/> once before the host starts: it creates folders and database and brings the schema up to date.
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot work; the message lists every problem.</exception>
    public static IServiceCollection AddKilnRegistry(this IServiceCollection services, RegistryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems();
        if (problems.Count > 0)
        {
            throw new ArgumentException("The registry cannot start: " + string.Join(" ", problems), nameof(options));
        }

        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddKilnStorage(options);
        services.AddSingleton(p => RegistryAdmin.OpenDatabase(options, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AttemptLimiter>();
        services.AddSingleton<TokenService>();
        services.AddSingleton<AuthorizationService>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<UserService>();
        services.AddSingleton<ScopeService>();
        services.AddSingleton<InviteService>();
        services.AddSingleton<TicketService>();
        services.AddSingleton<StaffService>();
        services.AddSingleton<PackageMetadataWriter>();
        services.TryAddSingleton<VerifyRepository>(NoRepositories.VerifyAsync);
        services.AddSingleton<PackageService>();
        services.AddSingleton<StatisticsService>();
        services.AddSingleton<DownloadCounter>();
        services.AddSingleton<DownloadService>();
        services.AddSingleton<DatabasePump>();
        services.AddSingleton<StorePump>();
        services.AddSingleton<DownloadIntake>();
        services.AddSingleton<IPackageSearch, PackageSearch>();
        services.AddSingleton<UploadsInProgress>();
        services.AddSingleton<PublishSignal>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<PublishService>();
        services.AddSingleton<TaskService>();
        services.TryAddSingleton<BuildPackage>(PackageBuilder.BuildAsync);
        services.AddSingleton<DependencyResolver>();
        services.AddSingleton<LeakedSecrets>();
        services.AddSingleton<PublishPipeline>();
        services.AddSingleton<PublishWorker>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<RegistryAdmin>();
        services.AddSingleton<PackageViews>();
        services.AddSingleton<DocumentationReader>();
        services.AddSingleton<DocumentationDifference>();
        services.AddSingleton<DependencyGraph>();
        services.AddSingleton<ISymbolIndex>(p => options.Database is null ? new SqliteSymbolIndex(p.GetRequiredService<Database>()) : new PostgresSymbolIndex(p.GetRequiredService<Database>()));
        services.TryAddSingleton<BuildDocumentation>(DocumentationBuilder.BuildAsync);
        services.AddSingleton<IJobHandler, DocumentationJob>();
        services.AddSingleton<IJobHandler, SymbolJob>();
        services.AddSingleton<IJobHandler, PackageSearchJob>();
        services.AddSingleton<IJobHandler, RemovalJob>();
        services.AddSingleton<JobWorker>();
        services.AddSingleton(p => new WorkerHealth(
            p.GetRequiredService<Database>(), options, () => [p.GetRequiredService<PublishWorker>().LastLook, p.GetRequiredService<JobWorker>().LastLook]));
        services.AddSingleton<ChangeGate>();
        services.AddSingleton<VersionRebuilder>();
        services.AddSingleton<Adopter>();
        services.AddSingleton<Fsck>();
        return services;
    }

    private static void AddKilnStorage(this IServiceCollection services, RegistryOptions options)
    {
        if (options.Storage is null || !StorageAddress.TryParse(options.Storage, out var address, out _))
        {
            services.TryAddSingleton(_ => DirectoryObjectStore.Open(options.DataDirectory));
            services.TryAddSingleton<IObjectStore>(p => p.GetRequiredService<DirectoryObjectStore>());
            return;
        }

        // The database is not opened for reads: only who writes to a server without conditional writes asks for it.
        services.TryAddSingleton(p => S3ObjectStore.Open(
            address,
            Path.Combine(options.DataDirectory, "tmp"),
            (name, work, cancellation) => p.GetRequiredService<Database>().ExclusiveAsync(
                name,
                async () =>
                {
                    await work();
                    return true;
                },
                cancellation),
            p.GetService<S3Limits>()));
        services.TryAddSingleton<IObjectStore>(p => p.GetRequiredService<S3ObjectStore>());
    }

    /// <summary>The work that goes on beside requests. Separate, because <c>admin</c> commands must not do it.</summary>
    public static IServiceCollection AddKilnWorkers(this IServiceCollection services, RegistryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Database is not null)
        {
            services.AddHostedService<WakeUpListener>();
        }

        services.AddHostedService<AddressNote>();
        services.AddHostedService(p => p.GetRequiredService<Sweeper>());
        services.AddHostedService(p => p.GetRequiredService<PublishWorker>());
        services.AddHostedService(p => p.GetRequiredService<JobWorker>());
        services.AddHostedService(p => p.GetRequiredService<DownloadIntake>());
        return services;
    }

    /// <summary>For a process that changes packages and does no work beside requests: it has written documents, and looks at them again (ADR 0016).</summary>
    public static IServiceCollection AddKilnRechecks(this IServiceCollection services) => services.AddHostedService<DocumentRecheck>();

    /// <summary>Hands on what the gateway of this process counts: to the database, or, for a process without one, to the store.</summary>
    public static IServiceCollection AddKilnDownloadCounting(this IServiceCollection services, bool hasDatabase)
    {
        services.TryAddSingleton<DownloadCounter>();
        if (hasDatabase)
        {
            services.AddHostedService(p => p.GetRequiredService<DatabasePump>());
        }
        else
        {
            services.TryAddSingleton<StorePump>();
            services.AddHostedService(p => p.GetRequiredService<StorePump>());
        }

        return services;
    }
}
