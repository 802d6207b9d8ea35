using System.CommandLine;
using Kiln.Packages.Documentation;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc</c>: what packages or modules offer, for people and programs. Each mode is a class of its own.</summary>
internal static class DocCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "Modules, or folders of packages", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "The documentation as JSON, in the form of 'deno doc --json'" };
        var html = new Option<string?>("--html") { Description = "A static site in this folder, to be opened from the disk or put on any web server", HelpName = "DIR" };
        var lint = new Option<bool>("--lint") { Description = "What is exported without a comment or a type, and which types are exported only in part; with --json for programs" };
        var includesPrivate = new Option<bool>("--private") { Description = "What is not exported too" };
        var filter = new Option<string?>("--filter") { Description = "Only this symbol, with its members: 'Name' or 'Namespace.Name'", HelpName = "NAME" };
        var color = Colors.Option();
        var command = new Command(
            "doc",
            """
            Show the documentation of modules and packages, read from the source alone

            Of a folder with a deno.json or jsr.json that has a name and exports, what its exports offer; of the root of a workspace, that of all members. Of a
            file, what it exports. Without a mode the documentation is printed for people.

            Exit code 0: all documented, perhaps with warnings about imports that lead nowhere; 1: a module does not parse or does not exist, no symbol has the
            name of --filter, or --lint found something; 2: an argument is wrong, or a file could not be read.
            """) { files, json, html, lint, includesPrivate, filter, color };
        command.Validators.Add(result =>
        {
            if (result.GetValue(html) is not null && (result.GetValue(json) || result.GetValue(filter) is not null || result.GetValue(includesPrivate)))
            {
                result.AddError("--html writes all that is exported; it cannot be used with --json, --filter or --private");
            }

            if (result.GetValue(lint) && (result.GetValue(html) is not null || result.GetValue(filter) is not null || result.GetValue(includesPrivate)))
            {
                result.AddError("--lint judges all that is exported; it cannot be used with --html, --filter or --private");
            }

            if (result.GetValue(json) && result.GetValue(filter) is not null)
            {
                result.AddError("--filter selects what is printed for people; it cannot be used with --json");
            }
        });
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetRequiredValue(files),
            new DocSettings(
                arguments.GetValue(includesPrivate),
                arguments.GetValue(filter),
                Colors.ForOutput(arguments.GetRequiredValue(color)),
                Colors.ForErrors(arguments.GetRequiredValue(color))),
            arguments.GetValue(lint) ? (inputs, settings, cancellation) => DocLintMode.Run(inputs, settings, arguments.GetValue(json), cancellation)
            : arguments.GetValue(html) is { } output ? (inputs, _, cancellation) => DocHtmlMode.Run(inputs, output, cancellation) : arguments.GetValue(json) ? DocJsonMode.Run : DocTextMode.Run,
            cancellationToken)));
        return command;
    }

    /// <summary>One way of showing documentation. Its inputs can be documented; it returns the exit code.</summary>
    private delegate int Mode(IReadOnlyList<DocInput> inputs, DocSettings settings, CancellationToken cancellationToken);

    private static int Run(string[] arguments, DocSettings settings, Mode mode, CancellationToken cancellationToken)
    {
        var tree = new DiskTree();
        try
        {
            // 1. What there is to document.
            if (Find(arguments, tree, out var problem, cancellationToken) is not { } inputs)
            {
                Console.Error.WriteLine($"kiln: {problem}");
                return 2;
            }

            // 2. What is wrong with it. A root that cannot be read leaves nothing to show.
            foreach (var input in inputs)
            {
                Console.Error.Write(PackageReport.Human(input.Sources.Diagnostics, tree, input.Paths, settings.Errors));
            }

            // 3. Show it.
            return inputs.Any(input => input.Sources.HasErrors) ? 1 : mode(inputs, settings, cancellationToken);
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }
    }

    /// <summary>The packages of the folders that are named; all files that are named together.</summary>
    private static List<DocInput>? Find(string[] arguments, DiskTree tree, out string? problem, CancellationToken cancellationToken)
    {
        problem = null;
        var inputs = new List<DocInput>();
        var paths = new List<string>();
        foreach (var argument in arguments)
        {
            if (PackageFolder.Find(argument, tree, out var note) is { } folder)
            {
                inputs.AddRange(DocumentationReader.ReadPackages(folder.Workspace, tree, Environment.ProcessorCount, cancellationToken).Select(sources => new DocInput(sources, folder.Paths)));
            }
            else if (File.Exists(argument))
            {
                paths.Add(Path.GetFullPath(argument));
            }
            else
            {
                problem = Directory.Exists(argument) ? note ?? $"'{argument}' is no package: name a file, or a folder whose deno.json or jsr.json has a name and exports" : $"there is no file or folder '{argument}'";
                return null;
            }
        }

        if (paths.Count > 0)
        {
            inputs.Add(new DocInput(DocumentationReader.ReadFiles(paths, tree, Environment.ProcessorCount, cancellationToken), new ShownPath("", Directory.GetCurrentDirectory())));
        }

        return inputs;
    }
}
