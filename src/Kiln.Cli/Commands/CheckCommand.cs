using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Kiln.TypeScript;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln check</c>: the problems that the registry would refuse a file for.</summary>
internal static class CheckCommand
{
    // JSON for programs: nothing that reads it is HTML.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "What to check; folders with everything below them", Arity = ArgumentArity.OneOrMore };
        var syntax = new Option<bool>("--syntax") { Description = "Only syntax: leave out what TypeScript's checker would say about names and members (assignment targets, overloads, duplicates)" };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each file, also for those without a problem" };
        var color = Colors.Option();
        var command = new Command(
            "check",
            """
            Find what makes JavaScript and TypeScript files unfit to be published: syntax errors, early errors of ECMAScript, TypeScript's grammar rules

            Each file is checked by itself; types and imports are not looked at.
            Exit code 0: no problem; 1: problems; 2: a file could not be read. In folders, hidden folders and node_modules are left out.
            """) { files, syntax, json, color };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), arguments.GetValue(syntax), arguments.GetValue(json), Colors.ForOutput(arguments.GetRequiredValue(color))));
        return command;
    }

    private static int Run(string[] arguments, bool onlySyntax, bool json, Style style)
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
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
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
