using System.CommandLine;
using Kiln.Registry.Storage.S3;
using Kiln.Server.Gateway.Nginx;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary><c>kiln nginx</c>: prints a configuration of nginx that serves the files of a registry (docs/nginx.md).</summary>
internal static class NginxCommand
{
    public const string Description = "Print an nginx configuration that serves modules and npm packages without the server";

    private const string DefaultPublicUrl = "http://localhost";

    /// <summary>Not the server's default, which is below the current folder: the configuration is for another program.</summary>
    private const string DefaultData = "/var/lib/kiln";

    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var api = new Option<string>("--api") { Description = "Where kiln serve listens, for everything that is no file", DefaultValueFactory = _ => ServerOptions.DefaultUrls, HelpName = "URL" };
        var command = new Command("nginx", Description) { settings.Data, settings.Storage, settings.PublicUrl, api };
        command.SetAction(arguments =>
        {
            var read = settings.Read(arguments);
            if (!ServerOptions.TryCreate(new ServerSettings { Data = read.Data ?? DefaultData, Storage = read.Storage, PublicUrl = read.PublicUrl ?? DefaultPublicUrl }, out var options, out var problem))
            {
                return SharedOptions.Fail(problem);
            }

            if (!Uri.TryCreate(arguments.GetRequiredValue(api), UriKind.Absolute, out var server) || server.Scheme != Uri.UriSchemeHttp || server.AbsolutePath != "/")
            {
                return SharedOptions.Fail($"--api: '{arguments.GetRequiredValue(api)}' is not an address like {ServerOptions.DefaultUrls}");
            }

            if (options.DataDirectory.AsSpan().ContainsAny("\"\\$\n"))
            {
                return SharedOptions.Fail($"--data: nginx cannot be told about '{options.DataDirectory}': it holds a quote, a backslash, a dollar sign or a line end");
            }

            _ = StorageAddress.TryParse(options.Storage ?? "", out var storage, out _);
            Console.Out.Write(NginxConfiguration.Write(new NginxOptions(
                options.DataDirectory, storage, options.PublicUrl, server, RequestBodyLimit.Transport(options.ToRegistryOptions().MaxTarballSize))));
            return 0;
        });
        return command;
    }
}
