using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    public SourceFile ParseFile()
    {
        lexer.Start();
        var statements = ParseStatements(isTopLevel: true);
        if (lexer.Token.ErrorCode != 0)
        {
            ReportTokenError();
        }

        ReportConflictMarkers();
        var isModule = hasImportMeta || hasTopLevelAwait || Array.Exists(statements, MakesModule);
        if ((isModule || goal == SourceGoal.Module) && lexer.FirstHtmlComment >= 0)
        {
            Report(DiagnosticCodes.HtmlCommentInModule, lexer.FirstHtmlComment, lexer.FirstHtmlComment + 3);
        }

        diagnostics.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        ReturnScratch();
        return new SourceFile
        {
            Text = text,
            Language = language,
            Goal = goal,
            Statements = statements,
            Diagnostics = [.. diagnostics],
            Comments = lexer.TakeComments(),
            Erasures = erasures.Take(),
            ModuleReferences = [.. references],
            SignatureKeys = [.. signatureKeys],
            IsModule = isModule,
            NeedsTransform = needsTransform,
        };
    }

    private static bool MakesModule(Statement statement) => statement switch
    {
        ImportDeclaration or ExportDeclaration or ExportAssignment => true,
        ImportEqualsDeclaration import => import.Reference is ExternalModuleReference || import.Modifiers.Has(ModifierFlags.Export),
        DeclarationStatement declaration => declaration.Modifiers.Has(ModifierFlags.Export),
        _ => false,
    };
}
