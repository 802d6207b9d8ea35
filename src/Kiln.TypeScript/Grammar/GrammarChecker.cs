using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript;

/// <summary>
/// What TypeScript's binder and checker report about syntax outside its parser: modifiers, ambient contexts, parameters, accessors, index signatures,
/// overloads, enums, namespaces, import and export forms, types in the wrong place. Decided from one file's tree alone, without types or other files.
/// </summary>
/// <remarks>
/// What ECMA-262 itself calls an early error is not checked here. Codes that TypeScript reports but this class leaves out are listed with their
/// reasons in docs/conformance/grammar-checks.txt.
/// </remarks>
public static class GrammarChecker
{
    /// <summary>At most so many diagnostics are given for one file.</summary>
    public const int MaxDiagnostics = 20;

    /// <summary>
    /// The problems in source order, at most <see cref="MaxDiagnostics"/>. Empty for JavaScript, and for a file with syntax errors: like TypeScript,
    /// which judges a tree only when it is whole. Takes time linear in the tree; never throws for a tree that the parser made.
    /// </summary>
    public static Diagnostic[] Check(SourceFile file)
    {
        var all = CheckAll(file);
        return all.Length <= MaxDiagnostics ? all : all[..MaxDiagnostics];
    }

    /// <summary>The same without the cap, for tests that compare whole files; there is one all the same, so that memory stays bounded.</summary>
    internal static Diagnostic[] CheckAll(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Language is not (Language.TypeScript or Language.Tsx or Language.Declaration) || file.Diagnostics.Length > 0)
        {
            return [];
        }

        return StackGuard.Run(guard =>
        {
            var visitor = new GrammarVisitor(file, guard);
            visitor.VisitFile();
            return visitor.TakeDiagnostics();
        });
    }
}
