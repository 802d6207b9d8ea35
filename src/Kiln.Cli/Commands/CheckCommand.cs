using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Publishing;
using Kiln.TypeScript;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln check</c>: all that stands against publishing a package folder; for other folders and single files their syntax.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "What to check; folders with everything below them", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => ["."] };
        var slow = new Option<bool>("--allow-slow-types") { Description = "Leave out types that cannot be told from the source without a type checker" };
        var syntax = new Option<bool>("--syntax") { Description = "Only the syntax of each file, also in a package: leave out what TypeScript's checker would say about names and members (assignment targets, overloads, duplicates)" };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each file, also for those without a problem" };
        var color = Colors.Option();
        var command = new Command(
            "check",
            """
            Find what makes a package, or JavaScript and TypeScript files, unfit to be published

            A folder with a deno.json or jsr.json that has a name and exports is checked as a package, the root of a workspace with all its members: its
            configuration, the files that it would publish, its license, what its modules import, constructs that are not allowed, and types that cannot be told
            from the source. docs/checks.md explains every code. In other folders, and for a file, only the syntax of each file is checked: hidden folders and
            node_modules are left out.

            Exit code 0: no error; 1: errors; 2: a file could not be read.
            """) { files, slow, syntax, json, color };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetRequiredValue(files),
            arguments.GetValue(slow),
            arguments.GetValue(syntax),
            arguments.GetValue(json),
            Colors.ForOutput(arguments.GetRequiredValue(color)),
            cancellationToken)));
        return command;
    }

    private static int Run(string[] arguments, bool allowSlowTypes, bool onlySyntax, bool json, Style style, CancellationToken cancellationToken)
    {
        var tree = new DiskTree();
        var rest = new List<string>();
        var code = 0;
        foreach (var argument in arguments)
        {
            string? note = null;
            if (!onlySyntax && PackageFolder.Find(argument, tree, out note) is { } package)
            {
                code = Math.Max(code, CheckPackages(package, tree, new CheckOptions { AllowSlowTypes = allowSlowTypes, MaxParallelism = Environment.ProcessorCount }, json, style, cancellationToken));
                continue;
            }

            rest.Add(argument);
            if (note is not null)
            {
                Console.Error.WriteLine($"kiln: {note}; only the syntax of its files is checked");
            }
        }

        return rest.Count == 0 ? code : Math.Max(code, CheckFiles([.. rest], onlySyntax, json, style));
    }

    private static int CheckPackages(PackageFolder folder, DiskTree tree, CheckOptions options, bool json, Style style, CancellationToken cancellationToken)
    {
        WorkspaceCheck check;
        try
        {
            check = WorkspaceCheck.Run(folder.Workspace, tree, options, cancellationToken);
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }

        using var output = Console.OpenStandardOutput();
        if (json)
        {
            output.Write(PackageReport.Json(check.AnalysedFiles, check.Diagnostics, folder.Paths));
            return check.HasErrors ? 1 : 0;
        }

        output.Write(Encoding.UTF8.GetBytes(PackageReport.Human(check.Diagnostics, tree, folder.Paths, style)));
        output.Flush();
        var names = string.Join(", ", check.Packages.Select(p => p.Version is null ? p.Folder.Name : $"{p.Folder.Name}@{p.Version}"));
        if (check.Diagnostics.Any(d => d is { IsSlowType: true, Severity: DiagnosticSeverity.Error }))
        {
            Console.Error.WriteLine($"\n{SlowTypeDiagnostics.Explanation}\n");
        }

        Console.Error.WriteLine(check.Diagnostics.Count > 0
            ? $"{names}: {PackageReport.Summary(check.Diagnostics, check.AnalysedFiles)}"
            : $"{names}: {Counted.Of(check.AnalysedFiles.Count, "file")} checked, no problem");
        return check.HasErrors ? 1 : 0;
    }

    private static int CheckFiles(string[] arguments, bool onlySyntax, bool json, Style style)
    {
        var inputs = SourceFiles.Find(arguments, out var missing);
        if (missing is not null)
        {
            Console.Error.WriteLine($"kiln: {missing}");
            return 2;
        }

        // A file that was named itself is checked or complained about; a folder is searched for scripts.
        var named = arguments.ToHashSet(StringComparer.Ordinal);
        var scripts = inputs.Where(i => i.Language is not null).ToArray();
        foreach (var other in inputs.Where(i => i.Language is null && named.Contains(i.Path)))
        {
            Console.Error.WriteLine($"kiln: '{other.Path}' is not JavaScript or TypeScript by its name");
            return 2;
        }

        using var output = Console.OpenStandardOutput();
        var (problems, files, unreadable) = (0, 0, 0);
        foreach (var result in scripts.AsParallel().AsOrdered().Select(input => Check(input, onlySyntax, json, style)))
        {
            output.Write(result.Output);
            problems += result.Problems;
            files += result.Problems > 0 ? 1 : 0;
            unreadable += result.Problems < 0 ? 1 : 0;
        }

        if (!json)
        {
            Console.Error.WriteLine(problems > 0 ? $"{Counted.Of(problems, "problem")} in {files} of {Counted.Of(scripts.Length, "file")}" : $"{Counted.Of(scripts.Length, "file")} checked, no problem");
        }

        return unreadable > 0 ? 2 : problems > 0 ? 1 : 0;
    }

    private static (byte[] Output, int Problems) Check(InputFile input, bool onlySyntax, bool json, Style style)
    {
        SourceFile file;
        try
        {
            file = Parser.Parse(SourceFiles.Read(input.Path), input.Language!.Value, input.Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"kiln: cannot read '{input.Path}': {e.Message}");
            return ([], -1);
        }

        var problems = (onlySyntax ? SyntaxChecker.CheckSyntax(file) : SyntaxChecker.Check(file)).Select(Problem.From).ToArray();
        return (json ? Json(input.Path, file, problems) : Human(input.Path, file, problems, style), problems.Length);
    }

    private static byte[] Json(string path, SourceFile file, Problem[] problems)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions))
        {
            DiagnosticText.WriteJson(writer, path, problems.Length == 0 ? null : file.Lines, problems);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static byte[] Human(string path, SourceFile file, Problem[] problems, Style style)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            DiagnosticText.WriteHuman(text, path, file.Lines, problem, style);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
