using Kiln.TypeScript;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Graph;

/// <summary>Constructs that published modules may not contain (publishing.md §3.7): they change other people's types, or only some run times know them.</summary>
internal static class BannedContent
{
    public static void Collect(IEnumerable<ModuleEntry> modules, ErrorCollector errors, CancellationToken cancellationToken)
    {
        foreach (var module in modules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (errors.IsFull)
            {
                return;
            }

            if (module.IsParsed)
            {
                foreach (var error in Errors(module))
                {
                    errors.Add(error);
                }
            }
        }
    }

    /// <summary>The banned constructs of one module that parses.</summary>
    public static IEnumerable<AnalysisError> Errors(ModuleEntry module)
    {
        if (module.SourceFile is not { Diagnostics.Length: 0 } file)
        {
            yield break;
        }

        if (module.MediaType is MediaType.Cjs or MediaType.Cts)
        {
            yield return SourcePlace.Error(AnalysisErrorCodes.CommonJs, "CommonJS files (.cjs, .cts) cannot be part of a package. Write ECMAScript modules.", module.Path, null, default);
        }

        foreach (var statement in file.Statements)
        {
            if (Check(statement, file) is { } problem)
            {
                yield return SourcePlace.Error(problem.Code, problem.Message, module.Path, file, new TextSpan(problem.Place.Start, problem.Place.End));
            }
        }

        foreach (var directive in BannedDirectives(module, file))
        {
            yield return directive;
        }
    }

    private static (string Code, string Message, Node Place)? Check(Statement statement, SourceFile file) => statement switch
    {
        ImportEqualsDeclaration { Reference: ExternalModuleReference } => (AnalysisErrorCodes.CommonJs, "import x = require() is CommonJS. Use import x from.", statement),
        ExportAssignment { IsExportEquals: true } => (AnalysisErrorCodes.GlobalTypeAugmentation, "export = is not allowed. Use export default or named exports.", statement),
        NamespaceExportDeclaration => (AnalysisErrorCodes.GlobalTypeAugmentation, "export as namespace declares a global and is not allowed.", statement),
        ModuleDeclaration { IsGlobal: true } => (AnalysisErrorCodes.GlobalTypeAugmentation, "declare global changes the types of everybody's code and is not allowed.", statement),
        ModuleDeclaration { Name: StringLiteral name } => (
            AnalysisErrorCodes.GlobalTypeAugmentation,
            $"declare module \"{file.GetStringValue(name)}\" changes the types of another module and is not allowed.",
            statement),
        ImportDeclaration { Attributes: { IsAssert: true } attributes } => Assertion(attributes),
        ExportDeclaration { Attributes: { IsAssert: true } attributes } => Assertion(attributes),
        _ => null,
    };

    private static (string, string, Node) Assertion(ImportAttributes attributes) =>
        (AnalysisErrorCodes.BannedImportAssertion, "Import assertions were withdrawn from the language. Write with instead of assert.", attributes);

    /// <summary>Only comments in front of the first statement are directives; the same text in a documentation comment is prose.</summary>
    private static IEnumerable<AnalysisError> BannedDirectives(ModuleEntry module, SourceFile file)
    {
        var end = file.Statements.Length > 0 ? file.Statements[0].Start : file.Text.Length;
        foreach (var comment in file.Comments)
        {
            if (comment.Start >= end)
            {
                break;
            }

            if (comment.Kind == CommentKind.Line && BannedDirective(file.Text.AsSpan(comment.Start, comment.End - comment.Start)) is { } name)
            {
                yield return SourcePlace.Error(
                    AnalysisErrorCodes.BannedTripleSlashDirectives,
                    $"The directive /// <reference {name} /> changes the types of everybody's code and is not allowed.",
                    module.Path,
                    file,
                    new TextSpan(comment.Start, comment.End));
            }
        }
    }

    private static string? BannedDirective(ReadOnlySpan<char> comment)
    {
        if (!comment.StartsWith("///", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = comment[3..].TrimStart();
        if (!rest.StartsWith("<reference", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        rest = rest["<reference".Length..];
        return HasAttribute(rest, "lib") ? "lib" : HasAttribute(rest, "no-default-lib") ? "no-default-lib" : null;
    }

    /// <summary><c> name = "…"</c>, after whitespace.</summary>
    private static bool HasAttribute(ReadOnlySpan<char> text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase))
        {
            var after = text[(at + name.Length)..].TrimStart();
            if (at > 0 && char.IsWhiteSpace(text[at - 1]) && after.StartsWith("=", StringComparison.Ordinal) && after[1..].TrimStart() is ['"' or '\'', ..])
            {
                return true;
            }

            text = text[(at + name.Length)..];
        }

        return false;
    }
}
