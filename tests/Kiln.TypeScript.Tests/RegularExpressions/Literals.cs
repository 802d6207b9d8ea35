using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript.RegularExpressions;

internal static class Literals
{
    /// <summary>What Kiln says about a literal that stands alone: the lexer, which sees whether it ends, then the checker.</summary>
    public static List<Diagnostic> Check(string literal)
    {
        var diagnostics = Parser.Parse(literal, Language.JavaScript).Diagnostics.ToList();
        RegularExpressionChecker.Check(literal, 0, literal.Length, diagnostics);
        return diagnostics;
    }

    /// <summary>The code of the first diagnostic, 0 without one.</summary>
    public static int FirstCode(string literal) => Check(literal) is [var first, ..] ? first.Code : 0;

    public static string Repeat(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count));
}
