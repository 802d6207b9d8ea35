using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Publishing;
using Kiln.Packages.Scoring;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln score</c>: the score that a package would have, with everything that costs it points.</summary>
internal static class ScoreCommand
{
    /// <summary>Symbols and types that are named for a criterion; <c>--json</c> has more.</summary>
    private const int MaxShown = 10;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder with a package, or the root of a workspace", DefaultValueFactory = _ => "." };
        var minimum = new Option<int>("--min") { Description = "Exit code 1 below this percentage", HelpName = "PERCENT" };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each package, with every criterion and its evidence" };
        var color = Colors.Option();
        var command = new Command(
            "score",
            """
            Show the score that the registry would give a package, and what costs it points

            README, examples, documentation of entry points and symbols, and slow types are read from the files that would be published. Provenance, description
            and runtimes are set on the registry: they are shown as such and left out of the points. docs/score.md explains every criterion.

            Exit code 0: scored; 1: a package is below --min, or its exports cannot be read; 2: no package, or a file could not be read.
            """) { folder, minimum, json, color };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetRequiredValue(folder),
            arguments.GetValue(minimum),
            arguments.GetValue(json),
            Colors.ForOutput(arguments.GetRequiredValue(color)),
            Colors.ForErrors(arguments.GetRequiredValue(color)),
            cancellationToken)));
        return command;
    }

    private static int Run(string argument, int minimum, bool json, Style style, Style errors, CancellationToken cancellationToken)
    {
        var tree = new DiskTree();
        if (PackageFolder.Find(argument, tree, out var note) is not { } folder)
        {
            Console.Error.WriteLine($"kiln: {(!Directory.Exists(argument) ? $"there is no folder '{argument}'" : note ?? $"'{argument}' is no package: it has no deno.json or jsr.json with a name and exports")}");
            return 2;
        }

        try
        {
            var check = WorkspaceCheck.Run(folder.Workspace, tree, new CheckOptions { MaxParallelism = Environment.ProcessorCount }, cancellationToken);
            var code = 0;
            foreach (var package in check.Packages)
            {
                code = Math.Max(code, Show(package, folder, tree, minimum, json, style, errors, cancellationToken));
            }

            return code;
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }
    }

    private static int Show(CheckedPackage package, PackageFolder folder, DiskTree tree, int minimum, bool json, Style style, Style errors, CancellationToken cancellationToken)
    {
        // A module that does not parse, or is not there, has no documentation to count.
        var unreadable = package.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error && (d.Number != 0 || d.Code is PublishDiagnosticCodes.ModuleNotFound or PublishDiagnosticCodes.InvalidExports)).ToList();
        if (unreadable.Count > 0 || FolderScore.Read(package, tree, Environment.ProcessorCount, cancellationToken) is not { } inputs)
        {
            Console.Error.Write(PackageReport.Human(unreadable, tree, folder.Paths, errors));
            Console.Error.WriteLine($"kiln: {package.Folder.Name ?? folder.Argument} has no score: its modules cannot be read");
            return 1;
        }

        var score = PackageScore.Compute(inputs, null);
        using var output = Console.OpenStandardOutput();
        if (json)
        {
            output.Write(Json(package, score, folder.Paths));
        }
        else
        {
            var name = package.Folder.Version is null ? package.Folder.Name! : $"{package.Folder.Name}@{package.Folder.Version}";
            output.Write(Encoding.UTF8.GetBytes(new ScoreText(style, folder.Paths.Of, MaxShown).Write(name, score)));
        }

        output.Flush();
        if (score.Percentage < minimum)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kiln: {score.Percentage} % is less than {minimum} %"));
            return 1;
        }

        return 0;
    }

    private static byte[] Json(CheckedPackage package, PackageScore score, ShownPath paths)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("name", package.Folder.Name);
            if (package.Folder.Version is not null)
            {
                writer.WriteString("version", package.Folder.Version);
            }

            writer.WritePropertyName("score");
            score.WriteDetailedJson(writer, paths.Of);
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
