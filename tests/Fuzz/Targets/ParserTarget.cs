using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Fuzz.Targets;

/// <summary>Parses in every dialect, early errors included, and reads what is derived from a tree: module record, positions.</summary>
internal static class ParserTarget
{
    public static void Run(string text)
    {
        foreach (var language in (Language[])[Language.TypeScript, Language.Tsx, Language.JavaScript, Language.Declaration])
        {
            var file = Parser.Parse(text, language, new ParseOptions(language switch { Language.Tsx => SourceGoal.Module, Language.JavaScript => SourceGoal.Script, _ => SourceGoal.Detect }));
            TreeOrder.Verify(file);
            TreeOrder.Verify(SyntaxChecker.Check(file), text.Length);
            Documentation.Verify(file);
            foreach (var diagnostic in file.Diagnostics)
            {
                _ = file.Lines.GetPosition(diagnostic.Span.Start);
                _ = file.Lines.GetCodePointPosition(diagnostic.Span.End);
            }

            ModuleRecord.Verify(file, ModuleInfo.Create(file));
        }
    }
}
