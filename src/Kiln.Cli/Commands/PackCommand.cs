using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Tar;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln pack</c>: the npm tarball of a package folder, as the registry would make it.</summary>
internal static class PackCommand
{
    /// <summary>The time that npm itself writes into the archives that it packs: equal sources give equal bytes.</summary>
    private static readonly DateTimeOffset Timestamp = new(1985, 10, 26, 8, 15, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder with a package", DefaultValueFactory = _ => "." };
        var output = new Option<string?>("--out") { Description = "The tarball; by default scope__name-version.tgz here", HelpName = "FILE.tgz" };
        var registry = new Option<string>("--registry") { Description = "The registry's address, which stands in package.json", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("JSR_URL") is { Length: > 0 } url ? url : "http://127.0.0.1:8000/", HelpName = "URL" };
        var json = new Option<bool>("--json") { Description = "One JSON object about the tarball, with its files, instead of the list" };
        var color = Colors.Option();
        var command = new Command(
            "pack",
            """
            Write the npm tarball of a package exactly as the registry would build it, and list its files

            The package is checked first, as 'kiln check' does it. Slow types are reported and do not stop it: what they leave open is 'any' in the declarations.

            Exit code 0: written; 1: the package could not be published; 2: nothing to pack, or a file could not be read or written.
            """) { folder, output, registry, json, color };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetRequiredValue(folder),
            arguments.GetValue(output),
            arguments.GetRequiredValue(registry),
            arguments.GetValue(json),
            Colors.ForErrors(arguments.GetRequiredValue(color)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string argument, string? output, string registry, bool json, Style style, CancellationToken cancellationToken)
    {
        var tree = new DiskTree();
        if (PackageFolder.Find(argument, tree, out var note) is not { } folder)
        {
            Console.Error.WriteLine($"kiln: {(!Directory.Exists(argument) ? $"there is no folder '{argument}'" : note ?? $"'{argument}' is no package: it has no deno.json or jsr.json with a name and exports")}");
            return 2;
        }

        if (folder.Workspace.Packages.Count > 1)
        {
            Console.Error.WriteLine($"kiln: '{argument}' is a workspace of several packages; name the folder of one: {string.Join(", ", folder.Workspace.Packages.Select(p => folder.Paths.Of(p.Folder)))}");
            return 2;
        }

        try
        {
            // 1. The package as its author has it.
            var check = WorkspaceCheck.Run(folder.Workspace, tree, new CheckOptions { MaxParallelism = Environment.ProcessorCount }, cancellationToken);
            Console.Error.Write(PackageReport.Human(check.Diagnostics, tree, folder.Paths, style));
            if (check.Packages is not [{ IsPublishable: true, Name: { } name, Version: { } version } package] || check.Diagnostics.Any(d => d is { Severity: DiagnosticSeverity.Error, IsSlowType: false }))
            {
                Console.Error.WriteLine($"kiln: the package cannot be published: {PackageReport.Summary(check.Diagnostics, check.AnalysedFiles)}");
                return 1;
            }

            // 2. The same that the registry does with an upload.
            var config = PackagePath.Parse(Kiln.Packages.Files.TreePath.InPackage(package.Folder.Config!.Path, package.Folder.Folder));
            var request = new PublishRequest(name.Scope, name.Package, version, config, registry.EndsWith('/') ? registry : registry + "/", Timestamp);
            var result = await PackageBuilder.BuildAsync(package.ReadFiles(cancellationToken), request, cancellationToken);
            if (!result.IsSuccess)
            {
                Console.Error.WriteLine($"kiln: the registry would refuse the package ({result.Error.Code}): {result.Error.Message}");
                return 1;
            }

            // 3. On disk and on the screen.
            var file = output ?? $"{name.NpmBaseName}-{version.Value}.tgz";
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } parent)
            {
                Directory.CreateDirectory(parent);
            }

            await File.WriteAllBytesAsync(file, result.Artifacts.NpmTarball, cancellationToken);
            Report(name, version.Value, file, result.Artifacts, json);
            return 0;
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }
    }

    private static void Report(PackageReference name, string version, string file, PublishArtifacts artifacts, bool json)
    {
        var files = TarListing.Read(artifacts.NpmTarball);
        var total = files.Sum(f => f.Size);
        using var stream = Console.OpenStandardOutput();
        if (json)
        {
            stream.Write(Json(name, version, file, artifacts, files, total));
        }
        else
        {
            var text = new StringBuilder();
            foreach (var entry in files)
            {
                text.Append(Size(entry.Size).PadLeft(10)).Append("  ").Append(entry.Name["package/".Length..]).Append('\n');
            }

            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        stream.Flush();
        if (artifacts.SlowTypes.Count > 0)
        {
            Console.Error.WriteLine($"{Counted.Of(artifacts.SlowTypes.Count, "type")} cannot be told from the source: the declarations say 'any' there");
        }

        Console.Error.WriteLine($"{name.NpmName}@{version}: {Counted.Of(files.Count, "file")}, {Size(total)}; {file}, {Size(artifacts.NpmTarball.Length)}");
    }

    private static byte[] Json(PackageReference name, string version, string file, PublishArtifacts artifacts, IReadOnlyList<TarFile> files, long total)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name.NpmName);
            writer.WriteString("version", version);
            writer.WriteString("file", file);
            writer.WriteNumber("size", artifacts.NpmTarball.Length);
            writer.WriteNumber("unpackedSize", total);
            writer.WriteString("shasum", artifacts.NpmSha1);
            writer.WriteString("integrity", "sha512-" + artifacts.NpmSha512);
            writer.WriteNumber("slowTypes", artifacts.SlowTypes.Count);
            writer.WriteStartArray("files");
            foreach (var entry in files)
            {
                writer.WriteStartObject();
                writer.WriteString("path", entry.Name["package/".Length..]);
                writer.WriteNumber("size", entry.Size);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>As npm shows sizes: decimal units, one digit.</summary>
    private static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:F1} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:F1} MB"),
    };
}
