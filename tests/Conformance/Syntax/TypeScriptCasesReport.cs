using System.Globalization;
using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>The committed result sheet of TypeScript's own cases, docs/conformance/typescript-cases.txt. Rewritten only when <c>KILN_UPDATE_SUMMARY</c> is set.</summary>
internal static class TypeScriptCasesReport
{
    private const string DamagedHeading = "Damaged cases";

    private static readonly Lock Gate = new();

    public static void Write(IReadOnlyList<TypeScriptCase> cases, SyntaxComparison comparison, IReadOnlyDictionary<string, string> reasons)
    {
        WriteFirstErrors(comparison);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            TypeScript's own test cases (the repository swc-project/ts-parser-test-ref), cut at their // @filename lines.
            Kiln's parser beside the parseDiagnostics of typescript 5.9. Written by tests/Conformance with {TypeScriptCase.FolderVariable} and KILN_UPDATE_SUMMARY=1.

            files                                    {cases.Count}
            refused by typescript                    {comparison.RefusedByTypeScript}
            refused by Kiln                          {comparison.RefusedByKiln}
            same verdict                             {Share(cases.Count - comparison.Differences.Count, cases.Count)}

            """);
        AppendFirstErrors(text, comparison);
        AppendDifferences(text, comparison.Differences, reasons);
        Replace(isDamaged: false, text.ToString());
    }

    public static void WriteDamaged(int count, DamagedComparison comparison, IReadOnlyDictionary<string, string> reasons)
    {
        WriteFirstErrors(comparison.Verdicts);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {DamagedHeading}
            The cases in TypeScript, up to three times each, with one punctuation character lost, doubled or swapped, or without their end.

            files                                    {count}
            refused by typescript's parser           {comparison.Verdicts.RefusedByTypeScript}
            refused by Kiln's parser                 {comparison.Verdicts.RefusedByKiln}
              of these by typescript after parsing   {comparison.RefusedLate}
            same verdict of the parsers              {Share(count - comparison.Verdicts.Differences.Count, count)}
            same verdict in the end                  {Share(count - comparison.Differences.Count, count)}

            """);
        AppendFirstErrors(text, comparison.Verdicts);
        AppendDifferences(text, comparison.Differences, reasons);
        Replace(isDamaged: true, text.ToString());
    }

    private static void AppendFirstErrors(StringBuilder text, SyntaxComparison comparison)
    {
        var first = comparison.FirstErrors.ToList();
        text.Append(CultureInfo.InvariantCulture, $"""
            refused by both parsers                  {first.Count}
              first diagnostic with the same place   {Share(first.Count(f => SamePlace(f.Kiln, f.TypeScript)), first.Count)}
              first diagnostic with the same code    {Share(first.Count(f => f.Kiln.Code == f.TypeScript.Code), first.Count)}
              first diagnostic with both             {Share(first.Count(f => f.Kiln.Code == f.TypeScript.Code && SamePlace(f.Kiln, f.TypeScript)), first.Count)}

            """);
    }

    private static void AppendDifferences(StringBuilder text, SortedDictionary<string, string> differences, IReadOnlyDictionary<string, string> reasons)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nVerdicts that differ ({differences.Count}), each with its reason:\n");
        foreach (var (file, difference) in differences)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{file}\n    {difference.Split('\n')[0]}\n    {reasons.GetValueOrDefault(file, "no reason given")}\n");
        }
    }

    /// <summary>Writes one of the two halves of the sheet and keeps the other.</summary>
    private static void Replace(bool isDamaged, string half)
    {
        if (Environment.GetEnvironmentVariable("KILN_UPDATE_SUMMARY") is not { Length: > 0 })
        {
            return;
        }

        lock (Gate)
        {
            var path = Path.Combine(ToolPaths.Root, "docs", "conformance", "typescript-cases.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var halves = File.Exists(path) ? File.ReadAllText(path).Split($"\n\n{DamagedHeading}\n") : [""];
            var other = isDamaged ? halves[0] : halves.Length > 1 ? $"{DamagedHeading}\n{halves[1]}" : "";
            File.WriteAllText(path, (isDamaged ? $"{other.TrimEnd()}\n\n{half}" : $"{half.TrimEnd()}\n\n{other}").TrimEnd() + "\n");
        }
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
