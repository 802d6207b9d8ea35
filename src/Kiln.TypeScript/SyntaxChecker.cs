using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript;

/// <summary>All that makes one file unfit to be published, whatever the others say.</summary>
public static class SyntaxChecker
{
    private const int MaxDiagnostics = 20;

    /// <summary>
    /// The parser's errors or, when there are none, ECMAScript's early errors and TypeScript's own grammar checks. At most 20, ordered by
    /// position, at most one at each position; empty for a file that both an engine and TypeScript would read.
    /// </summary>
    public static Diagnostic[] Check(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Diagnostics.Length > 0)
        {
            return file.Diagnostics;
        }

        var early = EarlyErrors.Check(file);
        var grammar = GrammarChecker.Check(file);
        return early.Length == 0 ? grammar : grammar.Length == 0 ? early : Merge(early, grammar);
    }

    /// <summary>
    /// Of <see cref="Check"/>, what is syntax in the narrow sense. For JavaScript that is all of it: ECMAScript knows one SyntaxError. For
    /// TypeScript it is what TypeScript numbers among its syntax errors, and redeclared variables; what its checker finds by looking at names
    /// and members (assignment targets, overloads, <c>super</c>, duplicate members and exports) is left out.
    /// </summary>
    public static Diagnostic[] CheckSyntax(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var all = Check(file);
        return file.Diagnostics.Length > 0 || file.Language is Language.JavaScript or Language.Jsx ? all : Array.FindAll(all, d => IsSyntax(d.Code));
    }

    private static bool IsSyntax(int code) => code switch
    {
        DiagnosticCodes.BlockScopedRedeclared => true,
        DiagnosticCodes.DuplicateObjectProperty => false, // legal ECMAScript: the last one wins
        DiagnosticCodes.PrivateUndeclared or DiagnosticCodes.StaticPrototype or DiagnosticCodes.ExportUndeclared => false,
        _ => code is < 2000 or >= 8000,
    };

    /// <summary>Where both have something to say about one place, the language's own rule goes first.</summary>
    private static Diagnostic[] Merge(Diagnostic[] early, Diagnostic[] grammar) =>
        [.. early.Concat(grammar).OrderBy(d => d.Span.Start).DistinctBy(d => d.Span.Start).Take(MaxDiagnostics)];
}
