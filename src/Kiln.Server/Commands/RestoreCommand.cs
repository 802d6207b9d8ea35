using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Backup;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary><c>kiln restore</c>: makes a registry from a backup. Exit code 0: done and checked; 1: done, but not all is well, and the registry stays read-only; 2: nothing was restored.</summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var from = new Option<string>("--from") { Description = "The folder or s3://bucket?endpoint=… that kiln backup wrote", Required = true, HelpName = "PLACE" };
        var backup = new Option<string?>("--backup") { Description = "Which backup [default: the newest]", HelpName = "NAME" };
        var databaseOnly = new Option<bool>("--database-only") { Description = "Only the database, which must be empty; the files are there already" };
        var objectsOnly = new Option<bool>("--objects-only") { Description = "Only files that this registry has lost or that are damaged; works while the server runs" };
        var owner = new Option<string?>("--owner") { Description = "Who owns scopes of versions that only the store knows [default: the first member of staff]", HelpName = "NAME" };
        var command = new Command(Name, "Make a registry from a backup, or put lost files back") { from, backup, databaseOnly, objectsOnly, owner, settings.PublicUrl };
        settings.AddPlacesTo(command);
        command.SetAction((arguments, cancellation) =>
        {
            var options = new RestoreOptions
            {
                Backup = arguments.GetValue(backup), DatabaseOnly = arguments.GetValue(databaseOnly), ObjectsOnly = arguments.GetValue(objectsOnly), Owner = arguments.GetValue(owner),
            };
            return options is { DatabaseOnly: true, ObjectsOnly: true }
                ? Task.FromResult(FsckCommand.Fail("--database-only and --objects-only exclude each other"))
                : RunAsync(settings.Read(arguments), arguments.GetRequiredValue(from), options, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, string place, RestoreOptions options, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(settings, out var server, out var problem))
        {
            return FsckCommand.Fail(problem);
        }

        // Lost files can be put back beside a server; all else needs the folder for itself.
        using var alone = options.ObjectsOnly ? null : DataDirectoryLock.TryTake(server.DataDirectory, shared: false, out problem);
        if (alone is null && !options.ObjectsOnly)
        {
            return FsckCommand.Fail(problem!);
        }

        try
        {
            RestoreResult result;
            using (var progress = new TerminalProgress())
            {
                result = await RestoreAsync(settings, server, place, options, progress, cancellation);
            }

            return Report(result);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DatabaseUnavailableException or InvalidOperationException or InvalidDataException or NotSupportedException)
        {
            return FsckCommand.Fail($"cannot restore: {e.Message}");
        }
    }

    private static async Task<RestoreResult> RestoreAsync(
        ServerSettings settings, ServerOptions server, string place, RestoreOptions options, TerminalProgress progress, CancellationToken cancellation)
    {
        var publicUrl = settings.PublicUrl is null ? null : server.PublicUrl.ToString();
        if (!options.ObjectsOnly)
        {
            return await RegistryTools.RestoreAsync(server.ToRegistryOptions(), publicUrl, place, options, progress, cancellation);
        }

        await using var tools = await RegistryTools.OpenAsync(server.ToRegistryOptions(), publicUrl, cancellation);
        return await tools.PutBackAsync(place, options, progress, cancellation);
    }

    private static int Report(RestoreResult result)
    {
        foreach (var line in result.Problems)
        {
            SharedOptions.Fail(line);
        }

        var well = result.Problems.Count == 0;
        if (result.Check is { } check)
        {
            if (check.Findings.Any(f => f.Outcome != Registry.Integrity.FindingOutcome.Repaired))
            {
                FsckCommand.Write(check, json: false);
            }

            well &= check.Passed;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Restored {result.Manifest.Name}: {SharedOptions.Counted(result.Rows, "row")}, {SharedOptions.Counted(result.Restored, "object")}, {SharedOptions.Counted(check.Packages, "package")}, {SharedOptions.Counted(check.Versions, "version")}."));
            if (!check.Passed)
            {
                SharedOptions.Fail("the registry is read-only until kiln fsck --repair finds nothing more, or kiln fsck --open says that this is as good as it gets");
            }
        }
        else
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Put back {SharedOptions.Counted(result.Restored, "object")} from {result.Manifest.Name}."));
        }

        return well ? 0 : 1;
    }
}
