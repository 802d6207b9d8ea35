using System.CommandLine;
using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.TypeScript;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln transpile</c>: the JavaScript that the registry would put into an npm package, on disk.</summary>
internal static class TranspileCommand
{
    private static readonly (string From, string To)[] Extensions = [(".tsx", ".js"), (".jsx", ".js"), (".mts", ".mjs"), (".cts", ".cjs"), (".ts", ".js")];

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "TypeScript, TSX and JSX files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Where the JavaScript goes; folders keep their shape", Required = true, HelpName = "DIR" };
        var maps = new Option<bool>("--sourcemap") { Description = "Write a .js.map beside each file" };
        var verbatim = new Option<bool>("--verbatim-module-syntax") { Description = "Keep every import and export that is not marked 'type'" };
        var command = new Command(
            "transpile",
            """
            Turn TypeScript and JSX into JavaScript, file by file, without checking types

            Relative imports of .ts, .tsx, .mts, .cts and .jsx files are rewritten to what those become. JavaScript files in folders are copied, declaration
            files are left out. A file with a syntax error is not written.
            """) { files, output, maps, verbatim };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), arguments.GetRequiredValue(output), arguments.GetValue(maps), arguments.GetValue(verbatim)));
        return command;
    }

    private static int Run(string[] arguments, string output, bool maps, bool verbatim)
    {
        var inputs = SourceFiles.Find(arguments, out var missing);
        if (missing is not null)
        {
            Console.Error.WriteLine($"kiln: {missing}");
            return 2;
        }

        var (written, failed) = (0, 0);
        foreach (var input in inputs)
        {
            if (input.Language is not { } language || language == Language.Declaration)
            {
                continue;
            }

            try
            {
                var target = Path.Combine(output, Rename(input.Relative));
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
                if (language == Language.JavaScript)
                {
                    if (Path.GetFullPath(target) != Path.GetFullPath(input.Path))
                    {
                        File.Copy(input.Path, target, overwrite: true);
                    }

                    written++;
                }
                else if (Transpile(input, language, target, maps, verbatim))
                {
                    written++;
                }
                else
                {
                    failed++;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"kiln: {e.Message}");
                failed++;
            }
        }

        Console.Error.WriteLine(Counted.Of(written, "file") + (failed == 0 ? " written" : $" written, {failed} failed"));
        return failed == 0 ? 0 : 1;
    }

    private static bool Transpile(InputFile input, Language language, string target, bool maps, bool verbatim)
    {
        var file = Parser.Parse(SourceFiles.Read(input.Path), language, input.Options);
        var problems = SyntaxChecker.Check(file).Select(d => new Problem(d.Code, d.Message, d.Span.Start, d.Span.End)).ToList();
        if (problems.Count == 0)
        {
            var result = JavaScriptEmitter.Emit(file, new EmitOptions
            {
                SourceMap = maps,
                OutputFileName = Path.GetFileName(target),
                SourcePath = RelativeSource(target, input.Path),
                VerbatimModuleSyntax = verbatim,
                RewriteSpecifier = Rewrite,
            });
            problems.AddRange(result.Diagnostics.Select(d => new Problem(d.Code, d.Message, d.Start, d.End)));
            if (problems.Count == 0)
            {
                File.WriteAllText(target, result.Code);
                if (result.SourceMap is { } map)
                {
                    File.WriteAllText(target + ".map", map);
                }

                return true;
            }
        }

        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            DiagnosticText.WriteHuman(text, input.Path, file.Lines, problem);
        }

        Console.Error.Write(text);
        return false;
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
