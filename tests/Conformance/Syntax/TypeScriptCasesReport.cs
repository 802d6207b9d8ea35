using System.Globalization;
using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>The committed result sheet of TypeScript's own cases, docs/conformance/typescript-cases.txt. Rewritten only when <c>KILN_UPDATE_SUMMARY</c> is set.</summary>
internal static class TypeScriptCasesReport
{
    public static void Write(IReadOnlyList<TypeScriptCase> cases, SyntaxComparison comparison, IReadOnlyDictionary<string, string> reasons)
    {
        WriteFirstErrors(comparison);
        if (Environment.GetEnvironmentVariable("KILN_UPDATE_SUMMARY") is not { Length: > 0 })
        {
            return;
        }

        var first = comparison.FirstErrors.ToList();
        var same = cases.Count - comparison.Differences.Count;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            TypeScript's own test cases (the repository swc-project/ts-parser-test-ref), cut at their // @filename lines.
            Kiln's parser beside the parseDiagnostics of typescript 5.9. Written by tests/Conformance with {TypeScriptCase.FolderVariable} and KILN_UPDATE_SUMMARY=1.

            files                                    {cases.Count}
            refused by typescript                    {comparison.RefusedByTypeScript}
            refused by Kiln                          {comparison.RefusedByKiln}
            same verdict                             {Share(same, cases.Count)}
            refused by both                          {first.Count}
              first diagnostic with the same place   {Share(first.Count(f => SamePlace(f.Kiln, f.TypeScript)), first.Count)}
              first diagnostic with the same code    {Share(first.Count(f => f.Kiln.Code == f.TypeScript.Code), first.Count)}
              first diagnostic with both             {Share(first.Count(f => f.Kiln.Code == f.TypeScript.Code && SamePlace(f.Kiln, f.TypeScript)), first.Count)}

            Verdicts that differ ({comparison.Differences.Count}), each with its reason:

            """);
        foreach (var (file, difference) in comparison.Differences)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{file}\n    {difference}\n    {reasons.GetValueOrDefault(file, "no reason given")}\n");
        }

        var folder = Path.Combine(ToolPaths.Root, "docs", "conformance");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "typescript-cases.txt"), text.ToString());
    }

    /// <summary>For work on messages: every file where the first diagnostics differ.</summary>
    private static void WriteFirstErrors(SyntaxComparison comparison)
    {
        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } path)
        {
            File.WriteAllLines(
                path + ".first",
                comparison.FirstErrors
                    .Where(f => f.Kiln.Code != f.TypeScript.Code || !SamePlace(f.Kiln, f.TypeScript))
                    .OrderBy(f => f.File, StringComparer.Ordinal)
                    .Select(f => $"{f.File}\n    Kiln: {f.Kiln}\n    typescript: {f.TypeScript}"));
        }
    }

    private static bool SamePlace(SyntaxError a, SyntaxError b) => a.Line == b.Line && a.Column == b.Column;

    private static string Share(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{part} ({100.0 * part / Math.Max(1, whole):F2} %)");
}
