using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Backup;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary><c>kiln backup</c>: copies a registry while it runs. Exit code 0: complete; 1: complete but for what it names; 2: no backup was made.</summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var to = new Option<string>("--to") { Description = "A folder (made when it is missing) or s3://bucket?endpoint=…; may hold earlier backups, and then only new files are copied", Required = true, HelpName = "PLACE" };
        var command = new Command(Name, "Copy a registry to a folder or a bucket; works while the server runs") { to };
        settings.AddPlacesTo(command);
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), arguments.GetRequiredValue(to), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, string place, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(settings, out var server, out var problem))
        {
            return FsckCommand.Fail(problem);
        }

        if (settings.Database is null && !File.Exists(server.ToRegistryOptions().DatabaseFile))
        {
            return FsckCommand.Fail($"there is no registry in '{server.DataDirectory}'");
        }

        try
        {
            await using var tools = await RegistryTools.OpenAsync(server.ToRegistryOptions(), null, cancellation);
            BackupResult result;
            using (var progress = new TerminalProgress())
            {
                result = await tools.BackUpAsync(place, progress, cancellation);
            }

            foreach (var line in result.Problems)
            {
                SharedOptions.Fail(line);
            }

            var manifest = result.Manifest;
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Backup {manifest.Name}: {SharedOptions.Counted(manifest.Tables.Sum(t => t.Rows), "row")}, {SharedOptions.Counted(manifest.Objects, "object")}, {manifest.Bytes} bytes; copied {SharedOptions.Counted(result.Copied, "object")}, {result.CopiedBytes} bytes."));
            return result.Problems.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DatabaseUnavailableException or InvalidOperationException or InvalidDataException or NotSupportedException)
        {
            return FsckCommand.Fail($"no backup was made: {e.Message}");
        }
    }
}
