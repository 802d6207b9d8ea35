using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kiln.Analysis.Graph;
using Kiln.Packages.Declarations;
using Kiln.Packages.Files;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Versions;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln declarations</c>: the <c>.d.ts</c> of a package's public API, or of files by themselves.</summary>
internal static class DeclarationsCommand
{
    /// <summary>Problems that leave holes in what the public API can reach; the others do not concern declarations.</summary>
    private static readonly string[] GraphCodes =
    [
        PublishDiagnosticCodes.ModuleNotFound, PublishDiagnosticCodes.UnresolvedImport, PublishDiagnosticCodes.UnsupportedModule, PublishDiagnosticCodes.InvalidExports,
        PublishDiagnosticCodes.InvalidConfiguration, PublishDiagnosticCodes.InvalidWorkspace, PublishDiagnosticCodes.TooManyModules,
    ];

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "Packages, TypeScript files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Where the declarations go; folders keep their shape", Required = true, HelpName = "DIR" };
        var maps = new Option<bool>("--sourcemap") { Description = "Write a .d.ts.map beside each file" };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each file: where it was written, and what could not be declared" };
        var color = Colors.Option();
        var command = new Command(
            "declarations",
            """
            Write the declarations (.d.ts) of TypeScript from its syntax alone, without checking types

            Of a folder with a package: all modules that its exports and their types reach, with the specifiers that users of the npm package need ('./x.ts' becomes
            './x.js'). Of other folders and of files: each file is an entry point of its own, modules that it reaches by relative imports are written beside it, and
            specifiers stay as they are. What cannot be told from the source is 'any' in the declarations and reported.

            Exit code 0: all declared; 1: something could not be; 2: nothing was done, or a file could not be read or written.
            """) { files, output, maps, json, color };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetRequiredValue(files),
            Path.GetFullPath(arguments.GetRequiredValue(output)),
            new Settings(arguments.GetRequiredValue(output), arguments.GetValue(maps), arguments.GetValue(json), Colors.ForErrors(arguments.GetRequiredValue(color))),
            cancellationToken)));
        return command;
    }

    private readonly record struct Settings(string ShownOutput, bool Maps, bool Json, Style Style);

    /// <summary>What one argument gives: files to write and what is wrong.</summary>
    private sealed record Work(IReadOnlyList<DeclarationFile> Files, IReadOnlyList<PublishDiagnostic> Problems, ShownPath Paths);

    private static int Run(string[] arguments, string output, Settings settings, CancellationToken cancellationToken)
    {
        var tree = new DiskTree();
        try
        {
            // 1. What there is to declare. Nothing is written while that is not clear.
            var work = new List<Work>();
            var rest = new List<string>();
            foreach (var argument in arguments)
            {
                if (PackageFolder.Find(argument, tree, out _) is { } package)
                {
                    work.AddRange(OfPackages(package, tree, output, settings, cancellationToken));
                }
                else
                {
                    rest.Add(argument);
                }
            }

            if (rest.Count > 0)
            {
                if (OfFiles(rest, tree, output, settings, out var problem, cancellationToken) is not { } files)
                {
                    Console.Error.WriteLine($"kiln: {problem}");
                    return 2;
                }

                work.Add(files);
            }

            if (FindConflict(work, output) is { } conflict)
            {
                Console.Error.WriteLine($"kiln: {conflict}");
                return 2;
            }

            // 2. Files and report.
            foreach (var file in work.SelectMany(w => w.Files))
            {
                var target = Path.Combine(output, file.Output);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, file.Text);
                if (file.Map is not null)
                {
                    File.WriteAllText(target + ".map", file.Map);
                }
            }

            return Report(work, tree, settings);
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }
    }

    private static IEnumerable<Work> OfPackages(PackageFolder folder, DiskTree tree, string output, Settings settings, CancellationToken cancellationToken)
    {
        var check = WorkspaceCheck.Run(folder.Workspace, tree, new CheckOptions { AllowSlowTypes = true, MaxParallelism = Environment.ProcessorCount }, cancellationToken);
        yield return new Work([], [.. check.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error && (GraphCodes.Contains(d.Code) || d.Number != 0))], folder.Paths);
        foreach (var package in check.Packages)
        {
            if (package.Graph is not { } graph)
            {
                continue;
            }

            // Several packages of a workspace lie as their folders do.
            var root = check.Packages.Count == 1 ? package.Folder.Folder : folder.Folder;
            var options = new DeclarationFileOptions
            {
                OutputOf = source => TreePath.IsWithin(source, package.Folder.Folder) ? TreePath.Below(source, root) : null,
                ForNpm = true,
                SourcePathOf = SourcePaths(output, settings),
                MaxParallelism = Environment.ProcessorCount,
            };
            var files = DeclarationFiles.Write(graph, options, out var others, cancellationToken);
            yield return new Work(files, others, folder.Paths);
        }
    }

    private static Work? OfFiles(List<string> arguments, DiskTree tree, string output, Settings settings, out string? problem, CancellationToken cancellationToken)
    {
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        var bases = new List<string>();
        foreach (var argument in arguments)
        {
            var inputs = SourceFiles.Find([argument], out problem);
            if (problem is not null)
            {
                return null;
            }

            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument));
            var isFile = File.Exists(argument);
            bases.Add(isFile ? TreePath.ParentOf(full)! : full);
            foreach (var input in inputs)
            {
                var path = Path.GetFullPath(input.Path);
                if (DeclarationFiles.NameOf(path) is null)
                {
                    if (isFile)
                    {
                        problem = $"'{argument}' is not TypeScript that declarations can be written of, by its name";
                        return null;
                    }
                }
                else if (isFile || !TreePath.IsWithin(path, output))
                {
                    roots.TryAdd(path, input.Relative.Replace('\\', '/'));
                }
            }
        }

        problem = roots.Count == 0 ? $"no TypeScript in {string.Join(", ", arguments.Select(a => $"'{a}'"))}" : null;
        if (problem is not null)
        {
            return null;
        }

        var graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = [.. roots.Keys.Select(path => KeyValuePair.Create(path, path))],
                Source = tree,
                Requirements = new GraphRequirements(PackageReference.Parse("@unnamed/unnamed"), PackageVersion.Parse("0.0.0")),
                MaxModules = int.MaxValue,
                MaxParallelism = Environment.ProcessorCount,
            },
            cancellationToken);
        var options = new DeclarationFileOptions
        {
            OutputOf = source => roots.TryGetValue(source, out var relative) ? relative : bases.Find(b => TreePath.IsWithin(source, b)) is { } found ? TreePath.Below(source, found) : null,
            SourcePathOf = SourcePaths(output, settings),
            MaxParallelism = Environment.ProcessorCount,
        };
        var files = DeclarationFiles.Write(graph, options, out var others, cancellationToken);
        var unreadable = graph.Modules.Where(m => m.SyntaxErrors.Length > 0 && options.OutputOf(m.Path) is not null).SelectMany(m => m.SyntaxErrors.Select(e => ToDiagnostic(m, e)));
        return new Work(files, [.. others, .. unreadable], new ShownPath(arguments.Count == 1 && bases[0] == Path.GetFullPath(arguments[0]) ? arguments[0] : "", arguments.Count == 1 ? bases[0] : Directory.GetCurrentDirectory()));
    }

    private static PublishDiagnostic ToDiagnostic(ModuleEntry module, Kiln.TypeScript.Diagnostics.Diagnostic error)
    {
        var lines = module.SourceFile!.Lines;
        var (line, column) = lines.GetPosition(error.Span.Start);
        var (endLine, endColumn) = lines.GetPosition(error.Span.End);
        return new PublishDiagnostic(error.Code.ToString(CultureInfo.InvariantCulture), DiagnosticSeverity.Error, error.Message, module.Path, new(line + 1, column + 1), new(endLine + 1, endColumn + 1)) { Number = error.Code };
    }

    private static Func<string, string, string>? SourcePaths(string output, Settings settings) => settings.Maps
        ? (source, target) => Path.GetRelativePath(Path.GetDirectoryName(Path.Combine(output, target))!, source).Replace('\\', '/') is var relative && relative.StartsWith('.') ? relative : "./" + relative
        : null;

    private static string? FindConflict(List<Work> work, string output)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in work.SelectMany(w => w.Files))
        {
            if (!sources.TryAdd(file.Output, file.Source) && sources[file.Output] != file.Source)
            {
                return $"'{sources[file.Output]}' and '{file.Source}' would both become '{file.Output}'";
            }

            if (Path.Combine(output, file.Output) == file.Source)
            {
                return $"'{file.Source}' would be overwritten";
            }
        }

        return null;
    }

    private static int Report(List<Work> work, DiskTree tree, Settings settings)
    {
        var (written, problems, files) = (0, 0, 0);
        using var stream = settings.Json ? Console.OpenStandardOutput() : null;
        foreach (var part in work)
        {
            var diagnostics = part.Problems.Concat(part.Files.SelectMany(f => f.Problems)).ToList();
            diagnostics.Sort(PublishDiagnostic.Compare);
            if (stream is not null)
            {
                stream.Write(Json(part, settings));
            }
            else
            {
                Console.Error.Write(PackageReport.Human(diagnostics, tree, part.Paths, settings.Style));
            }

            written += part.Files.Count;
            problems += diagnostics.Count;
            files += diagnostics.Select(d => d.Path).Distinct(StringComparer.Ordinal).Count();
        }

        if (stream is null)
        {
            Console.Error.WriteLine($"{Counted.Of(written, "file")} written{(problems == 0 ? "" : $", {Counted.Of(problems, "problem")} in {Counted.Of(files, "file")}")}");
        }

        return problems > 0 ? 1 : 0;
    }

    private static byte[] Json(Work work, Settings settings)
    {
        var outputs = work.Files.ToDictionary(f => f.Source, StringComparer.Ordinal);
        var others = work.Problems.ToLookup(p => p.Path, StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions);
        foreach (var source in outputs.Keys.Concat(others.Select(o => o.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var file = outputs.GetValueOrDefault(source);
            writer.WriteStartObject();
            writer.WriteString("file", work.Paths.Of(source));
            if (file is not null)
            {
                writer.WriteString("output", Path.Combine(settings.ShownOutput, file.Output));
            }

            DiagnosticText.WriteDiagnostics(writer, others[source].Concat(file?.Problems ?? []));
            writer.WriteEndObject();
            writer.Flush();
            buffer.Write("\n"u8);
            writer.Reset();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
