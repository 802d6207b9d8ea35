using System.CommandLine;
using System.Net.Sockets;
using Kiln.Registry;
using Kiln.Server.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Kiln.Server.Commands;

/// <summary><c>kiln serve</c>: runs the registry until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen; several are separated by ; [environment: KILN_URLS; default: {ServerOptions.DefaultUrls}]",
            HelpName = "URL",
        };
        var publicUrl = new Option<string?>("--public-url")
        {
            Description = "How clients reach the registry when a proxy stands in front of it [environment: KILN_PUBLIC_URL; default: the first of --urls]",
            HelpName = "URL",
        };
        var command = new Command("serve", "Run the registry: site, API, modules and npm on one address") { data, urls, publicUrl };
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetValue(data) ?? SharedOptions.Environment("KILN_DATA"),
            arguments.GetValue(urls) ?? SharedOptions.Environment("KILN_URLS"),
            arguments.GetValue(publicUrl) ?? SharedOptions.Environment("KILN_PUBLIC_URL"),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? data, string? urls, string? publicUrl, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(data, urls, publicUrl, out var options, out var problem))
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SharedOptions.Fail(e.Message);
        }
    }
}
