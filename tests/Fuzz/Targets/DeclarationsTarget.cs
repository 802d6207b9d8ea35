using Kiln.Analysis.Declarations;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>Valid files: what their public API says as declarations is a valid declaration file.</summary>
internal static class DeclarationsTarget
{
    public static void Run(string text)
    {
        foreach (var language in (Language[])[Language.TypeScript, Language.Tsx, Language.JavaScript])
        {
            var file = Parser.Parse(text, language, ParseOptions.Module);
            if (SyntaxChecker.Check(file).Length > 0)
            {
                continue;
            }

            var result = DeclarationEmitter.Emit(file, new DeclarationOptions { Public = PublicApi.TraceFile(file), SourceMap = true });
            foreach (var problem in result.Problems)
            {
                Check(problem.Start >= 0 && problem.End >= problem.Start && problem.End <= text.Length, $"{problem.Code} lies in the text");
            }

            Check(result.Text.Length <= (10L * text.Length) + 1_000_000, $"{text.Length} characters became {result.Text.Length}");

            // JavaScript may define a member twice, and so do its declarations.
            var written = Parser.Parse(result.Text, Language.Declaration, ParseOptions.Module);
            var errors = language == Language.JavaScript ? written.Diagnostics : SyntaxChecker.Check(written);
            Check(errors.Length == 0, errors.Length == 0 ? "" : $"the declarations do not parse: TS{errors[0].Code} {errors[0].Message} at {errors[0].Span.Start} of\n{result.Text}");
        }
    }
}
