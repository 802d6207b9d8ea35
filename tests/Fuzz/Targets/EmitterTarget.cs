using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Fuzz.Hostile;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>Valid files: their JavaScript parses without a diagnostic, and so does the source with other specifiers.</summary>
internal static class EmitterTarget
{
    /// <summary>Helpers for decorators and <c>using</c> make the JavaScript of a small file many times longer; the limit is for large ones.</summary>
    private const int Headroom = 1_000_000;

    private static readonly EmitOptions[] Options =
    [
        new EmitOptions { SourceMap = true },
        new EmitOptions { VerbatimModuleSyntax = true, RewriteSpecifier = (specifier, _) => "rewritten:" + specifier },
        new EmitOptions { IsTypeOnlyExport = (_, name) => name.Length % 2 == 0 },
    ];

    public static void Run(string text)
    {
        foreach (var language in (Language[])[Language.TypeScript, Language.Tsx, Language.Jsx])
        {
            var file = Parser.Parse(text, language, ParseOptions.Module);
            if (SyntaxChecker.Check(file).Length > 0)
            {
                continue;
            }

            foreach (var options in Options)
            {
                Verify(file, JavaScriptEmitter.Emit(file, options));
            }

            _ = OneFilePackage.Build(text, language);
            var rewritten = SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Types, (specifier, _) => "rewritten:" + specifier);
            VerifyParses(rewritten, language, "the source with other specifiers");
        }
    }

    private static void Verify(SourceFile file, EmitResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Check(diagnostic.Start >= 0 && diagnostic.End >= diagnostic.Start && diagnostic.End <= file.Text.Length, $"{diagnostic.Code} lies in the text");
        }

        Check(result.Code.Length <= (10L * file.Text.Length) + Headroom, $"{file.Text.Length} characters became {result.Code.Length}");
        if (result.Diagnostics.Count == 0)
        {
            VerifyParses(result.Code, Language.JavaScript, "the JavaScript");
        }
    }

    private static void VerifyParses(string text, Language language, string what)
    {
        var errors = SyntaxChecker.Check(Parser.Parse(text, language, ParseOptions.Module));
        Check(errors.Length == 0, errors.Length == 0 ? "" : $"{what} does not parse: TS{errors[0].Code} {errors[0].Message} at {errors[0].Span.Start} of\n{text}");
    }
}
