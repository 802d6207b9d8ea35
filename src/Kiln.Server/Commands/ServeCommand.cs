using System.CommandLine;
using System.Net.Sockets;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace Kiln.Server.Commands;

/// <summary><c>kiln serve</c>: runs the registry until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var command = new Command("serve", "Run the registry: site, API, modules and npm on one address")
        {
            settings.Urls, settings.PublicUrl, settings.Roles, settings.MetricsUrl, settings.TrustedProxies, settings.RateLimits, settings.Names,
        };
        settings.AddPlacesTo(command);
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(settings, out var options, out var problem))
        {
            return SharedOptions.Fail(problem);
        }

        // A gateway only reads: beside whatever else runs there. With database and store elsewhere, nothing is in the folder.
        var usesFolder = options.UsesDatabase && (options.Database is null || options.Storage is null);
        using var place = usesFolder ? DataDirectoryLock.TryTake(options.DataDirectory, shared: options.Database is not null, out problem) : null;
        if (usesFolder && place is null)
        {
            return SharedOptions.Fail(problem!);
        }

        try
        {
            if (options.UsesDatabase)
            {
                await PrepareAsync(options, cancellation);
            }

            await using var app = KilnApplication.Build(options);
            await StorageNotice.PrepareAsync(app.Services, options, Console.Out, cancellation);
            await StartAsync(app, cancellation);
            await Banner.WriteAsync(Console.Out, options, app.Services, cancellation);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return SharedOptions.Fail($"{options.Urls[0]} is in use by another program; choose another address, for example --urls http://127.0.0.1:{options.Urls[0].Port + 1}");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AccessDenied)
        {
            return SharedOptions.Fail($"cannot listen on {options.Urls[0]}: {e.Message}");
        }
        catch (DatabaseUnavailableException e) when (options.Database is not null)
        {
            return SharedOptions.Fail($"the database {PostgresAddress.Describe(options.Database)} {(e.IsTransient ? "does not answer" : "cannot be used")}: {(e.InnerException ?? e).Message}");
        }
        catch (SqliteException e)
        {
            return SharedOptions.Fail($"the database '{options.ToRegistryOptions().DatabaseFile}' cannot be used: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || (e is InvalidOperationException && options.Database is not null))
        {
            return SharedOptions.Fail(e.Message);
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            // The workers run before the address is taken. They end as at any other end: what they have leased is given back, and nobody logs that it was interrupted.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Waits a while for a database that is starting too; one that never comes is for whoever supervises the process.</summary>
    private static async Task PrepareAsync(ServerOptions options, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await RegistryAdmin.PrepareAsync(options.ToRegistryOptions(), TimeProvider.System, cancellation);
                return;
            }
            catch (DatabaseUnavailableException e) when (e.IsTransient && TimeProvider.System.GetElapsedTime(begun) < DatabasePatience)
            {
                await Console.Error.WriteLineAsync($"kiln: the database {PostgresAddress.Describe(options.Database!)} does not answer, trying again: {(e.InnerException ?? e).Message}");
                await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellation);
            }
        }
    }
}
