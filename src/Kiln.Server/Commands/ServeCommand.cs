using System.CommandLine;
using System.Net.Sockets;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Server.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Kiln.Server.Commands;

/// <summary><c>kiln serve</c>: runs the registry until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var command = new Command("serve", "Run the registry: site, API, modules and npm on one address") { settings.Urls, settings.PublicUrl, settings.Roles, settings.MetricsUrl };
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

        using var alone = DataDirectoryLock.TryTake(options.DataDirectory, out problem);
        if (alone is null)
        {
            return SharedOptions.Fail(problem!);
        }

        try
        {
            await RegistryAdmin.PrepareAsync(options.ToRegistryOptions(), TimeProvider.System, cancellation);
            await using var app = KilnApplication.Build(options);
            await StorageNotice.PrepareAsync(app.Services, options, Console.Out, cancellation);
            await app.StartAsync(cancellation);
            await Banner.WriteAsync(Console.Out, options, app.Services.GetRequiredService<RegistryAdmin>(), cancellation);
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
            return SharedOptions.Fail($"the database {PostgresAddress.Describe(options.Database)} does not answer: {(e.InnerException ?? e).Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SharedOptions.Fail(e.Message);
        }
    }
}
