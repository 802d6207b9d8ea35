using System.CommandLine;
using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.TypeScript;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln transpile</c>: TypeScript without its types, on disk; with <c>--target es2022</c> as the registry puts it into an npm package.</summary>
internal static class TranspileCommand
{
    private static readonly (string From, string To)[] Extensions = [(".tsx", ".js"), (".jsx", ".js"), (".mts", ".mjs"), (".cts", ".cjs"), (".ts", ".js")];

    /// <summary>From here on the emitter has given up: there is no code to write.</summary>
    private const int FirstLimitCode = 91_001;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "TypeScript, TSX and JSX files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Where the JavaScript goes; folders keep their shape", Required = true, HelpName = "DIR" };
        var maps = new Option<bool>("--sourcemap") { Description = "Write a .js.map beside each file" };
        var verbatim = new Option<bool>("--verbatim-module-syntax") { Description = "Keep every import and export that is not marked 'type'" };
        var syntax = new Option<string>("--target") { Description = "esnext: decorators, 'accessor' and 'using' stay; es2022: they become code, as in npm packages", DefaultValueFactory = _ => "esnext" };
        syntax.AcceptOnlyFromAmong("es2022", "esnext");
        var color = Colors.Option();
        var command = new Command(
            "transpile",
            """
            Turn TypeScript and JSX into JavaScript, file by file, without checking types

            Relative imports of .ts, .tsx, .mts, .cts and .jsx files are rewritten to what those become. JavaScript files in folders are copied, declaration
            files, hidden folders and node_modules are left out. A file with a syntax error is not written; the others are, also where something in them
            cannot run as it stands ('export =', decorators of parameters), which is reported.

            Exit code 0: all written; 1: problems in some file; 2: nothing was done, or a file could not be read or written.
            """) { files, output, maps, verbatim, syntax, color };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(files),
            arguments.GetRequiredValue(output),
            new Settings(arguments.GetValue(maps), arguments.GetValue(verbatim), arguments.GetValue(syntax) == "esnext" ? EmitTarget.EsNext : EmitTarget.Es2022, Colors.ForErrors(arguments.GetRequiredValue(color)))));
        return command;
    }

    private readonly record struct Settings(bool Maps, bool Verbatim, EmitTarget Target, Style Style);

    private readonly record struct Job(InputFile Input, Language Language, string Target);

    private enum Outcome
    {
        Written,
        WrittenWithProblems,
        Refused,
        Broken,
    }

    private static int Run(string[] arguments, string output, Settings settings)
    {
        // 1. What becomes what. Nothing is written while that is not clear.
        var inputs = SourceFiles.Find(arguments, out var problem);
        var jobs = problem is null ? Plan(inputs, arguments, output, out problem) : [];
        if (problem is not null)
        {
            Console.Error.WriteLine($"kiln: {problem}");
            return 2;
        }

        // 2. Every file by itself.
        var progress = new Progress(jobs.Count);
        var (written, doubtful, refused, broken) = (0, 0, 0, 0);
        foreach (var (outcome, report) in jobs.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(job => Transpile(job, settings)))
        {
            progress.Advance();
            if (report.Length > 0)
            {
                progress.Clear();
                Console.Error.Write(report);
            }

            written += outcome is Outcome.Written or Outcome.WrittenWithProblems ? 1 : 0;
            doubtful += outcome == Outcome.WrittenWithProblems ? 1 : 0;
            refused += outcome == Outcome.Refused ? 1 : 0;
            broken += outcome == Outcome.Broken ? 1 : 0;
        }

        progress.Clear();
        var failed = refused + broken;
        Console.Error.WriteLine(
            Counted.Of(written, "file") + " written" + (doubtful == 0 ? "" : $", {doubtful} of them with problems") + (failed == 0 ? "" : $", {failed} failed"));
        return broken > 0 ? 2 : refused + doubtful > 0 ? 1 : 0;
    }

    private static List<Job> Plan(IReadOnlyList<InputFile> inputs, string[] arguments, string output, out string? problem)
    {
        problem = null;
        var jobs = new List<Job>();
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var named = arguments.ToHashSet(StringComparer.Ordinal);
        var outputFolder = Path.GetFullPath(output) + Path.DirectorySeparatorChar;
        foreach (var input in inputs)
        {
            if (input.Language is not { } language || language == Language.Declaration)
            {
                if (named.Contains(input.Path))
                {
                    problem ??= $"'{input.Path}' is not JavaScript or TypeScript that runs, by its name";
                }

                continue;
            }

            // What an earlier run has written into a folder inside the source is no source.
            if (!named.Contains(input.Path) && Path.GetFullPath(input.Path).StartsWith(outputFolder, StringComparison.Ordinal))
            {
                continue;
            }

            var target = Path.Combine(output, Rename(input.Relative));
            if (!sources.TryAdd(Path.GetFullPath(target), input.Path) && Path.GetFullPath(sources[Path.GetFullPath(target)]) != Path.GetFullPath(input.Path))
            {
                problem ??= $"'{sources[Path.GetFullPath(target)]}' and '{input.Path}' would both become '{target}'";
            }

            if (language != Language.JavaScript && Path.GetFullPath(target) == Path.GetFullPath(input.Path))
            {
                problem ??= $"'{input.Path}' would be overwritten";
            }

            jobs.Add(new Job(input, language, target));
        }

        problem ??= jobs.Count == 0 ? $"no TypeScript or JavaScript in {string.Join(", ", arguments.Select(a => $"'{a}'"))}" : null;
        return jobs;
    }

    private static (Outcome Outcome, string Report) Transpile(Job job, Settings settings)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(job.Target))!);
            if (job.Language == Language.JavaScript)
            {
                if (Path.GetFullPath(job.Target) != Path.GetFullPath(job.Input.Path))
                {
                    File.Copy(job.Input.Path, job.Target, overwrite: true);
                }

                return (Outcome.Written, "");
            }

            return Emit(job, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (Outcome.Broken, $"kiln: {job.Input.Path}: {e.Message}\n");
        }
    }

    /// <summary>Writes the JavaScript unless the file has a syntax error or is beyond the emitter's limits, and says what is wrong.</summary>
    private static (Outcome Outcome, string Report) Emit(Job job, Settings settings)
    {
        var outcome = Outcome.Refused;
        var file = Parser.Parse(SourceFiles.Read(job.Input.Path), job.Language, job.Input.Options);
        var problems = SyntaxChecker.CheckSyntax(file).Select(Problem.From).ToList();
        if (problems.Count == 0)
        {
            var result = JavaScriptEmitter.Emit(file, new EmitOptions
            {
                SourceMap = settings.Maps,
                Target = settings.Target,
                OutputFileName = Path.GetFileName(job.Target),
                SourcePath = RelativeSource(job.Target, job.Input.Path),
                VerbatimModuleSyntax = settings.Verbatim,
                RewriteSpecifier = Rewrite,
            });
            problems.AddRange(result.Diagnostics.Select(d => new Problem(d.Code, d.Message, d.Start, d.End)));
            outcome = problems.Count == 0 ? Outcome.Written : Outcome.WrittenWithProblems;
            if (problems.Exists(p => p.Code >= FirstLimitCode))
            {
                outcome = Outcome.Refused;
            }
            else
            {
                File.WriteAllText(job.Target, result.Code);
                if (result.SourceMap is { } map)
                {
                    File.WriteAllText(job.Target + ".map", map);
                }
            }
        }

        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            DiagnosticText.WriteHuman(text, job.Input.Path, file.Lines, problem, settings.Style);
        }

        return (outcome, text.ToString());
    }

    private static string? Rewrite(string specifier, SpecifierUse use) =>
        specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal)
            ? Rename(specifier) is var renamed && renamed != specifier ? renamed : null
            : null;

    private static string Rename(string path)
    {
        if (MediaTypes.IsDeclaration(MediaTypes.FromPath(path)))
        {
            return path;
        }

        foreach (var (from, to) in Extensions)
        {
            if (path.EndsWith(from, StringComparison.OrdinalIgnoreCase))
            {
                return path[..^from.Length] + to;
            }
        }

        return path;
    }

    /// <summary>As the map says it: relative to the output, with forward slashes.</summary>
    private static string RelativeSource(string target, string source)
    {
        var relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(target))!, Path.GetFullPath(source)).Replace('\\', '/');
        return relative.StartsWith('.') ? relative : "./" + relative;
    }
}
